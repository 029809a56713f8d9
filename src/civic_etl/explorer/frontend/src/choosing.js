// What most views choose: an indicator, its part, a year, results or targets.

import { load } from "./data.js";
import { choice, h } from "./dom.js";
import { breakdownWords, indicatorName, t } from "./i18n.js";
import { changed, go } from "./route.js";
import { indicatorOf, release } from "./store.js";

/** What the address chooses, with sensible choices where it says nothing; `fixed` is the indicator of the page itself. */
export async function chosen(query, fixed = null) {
  const indicator = fixed ?? (indicatorOf(query.ind)?.years ? indicatorOf(query.ind) : release().used[0]);
  const data = await load(`indicator/${indicator.code}`);
  const breakdowns = [...new Set(data.country.map((row) => row[0]))];
  const breakdown = breakdowns.includes(query.part) ? query.part : breakdowns.includes("{}") ? "{}" : breakdowns[0];
  const kind = query.kind === "t" ? "t" : "r";
  const counted = new Map();
  for (const [part, year, type, n] of data.country) if (part === breakdown && type === kind) counted.set(year, n);
  const years = [...counted.keys()].sort((a, b) => a - b);
  const fullest = [...counted].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0];
  const year = years.includes(Number(query.year)) ? Number(query.year) : (fullest ?? null);
  return { indicator, data, breakdowns, breakdown, kind, years, year };
}

/** The choices as addresses keep them, for links to other views. */
export const asQuery = ({ indicator, year, kind, breakdown }) => ({
  ind: indicator.code,
  year,
  kind: kind === "t" ? "t" : null,
  part: breakdown === "{}" ? null : breakdown,
});

/** `phrase, part` of what is chosen. */
export const topic = ({ indicator, breakdown }) => [indicatorName(indicator), breakdownWords(breakdown)].filter(Boolean).join(" – ");

export const set = (changes) => go(changed(changes), true);

/** The form of these choices; `more` are further ones. */
export function controls({ indicator, breakdowns, breakdown, kind, years, year }, more = [], withIndicator = true) {
  const topics = release().used.filter((one) => one.wards || one.code === indicator.code).map((one) => [one.code, indicatorName(one), t(`d_${one.domain}`)]);
  topics.sort((a, b) => a[2].localeCompare(b[2], "vi") || a[1].localeCompare(b[1], "vi"));
  return h(
    "form.controls",
    { submit: (event) => event.preventDefault() },
    withIndicator ? choice(t("indicator"), topics, indicator.code, (ind) => set({ ind, part: null, year: null })) : null,
    breakdowns.length > 1 ? choice(t("part"), breakdowns.map((one) => [one, breakdownWords(one) || t("whole")]), breakdown, (part) => set({ part: part === "{}" ? null : part, year: null })) : null,
    years.length ? choice(t("year"), years.map((one) => [one, one]), year, (one) => set({ year: one })) : null,
    choice(t("kind"), [["r", t("results")], ["t", t("targets")]], kind, (one) => set({ kind: one === "t" ? one : null, year: null })),
    more,
  );
}
