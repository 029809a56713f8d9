// Several units side by side: one chart of one indicator, and a table by year.

import { draw, framed, gapped, Plot, wide } from "../chart.js";
import { choice, h } from "../dom.js";
import { figureLink, placeOf } from "../figures.js";
import { amount } from "../format.js";
import { breakdownWords, indicatorName, t } from "../i18n.js";
import { changed, go, href } from "../route.js";
import { searchBox } from "../search.js";
import { valueAxis, yearAxis } from "../spread.js";
import { indicatorOf, units } from "../store.js";
import { table } from "../table.js";

const MOST = 8;

export async function compare(_, query) {
  const known = await units();
  const ids = [...new Set((query.u ?? "").split(","))].filter((id) => known.get(id)).slice(0, MOST);
  const places = await Promise.all(ids.map(async (id) => ({ unit: known.get(id), name: known.full(known.get(id).no), place: await placeOf(known.get(id)) })));
  const add = (answer) => go(changed({ u: [...ids, answer.id].join(",") }), true);
  return [
    h("header.unit", {}, h("h1", {}, t("compareTitle")), h("p.note", {}, t("compareHow"))),
    ids.length < MOST ? searchBox({ id: "add", label: t("addUnit"), chosen: add, only: "units" }) : null,
    h("ul.chosen-units", {}, places.map(({ unit, name }) =>
      h("li", {},
        h("a", { href: href([unit.level === 1 ? "province" : "unit", unit.id]) }, name), " ",
        h("button.quiet", { type: "button", "aria-label": `${t("remove")}: ${name}`, click: () => go(changed({ u: ids.filter((id) => id !== unit.id).join(",") }), true) }, "×")))),
    ids.length ? comparison(places, query) : h("section.empty", {}, h("h2", {}, t("compareEmpty"))),
  ];
}

function comparison(places, query) {
  const topics = topicsOf(places);
  if (!topics.length) return h("section.empty", {}, h("h2", {}, t("nothingInCommon")));
  const one = topics.find(({ key }) => key === query.ind) ?? topics[0];
  const kind = query.kind === "t";
  const rows = places.flatMap(({ unit, name, place }) =>
    place.figures
      .filter((figure) => `${figure.indicator}|${figure.breakdown}` === one.key && figure.isTarget === kind && !figure.isPart && figure.value !== null)
      .map((figure) => ({ ...figure, unitId: unit.id, name })));
  const options = topics.map((topic) => [topic.key, `${topic.name} (${topic.units})`, topic.domain]);
  return [
    h("form.controls", { submit: (event) => event.preventDefault() },
      choice(t("indicator"), options, one.key, (ind) => go(changed({ ind }), true)),
      choice(t("kind"), [["r", t("results")], ["t", t("targets")]], kind ? "t" : "r", (value) => go(changed({ kind: value === "t" ? value : null }), true))),
    rows.length ? [chart(one, rows, places), grid(one, rows, places)] : h("section.empty", {}, h("h2", {}, t("noFiguresYear"))),
  ];
}

/** Indicators of any of the units, those that most of them have first. */
function topicsOf(places) {
  const found = new Map();
  for (const { unit, place } of places) {
    for (const figure of place.figures) {
      if (figure.isPart) continue;
      const key = `${figure.indicator}|${figure.breakdown}`;
      const entry = found.get(key) ?? { key, code: figure.indicator, breakdown: figure.breakdown, unit: figure.unit, ids: new Set(), n: 0 };
      if (!figure.isTarget) entry.ids.add(unit.id);
      entry.n += 1;
      found.set(key, entry);
    }
  }
  return [...found.values()]
    .map((entry) => ({ ...entry, units: entry.ids.size, name: [indicatorName(indicatorOf(entry.code)) || entry.code, breakdownWords(entry.breakdown)].filter(Boolean).join(" – "), domain: t(`d_${indicatorOf(entry.code)?.domain}`) }))
    .sort((a, b) => b.units - a.units || b.n - a.n || a.name.localeCompare(b.name, "vi"));
}

function chart(one, rows, places) {
  const names = places.map(({ name }) => name);
  const drawn = draw({
    width: wide(860),
    height: 340,
    marginLeft: 64,
    marginRight: wide(860) < 500 ? 110 : 190,
    x: yearAxis(rows.map((row) => row.year)),
    y: valueAxis(one.unit),
    color: { domain: names, range: names.map((_, index) => `var(--c${index})`) },
    symbol: { domain: names },
    marks: [
      Plot.lineY(gapped(rows, (row) => row.name), { x: "year", y: "value", stroke: "name", z: "name", strokeWidth: 2 }),
      Plot.dot(rows, { className: "results", x: "year", y: "value", stroke: "name", symbol: "name", fill: "var(--ground)", r: 4, title: (row) => `${row.name}, ${row.year}: ${amount(row.value, one.unit)}, ${t(row.kind)}` }),
      Plot.text(spaced(lastOf(rows), rows), { x: "year", y: "at", text: (row) => row.name.split(", ")[0], textAnchor: "start", dx: 12, fill: "name", fontWeight: 600 }),
    ],
  });
  return framed({ title: one.name, chart: drawn, file: one.name, rows: rows.map((row) => ({ unit_id: row.unitId, unit: row.name, indicator: one.code, breakdown: one.breakdown, year: row.year, value_kind: row.kind, obs_value: row.value, unit_measure: row.unit, observation_id: row.winner })) });
}

function lastOf(rows) {
  const last = new Map();
  for (const row of rows) if (!last.has(row.name) || last.get(row.name).year < row.year) last.set(row.name, row);
  return [...last.values()];
}

/** Labels moved apart where lines end close together. */
function spaced(last, rows) {
  const gap = Math.max(...rows.map((row) => row.value)) * 0.055;
  let floor = -Infinity;
  return [...last].sort((a, b) => a.value - b.value).map((row) => ({ ...row, at: (floor = Math.max(row.value, floor + gap)) }));
}

function grid(one, rows, places) {
  const years = [...new Set(rows.map((row) => row.year))].sort();
  return table({
    caption: one.name,
    hidden: true,
    rows: places,
    columns: [
      { name: t("unit"), cell: ({ unit, name }) => h("a", { href: href(["unit", unit.id]) }, name) },
      ...years.map((year) => ({
        name: year,
        number: true,
        cell: ({ unit }) => {
          const figure = rows.find((row) => row.unitId === unit.id && row.year === year);
          return figure ? figureLink(unit.id, figure) : h("span.none", { title: t("noData") }, "–");
        },
      })),
    ],
  });
}
