// Figures of a unit as its data file has them, with names, and the links from a figure to its evidence.

import { loadOr } from "./data.js";
import { h } from "./dom.js";
import { amount, brief, sign } from "./format.js";
import { t } from "./i18n.js";
import { changed } from "./route.js";
import { indicatorOf } from "./store.js";

/** Everything known of a unit: {figures, claims, before}; empty where nothing is. */
export async function placeOf(unit) {
  const file = unit.file < 0 ? null : await loadOr(`place/${unit.file}`, null);
  const found = file?.[unit.id] ?? { figures: [], claims: [], before: [] };
  return {
    figures: found.figures.map(figure),
    claims: new Map(found.claims.map((row) => [row[0], row])),
    before: found.before.map(earlier),
  };
}

/** Kinds of values by their first letter, as data files have them. */
export const KINDS = { a: "actual", e: "estimate", t: "target" };

function figure([indicator, breakdown, year, kind, value, comparator, period, conflict, winner, losers, correction, rollup]) {
  const [uncorrected = null, note = null] = correction ?? [];
  const [origin = "reported", reporting = null, total = null, partial = null, method = null] = rollup ?? [];
  const unit = indicatorOf(indicator)?.unit;
  return { indicator, breakdown: breakdown ?? "{}", year, kind: KINDS[kind], isTarget: kind === "t", isPart: isPart(period), value, unit, comparator, period: period ?? String(year), conflict: conflict === 1, winner, losers: losers ?? [], uncorrected, note, origin, reporting, total, partial, method };
}

/** Whether an SDMX period is a part of a year: no figure of such a part stands beside those of whole years unmarked. */
const isPart = (period) => /^\d{4}-[SQM]\d|\/P\d+M$/.test(period ?? "");

/** A claim behind a figure, with what it leaves out taken from that. */
export function claimOf(place, id, figure) {
  const row = place.claims.get(id);
  if (!row) return null;
  const [, article, kind, value, unit, comparator, period, published] = row;
  return { id, article, kind: KINDS[kind], value, unit: unit ?? figure.unit, comparator, period: period ?? String(figure.year), published };
}

function earlier([indicator, breakdown, year, kind, value, low, high, method, reporting, ancestors, day, act]) {
  return { indicator, breakdown: breakdown ?? "{}", year, kind: KINDS[kind], isTarget: kind === "t", value, low, high, unit: indicatorOf(indicator)?.unit, method, reporting, ancestors, day, act };
}

/** Where a figure's evidence is shown: over the page that the reader is on. */
export const evidenceAddress = (unitId, observation) => changed({ ev: `${unitId}~${observation}` });

/** A figure as a link to its evidence, with what must be known of it beside the number. */
export function figureLink(unitId, one, { exact = false } = {}) {
  const words = exact ? amount(one.value, one.unit, true) : brief(one.value, one.unit);
  const text = [one.kind === "estimate" ? "~" : "", sign(one.comparator), words].join("");
  const marks = one.conflict ? h("span.conflict", { title: t("cov_conflict"), role: "img", "aria-label": t("cov_conflict") }, " ⚠") : null;
  if (!one.winner) return h("span", { title: originWords(one) }, text || "–", marks);
  const title = `${amount(one.value, one.unit, true)}, ${t(one.kind)}`;
  return h("a.figure", { href: evidenceAddress(unitId, one.winner), title }, text, marks);
}

/** Where a figure without a claim of its own comes from. */
export function originWords(one) {
  if (one.origin === "rolled up") return t("rolledUp", { n: one.reporting, method: one.method });
  if (one.origin === "incomplete") return t("incomplete", { n: one.reporting, total: one.total });
  return "";
}
