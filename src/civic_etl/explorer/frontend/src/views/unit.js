// A unit: every indicator over the years, target against result, breaks of territory, who was before and after.

import { evidenceAddress, figureLink, originWords, placeOf } from "../figures.js";
import { load } from "../data.js";
import { choice, h } from "../dom.js";
import { amount, brief, count, dayNumber, day, period } from "../format.js";
import { breakdownWords, indicatorName, t } from "../i18n.js";
import { kinship } from "../kinship.js";
import { changed, go, href } from "../route.js";
import { seriesChart } from "../series.js";
import { indicatorOf, units } from "../store.js";
import { empty } from "../table.js";
import { toolbar } from "../download.js";

export async function unit([id], query) {
  const known = await units();
  const found = known.get(id ?? "");
  if (!found) return empty(t("notFound"), t("notFoundHow"), h("a", { href: href([]) }, t("toFront")));
  const [place, kin] = [await placeOf(found), kinship(found, await load("succession"))];
  const series = seriesOf(place);
  return [
    heading(known, found, kin),
    series.length
      ? [chartOf(known, found, place, series, kin, query), allFigures(known, found, place, series)]
      : h("section.empty", {}, h("h2", {}, t("unitEmpty")), h("p", {}, t("unitEmptyHow"))),
  ];
}

/** Indicators with their breakdowns, those with most years first: {key, code, breakdown, name, figures, before}. */
function seriesOf({ figures, before }) {
  const found = new Map();
  const put = (list, one) => {
    const key = `${one.indicator}|${one.breakdown}`;
    if (!found.has(key)) found.set(key, { key, code: one.indicator, breakdown: one.breakdown, unit: one.unit, figures: [], before: [] });
    found.get(key)[list].push(one);
  };
  figures.forEach((one) => put("figures", one));
  before.filter((one) => one.value !== null || one.low !== null).forEach((one) => put("before", one));
  for (const one of found.values()) {
    one.indicator = indicatorOf(one.code);
    one.name = [indicatorName(one.indicator) || one.code, breakdownWords(one.breakdown)].filter(Boolean).join(" – ");
    one.years = new Set([...one.figures, ...one.before].filter((each) => !each.isTarget).map((each) => each.year)).size;
  }
  const domain = (one) => t(`d_${one.indicator?.domain}`);
  return [...found.values()].sort((a, b) => domain(a).localeCompare(domain(b), "vi") || a.name.localeCompare(b.name, "vi"));
}

function heading(known, found, kin) {
  const above = known.above(found.no);
  const until = found.until === 0 ? t("inForce") : t("until", { day: dayNumber(found.until) });
  return h(
    "header.unit",
    {},
    h("nav.crumbs", { "aria-label": t("place") }, [...above].reverse().map((no) => {
      const one = known.at(no);
      return [h("a", { href: href([one.level === 1 ? "province" : "unit", one.id]) }, known.short(no)), " › "];
    })),
    h("h1", {}, known.short(found.no)),
    h("p.life", {}, `${t("from", { day: dayNumber(found.since) })}, ${until}`, h("small", {}, ` ${found.code}`)),
    kinList(known, t("predecessors"), kin.before),
    kinList(known, t("successors"), kin.after),
    h("p.actions", {},
      h("a.button", { href: href(["compare"], { u: found.id }) }, t("addToCompare")),
      h("button.quiet", { type: "button", click: () => print() }, t("print"))),
  );
}

function kinList(known, title, list) {
  if (!list.length) return null;
  const items = list.map((one) =>
    h("li", {},
      h("a", { href: href(["unit", known.rows[one.no][0]]) }, known.short(one.no)), " ",
      h("small", {}, [dayNumber(one.day), one.share < 1 ? t("partOf", { share: Math.round(one.share * 100) }) : t("wholeOf"), one.act ? t("byAct", { act: one.act }) : null, known.rows[one.no][6] ? t("figuresCount", { n: count(known.rows[one.no][6]) }) : null].filter(Boolean).join(", "))));
  return h("details.kin", { open: list.length <= 8 }, h("summary", {}, `${title} (${list.length})`), h("ul", {}, items));
}

