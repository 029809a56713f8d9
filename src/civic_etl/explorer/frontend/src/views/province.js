// A province: its wards as dots where they lie, and as a table, for one indicator and year.

import { draw, framed, Plot, stepLegend, stepOf, steps, tone } from "../chart.js";
import { asQuery, chosen, controls, topic } from "../choosing.js";
import { load, loadOr } from "../data.js";
import { h } from "../dom.js";
import { figureLink } from "../figures.js";
import { amount, count } from "../format.js";
import { t } from "../i18n.js";
import { shapes } from "../map.js";
import { href } from "../route.js";
import { mapOf, units } from "../store.js";
import { empty, table } from "../table.js";

export async function province([id], query) {
  const known = await units();
  const found = known.get(id ?? "");
  if (found?.level !== 1) return empty(t("notFound"), t("notFoundHow"), h("a", { href: href([]) }, t("toFront")));
  const state = await chosen(query);
  const map = mapOf(found);
  const code = map === "o" ? found.oldCode : found.newCode;
  const wards = wardsOf(known, map, code, state.year);
  const figures = await figuresOf(state);
  const rows = wards.map((no) => ({ no, id: known.rows[no][0], name: known.short(no), above: known.rows[no][3], figure: figures.get(no) ?? null }));
  const title = `${topic(state)}, ${state.year} – ${known.short(found.no)}`;
  const reporting = rows.filter((row) => row.figure).length;
  return [
    h("header.unit", {},
      h("nav.crumbs", { "aria-label": t("place") }, h("a", { href: href([], asQuery(state)) }, t("map")), " › "),
      h("h1", {}, known.short(found.no)),
      h("p.life", {}, `${t("reporting")}: ${t("ofTotal", { n: count(reporting), total: count(rows.length) })}`),
      h("p.actions", {}, h("a.button", { href: href(["unit", found.id]) }, t("provincePage")), h("a.button", { href: href(["coverage"], { p: found.id }) }, t("coverageOfProvince")))),
    controls(state),
    rows.length
      ? h("div.split", {}, await dotMap(rows, map, code, state, title), wardTable(known, rows, state, title))
      : h("section.empty", {}, h("h2", {}, t("noFiguresYear"))),
  ];
}

/** The wards of a province of one map that were there in the year, by number; at its end, or else at its beginning. */
function wardsOf(known, map, code, year) {
  const column = map === "o" ? 7 : 8;
  const inside = known.rows.flatMap((row, no) => (row[0][0] === "3" && row[column] === code ? [no] : []));
  const at = (day) => inside.filter((no) => known.at(no).since <= day && (known.at(no).until === 0 || known.at(no).until > day));
  const wanted = map === "o" ? Math.min(year * 10000 + 1231, 20250630) : Math.max(year * 10000 + 1231, 20250701);
  return at(wanted);
}

async function figuresOf({ indicator, breakdown, kind, year }) {
  const rows = await loadOr(`indicator/${indicator.code}/${year}`, []);
  return new Map(
    rows
      .filter(([, part, type]) => part === breakdown && (type === "target") === (kind === "t"))
      .map(([no, , type, value, comparator, conflict, winner]) => [no, { kind: type, value, comparator, conflict, winner, unit: indicator.unit }]),
  );
}

async function dotMap(rows, map, code, state, title) {
  const points = new Map((await load("points")).map(([no, x, y]) => [no, [x, y]]));
  const outline = (await shapes(map)).get(code);
  const placed = rows.filter((row) => points.has(row.no)).map((row) => ({ ...row, x: points.get(row.no)[0], y: points.get(row.no)[1] }));
  const full = placed.filter((row) => row.figure);
  const values = full.map((row) => row.figure.value);
  const edges = steps(values);
  const words = (value) => amount(value, state.indicator.unit);
  const told = (row) => `${row.name}: ${row.figure ? words(row.figure.value) : t("noData")}`;
  const chart = draw({
    interactive: true,
    width: 520,
    height: 520,
    margin: 12,
    color: { type: "identity" },
    projection: { type: "mercator", domain: outline ?? { type: "MultiPoint", coordinates: placed.map((row) => [row.x, row.y]) }, inset: 6 },
    marks: [
      outline ? Plot.geo(outline, { fill: "var(--land)", stroke: "var(--line)" }) : null,
      Plot.dot(placed.filter((row) => !row.figure), { className: "unknown", x: "x", y: "y", r: 2.5, stroke: "var(--soft-ink)", strokeWidth: 0.8, href: (row) => href(["unit", row.id]), title: told }),
      Plot.dot(full, { className: "wards", x: "x", y: "y", r: 5, stroke: "var(--ink)", strokeWidth: 0.6, fill: (row) => tone(stepOf(row.figure.value, edges), edges), href: (row) => href(["unit", row.id]), title: told }),
    ],
  });
  return framed({ title, chart, file: title, note: t("mapOfWards"), legend: values.length ? stepLegend(values, edges, words) : null, rows: rows.map((row) => asRow(row, state)) });
}

const asRow = (row, { indicator, breakdown, year }) => ({ unit_id: row.id, unit: row.name, indicator: indicator.code, breakdown, year, value_kind: row.figure?.kind ?? null, obs_value: row.figure?.value ?? null, unit_measure: indicator.unit, observation_id: row.figure?.winner ?? null });

function wardTable(known, rows, state, title) {
  const sorted = [...rows].sort((a, b) => (b.figure?.value ?? -Infinity) - (a.figure?.value ?? -Infinity) || a.no - b.no);
  return h(
    "section.aside",
    {},
    h("h2", {}, t("wardsOf")),
    table({
      caption: title,
      hidden: true,
      rows: sorted,
      size: 40,
      columns: [
        { name: t("ward"), cell: (row) => [h("a", { href: href(["unit", row.id], { ind: `${state.indicator.code}|${state.breakdown}` }) }, row.name), row.above !== null && known.at(row.above).level === 2 ? h("small", {}, `${known.short(row.above)}`) : null] },
        { name: t("value"), number: true, cell: (row) => (row.figure ? figureLink(row.id, row.figure, { exact: false }) : h("span.none", {}, t("noData"))) },
      ],
    }),
  );
}
