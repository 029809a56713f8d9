// The country: a map by province of one indicator and year, and the same as a table.

import { amount, count } from "../format.js";
import { asQuery, chosen, controls, set, topic } from "../choosing.js";
import { choice, h } from "../dom.js";
import { t } from "../i18n.js";
import { changed, href } from "../route.js";
import { countryMap } from "../map.js";
import { provinces, release } from "../store.js";
import { table } from "../table.js";

export async function front(_, query) {
  const base = await chosen(query);
  const map = query.map === "o" || query.map === "n" ? query.map : base.year >= 2025 ? "n" : "o";
  const state = { ...base, map, measure: query.show === "count" ? "count" : "median" };
  const rows = provinceRows(state);
  const title = t("mapTitle", { name: topic(state), year: state.year ?? "" });
  const more = [
    choice(t("geography"), [["o", t("geoOld")], ["n", t("geoNew")]], map, (one) => set({ map: one })),
    choice(t("show"), [["median", t("showMedian")], ["count", t("showCount")]], state.measure, (show) => set({ show: show === "count" ? show : null })),
  ];
  return [
    h("div.intro", {}, h("h1", {}, t("tagline")), tiles()),
    controls(state, more),
    h("div.split", {}, await countryMap({ rows, state, title }), provinceTable(rows, state, title)),
  ];
}

/** One row a province of the map: wards that report, of how many, their median, the province's own figure. */
function provinceRows({ data, breakdown, kind, year, map, measure }) {
  const isSame = (part, when, type) => part === breakdown && when === year && type === kind;
  const known = new Map(data.provinces.filter((row) => row[0] === map && isSame(row[2], row[3], row[4])).map((row) => [row[1], row]));
  const said = new Map(data.reported.filter((row) => row[1] === map && isSame(row[3], row[4], row[5] === "target" ? "t" : "r")).map((row) => [row[2], row]));
  return [...provinces(map).values()].map(({ code, id, full, name }) => {
    const [, , , , , n = 0, total = null, median = null] = known.get(code) ?? [];
    const [sayer, , , , , , own = null, ownId] = said.get(code) ?? [];
    return { code, id, name, full, n, total, median, own, evidence: own === null ? null : `${sayer}~${ownId}`, value: measure === "count" ? n || null : median };
  });
}

function tiles() {
  const { counts } = release();
  const shown = [["figures", "figuresN"], ["wards", "wardsN"], ["articles", "articlesN"], ["sources", "sourcesN"]];
  return h("ul.tiles", {}, shown.map(([key, word]) => h("li", {}, h("b", {}, count(counts[key])), " ", t(word))));
}

function provinceTable(rows, state, title) {
  const unit = state.indicator.unit;
  const sorted = [...rows].sort((a, b) => (b.value ?? -Infinity) - (a.value ?? -Infinity) || a.name.localeCompare(b.name, "vi"));
  const none = () => h("span.none", {}, t("noData"));
  return h(
    "section.aside",
    {},
    h("h2", {}, t("asTable")),
    table({
      caption: title,
      hidden: true,
      size: 34,
      rows: sorted,
      columns: [
        { name: t("province"), cell: (row) => h("a", { href: href(["province", row.id], asQuery(state)) }, row.name) },
        { name: t("median"), number: true, cell: (row) => (row.median === null ? none() : amount(row.median, unit)) },
        { name: t("reporting"), number: true, cell: (row) => (row.n ? t("ofTotal", { n: count(row.n), total: count(row.total ?? row.n) }) : "0") },
        { name: t("provinceSays"), number: true, cell: (row) => (row.own === null ? "" : h("a.figure", { href: changed({ ev: row.evidence }) }, amount(row.own, unit))) },
      ],
    }),
  );
}