function chartOf(known, found, place, series, kin, query) {
  const longest = [...series].sort((a, b) => b.years - a.years || b.figures.length - a.figures.length)[0];
  const one = series.find(({ key }) => key === query.ind) ?? longest;
  const options = series.map((each) => [each.key, each.name, t(`d_${each.indicator?.domain}`)]);
  return h(
    "section.one",
    {},
    choice(t("indicator"), options, one.key, (ind) => go(changed({ ind }), true)),
    seriesChart({ title: `${one.name} – ${known.short(found.no)}`, series: one, breaks: kin.breaks, address: (id) => evidenceAddress(found.id, id) }),
    one.before.length ? h("p.note", {}, t("beforeNote", { day: day(one.before[0].day), act: one.before[0].act ?? "–" })) : null,
  );
}

function allFigures(known, found, place, series) {
  const years = [...new Set(series.flatMap((one) => [...one.figures, ...one.before].map((each) => each.year)))].sort();
  const rows = place.figures.map((one) => ({
    unit_id: found.id, unit: known.full(found.no), indicator: one.indicator, breakdown: one.breakdown, year: one.year, value_kind: one.kind, obs_value: one.value, unit_measure: one.unit, comparator: one.comparator, time_period: one.period, conflict: one.conflict, observation_id: one.winner,
  }));
  let domain;
  const lines = series.flatMap((one) => {
    const line = [seriesLine(found, one, years)];
    const name = t(`d_${one.indicator?.domain}`);
    if (name !== domain) line.unshift(h("tr.domain", {}, h("th", { colspan: years.length + 1, scope: "colgroup" }, (domain = name))));
    return line;
  });
  return h(
    "section.figures",
    {},
    h("h2", {}, t("unitTable")),
    h("p.note", {}, t("legendUnit")),
    h("div.scroll", { tabindex: 0, role: "region", "aria-label": t("unitTable") },
      h("table.matrix", {},
        h("caption.unseen", {}, `${t("unitTable")}: ${known.full(found.no)}`),
        h("thead", {}, h("tr", {}, h("th", { scope: "col" }, t("indicator")), years.map((year) => h("th.number", { scope: "col" }, year)))),
        h("tbody", {}, lines))),
    toolbar({ rows, file: known.full(found.no) }),
  );
}

function seriesLine(found, one, years) {
  return h(
    "tr",
    {},
    h("th", { scope: "row" }, h("a", { href: changed({ ind: one.key }) }, one.name), h("small", {}, unitNote(one))),
    years.map((year) => {
      const result = one.figures.find((each) => each.year === year && !each.isTarget);
      const target = one.figures.find((each) => each.year === year && each.isTarget);
      const before = result ? null : one.before.find((each) => each.year === year && !each.isTarget);
      return h("td.number", {},
        result ? resultCell(found, result) : null,
        before ? h("span.earlier", { title: t("beforeRow") }, before.value === null ? `${brief(before.low, one.unit)}–${brief(before.high, one.unit)}` : brief(before.value, one.unit)) : null,
        target ? h("small.target", {}, h("span.unseen", {}, `${t("target")} `), "/ ", target.value === null ? t("incomplete", { n: target.reporting, total: target.total }) : figureLink(found.id, target)) : null);
    }),
  );
}

function resultCell(found, one) {
  if (one.value === null) return h("span.none", { title: one.partial === null ? "" : amount(one.partial, one.unit) }, originWords(one));
  return [figureLink(found.id, one), one.isPart ? h("small.part", {}, period(one.period)) : null];
}

const unitNote = (one) => (["percent", "permille"].includes(one.unit) ? "" : amount(0, one.unit, true).replace(/^[\d.,]+\s*/, ""));
