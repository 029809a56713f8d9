// Ward by year: what there is, where sources disagree, what is missing.

import { loadOr } from "../data.js";
import { choice, h } from "../dom.js";
import { toolbar } from "../download.js";
import { count } from "../format.js";
import { set } from "../choosing.js";
import { t } from "../i18n.js";
import { href } from "../route.js";
import { mapOf, provinces, release, units } from "../store.js";

const ROWS = 60;

export async function coverage(_, query) {
  const known = await units();
  const choices = [...provinces("n").values(), ...provinces("o").values()];
  const wanted = known.get(query.p ?? "") ?? known.get(await fullest(known, choices));
  const map = mapOf(wanted);
  const code = map === "o" ? wanted.oldCode : wanted.newCode;
  const lines = new Map();
  for (const [no, year, results, targets, conflicts] of await loadOr(`coverage/${map}${code}`, [])) {
    lines.set(no, (lines.get(no) ?? new Map()).set(year, { results, targets, conflicts }));
  }
  const years = yearsOf(map);
  const onlyKnown = query.all !== "1";
  const column = map === "o" ? 7 : 8;
  const inside = known.rows.flatMap((row, no) => (row[0][0] === "3" && row[column] === code && (!onlyKnown || lines.has(no)) ? [no] : []));
  const matrix = inside.map((no) => ({ unit: known.at(no), name: known.short(no), above: known.rows[no][3], cells: years.map((year) => cellOf(known.at(no), year, lines.get(no)?.get(year))) }));
  const page = Math.min(Math.max(Number(query.page) || 0, 0), Math.max(0, Math.ceil(matrix.length / ROWS) - 1));
  return [
    h("header.unit", {}, h("h1", {}, t("coverageTitle"))),
    h("form.controls", { submit: (event) => event.preventDefault() },
      choice(t("province"), options(), wanted.id, (p) => set({ p, page: null })),
      choice(t("show"), [["0", t("onlyKnown")], ["1", `${t("ward")}: ${t("cov_have")}, ${t("cov_missing")}`]], onlyKnown ? "0" : "1", (all) => set({ all: all === "1" ? 1 : null, page: null }))),
    legend(),
    matrix.length ? [grid(known, matrix.slice(page * ROWS, (page + 1) * ROWS), years, known.full(wanted.no)), pager(page, matrix.length)] : h("section.empty", {}, h("h2", {}, t("coverageEmpty"))),
    toolbar({ file: `${t("coverage")} ${known.full(wanted.no)}`, rows: matrix.flatMap((row) => row.cells.map((cell, index) => ({ unit_id: row.unit.id, unit: row.name, year: years[index], state: cell.state, results: cell.results, targets: cell.targets, conflicts: cell.conflicts }))) }),
  ];
}

function options() {
  const of = (map, group) => [...provinces(map).values()].sort((a, b) => a.name.localeCompare(b.name, "vi")).map((one) => [one.id, one.full, group]);
  return [...of("n", t("geoNew")), ...of("o", t("geoOld"))];
}

/** The province whose communes most figures are of, so that the page does not begin empty. */
async function fullest(known, choices) {
  const weight = new Map();
  for (const row of known.rows) {
    if (row[0][0] !== "3" || !row[6]) continue;
    const key = Number(row[0].split("-")[2]) < 20250701 ? `o${row[7]}` : `n${row[8]}`;
    weight.set(key, (weight.get(key) ?? 0) + row[6]);
  }
  const best = [...weight].sort((a, b) => b[1] - a[1])[0]?.[0];
  const found = best ? provinces(best[0]).get(best.slice(1)) : null;
  return (found ?? choices[0]).id;
}

function yearsOf(map) {
  const spans = release().used.filter((one) => one.wards).map((one) => one.years);
  const first = Math.min(...spans.map(([year]) => year));
  const last = Math.max(...spans.map(([, year]) => year));
  const all = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  return all.filter((year) => (map === "o" ? year <= 2025 : year >= 2025));
}

function cellOf(unit, year, known) {
  const counts = known ?? { results: 0, targets: 0, conflicts: 0 };
  if (!known) {
    const there = unit.since <= year * 10000 + 1231 && (unit.until === 0 || unit.until > year * 10000 + 101);
    return { state: there ? "missing" : "absent", ...counts };
  }
  return { state: counts.conflicts ? "conflict" : counts.results ? "have" : "target", ...counts };
}

function legend() {
  const item = (state) => h("li", {}, h(`span.cell.is-${state}`, { "aria-hidden": "true" }, SIGNS[state]), t(`cov_${state}`));
  return h("ul.legend", {}, ["have", "conflict", "target", "missing", "absent"].map(item));
}

// signs beside the colours, for those who do not see these
const SIGNS = { have: "1", conflict: "⚠", target: "○", missing: "·", absent: "" };

function grid(known, rows, years, name) {
  const cell = (one, row, index) => {
    const words = `${row.name}, ${years[index]}: ${t(`cov_${one.state}`)}${one.results ? `, ${count(one.results)} ${t("results").toLowerCase()}` : ""}`;
    return h("td", {}, h(`span.cell.is-${one.state}`, { title: words }, one.results || SIGNS[one.state], h("span.unseen", {}, ` ${t(`cov_${one.state}`)}`)));
  };
  return h(
    "div.scroll",
    { tabindex: 0, role: "region", "aria-label": `${t("coverageTitle")}: ${name}` },
    h("table.coverage", {},
      h("caption.unseen", {}, `${t("coverageTitle")}: ${name}`),
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, t("ward")), years.map((year) => h("th", { scope: "col" }, year)))),
      h("tbody", {}, rows.map((row) =>
        h("tr", {},
          h("th", { scope: "row" }, h("a", { href: href(["unit", row.unit.id]) }, row.name), row.above !== null && known.at(row.above).level === 2 ? h("small", {}, `${known.short(row.above)}`) : null),
          row.cells.map((one, index) => cell(one, row, index)))))),
  );
}

function pager(page, total) {
  const pages = Math.ceil(total / ROWS);
  if (pages < 2) return null;
  const step = (key, to) => h("button.quiet", { type: "button", id: `page-${key}`, disabled: to < 0 || to >= pages, click: () => set({ page: to }) }, t(key));
  return h("div.pager", {}, step("previous", page - 1), h("span", {}, t("page", { n: page + 1, total: pages })), step("next", page + 1));
}
