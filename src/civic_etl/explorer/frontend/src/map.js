// The map of the country by province, on either geography, with the two archipelagos where they lie.

import { feature, merge } from "topojson-client";
import { draw, framed, Plot, stepLegend, stepOf, steps, tone } from "./chart.js";
import { asQuery } from "./choosing.js";
import { load } from "./data.js";
import { amount, count } from "./format.js";
import { t } from "./i18n.js";
import { href } from "./route.js";

/** Shapes of the provinces of a map, by code: GeoJSON features. */
export async function shapes(map) {
  const { topology, merged } = await load("map");
  const object = topology.objects.provinces;
  if (map === "o") return new Map(feature(topology, object).features.map((shape) => [shape.id, shape]));
  const groups = new Map();
  for (const part of object.geometries) {
    const code = merged[part.id];
    groups.set(code, [...(groups.get(code) ?? []), part]);
  }
  return new Map([...groups].map(([code, parts]) => [code, { type: "Feature", id: code, geometry: merge(topology, parts) }]));
}

export async function countryMap({ rows, state, title }) {
  const outlines = await shapes(state.map);
  const { islands } = await load("map");
  const words = state.measure === "count" ? count : (value) => amount(value, state.indicator.unit);
  const values = rows.map((row) => row.value).filter((value) => value !== null);
  const edges = steps(values);
  const fillOf = (row) => (row.value === null ? "url(#hatch)" : tone(stepOf(row.value, edges), edges));
  const drawn = rows.filter((row) => outlines.has(row.code)).map((row) => ({ ...row, ...outlines.get(row.code), fill: fillOf(row) }));
  const told = (row) => `${row.full}: ${row.value === null ? t("noData") : words(row.value)}${row.n ? ` (${t("ofTotal", { n: row.n, total: row.total ?? row.n })})` : ""}`;
  const address = (row) => href(["province", row.id], asQuery(state));
  const byCode = new Map(drawn.map((row) => [row.code, row]));
  const dots = islands.flatMap(({ name, places, ...codes }) => places.map(([x, y]) => ({ x, y, name, row: byCode.get(codes[state.map]) })));
  const labels = islands.map(({ label: [x, y], name }) => ({ x, y, name }));
  const chart = draw({
    interactive: true,
    width: 520,
    height: 640,
    margin: 4,
    color: { type: "identity" },
    projection: { type: "mercator", domain: { type: "MultiPoint", coordinates: [[102.1, 8.0], [117.2, 23.4]] } },
    marks: [
      Plot.geo(drawn, { className: "provinces", fill: "fill", stroke: "var(--ground)", strokeWidth: 0.7, href: address, title: told, ariaLabel: "marks" }),
      Plot.dot(dots, { className: "islands", x: "x", y: "y", r: 2.2, fill: (dot) => dot.row?.fill ?? "var(--soft)", stroke: "var(--ink-soft)", strokeWidth: 0.6, title: (dot) => `${t("archipelago", dot)}${dot.row ? ` – ${told(dot.row)}` : ""}` }),
      Plot.text(labels, { x: "x", y: "y", text: (one) => t("archipelago", one).replace(one.name, `\n${one.name}`).replace(" \n", "\n"), fill: "var(--ink-soft)", fontSize: 10 }),
    ],
  });
  return framed({
    title,
    chart,
    file: title,
    note: `${t("clickMap")} ${t("mapNote")}`,
    legend: values.length ? stepLegend(values, edges, words, values.length < rows.length ? t("noData") : null) : null,
    rows: rows.map((row) => ({ province: row.full, unit_id: row.id, indicator: state.indicator.code, breakdown: state.breakdown, year: state.year, kind: state.kind === "t" ? "target" : "result", wards_reporting: row.n, wards: row.total, median_of_wards: row.median, own_figure: row.own, unit_measure: state.indicator.unit })),
  });
}
