// One indicator of one unit over the years: results, estimates hollow, targets as bars, conflicts ringed, breaks marked.

import { draw, framed, gapped, Plot, wide } from "./chart.js";
import { h, svg } from "./dom.js";
import { amount, brief, dayNumber, period } from "./format.js";
import { t } from "./i18n.js";

export function seriesChart({ title, series, breaks, address }) {
  const told = (one) => `${one.year}: ${one.value === null ? `${amount(one.low, series.unit)} – ${amount(one.high, series.unit)}` : amount(one.value, series.unit)}, ${t(one.kind)}${one.isPart ? `, ${period(one.period)}` : ""}`;
  const own = series.figures.filter((one) => one.value !== null);
  const results = own.filter((one) => !one.isTarget && !one.isPart);
  const parts = own.filter((one) => !one.isTarget && one.isPart);
  const targets = own.filter((one) => one.isTarget);
  const before = series.before.filter((one) => !one.isTarget);
  const exact = before.filter((one) => one.value !== null);
  const years = [...own, ...before].map((one) => one.year);
  const [first, last] = [Math.min(...years), Math.max(...years)];
  const link = (one) => (one.winner ? address(one.winner) : null);
  const cuts = breaks.map((one) => ({ ...one, at: placeOf(one) })).filter(({ at }) => at >= first - 0.5 && at <= last + 0.5);
  const chart = draw({
    interactive: true,
    width: wide(720),
    height: 300,
    marginLeft: 64,
    marginTop: cuts.length ? 34 : 20,
    x: { domain: [Math.min(first - 0.4, ...cuts.map(({ at }) => at)), Math.max(last + 0.4, ...cuts.map(({ at }) => at))], ticks: spread(first, last, wide(720) < 500 ? 6 : 12), tickFormat: String, label: null, tickSize: 0 },
    y: { zero: true, nice: true, grid: true, ticks: 5, tickFormat: (value) => brief(value, series.unit), label: null, tickSize: 0 },
    marks: [
      Plot.ruleY([0], { stroke: "var(--line)" }),
      Plot.ruleX(cuts, { className: "break", x: "at", stroke: "var(--warn)", strokeDasharray: "4 3" }),
      Plot.text(cuts, { x: "at", frameAnchor: "top", dy: -14, fontSize: 10, fill: "var(--warn)", text: (one) => `${t("changedTerritory")} ${dayNumber(one.day)}${one.act ? `, ${one.act}` : ""}`, textAnchor: (last - first) / 2 + first < (cuts[0]?.at ?? 0) ? "end" : "start" }),
      Plot.ruleX(before.filter((one) => one.value === null), { x: "year", y1: "low", y2: "high", stroke: "var(--soft-ink)", strokeWidth: 3, title: told }),
      Plot.lineY(gapped(exact), { x: "year", y: "value", stroke: "var(--soft-ink)", strokeDasharray: "3 3" }),
      Plot.dot(exact, { x: "year", y: "value", r: 3.5, fill: "var(--ground)", stroke: "var(--soft-ink)", title: told }),
      Plot.lineY(gapped(unbroken(results, cuts), (one) => one.piece), { x: "year", y: "value", z: "piece", stroke: "var(--accent)", strokeWidth: 2 }),
      Plot.link(targets, { className: "targets", x1: (one) => one.year - 0.25, x2: (one) => one.year + 0.25, y1: "value", y2: "value", stroke: "var(--target)", strokeWidth: 3, href: link, title: told }),
      Plot.dot(results.filter((one) => one.conflict), { className: "conflicts", x: "year", y: "value", r: 8.5, stroke: "var(--warn)", strokeWidth: 1.5 }),
      Plot.dot(parts, { className: "parts", x: "year", y: "value", symbol: "triangle", r: 4, stroke: "var(--accent)", fill: "var(--ground)", href: link, title: told }),
      Plot.dot(results, { className: "results", x: "year", y: "value", r: 4.5, stroke: "var(--accent)", strokeWidth: 2, fill: (one) => (one.kind === "estimate" ? "var(--ground)" : "var(--accent)"), href: link, title: told }),
    ],
    color: { type: "identity" },
  });
  return framed({
    title,
    chart,
    file: title,
    legend: legend(targets.length, results.some((one) => one.kind === "estimate"), results.some((one) => one.conflict), before.length > 0, parts.length > 0),
    rows: [...own, ...exact].sort((a, b) => a.year - b.year).map((one) => ({ indicator: series.code, breakdown: series.breakdown, year: one.year, value_kind: one.kind, obs_value: one.value, unit_measure: series.unit, observation_id: one.winner ?? null })),
  });
}

/** Results cut into pieces at each change of territory, so that no line crosses one. */
function unbroken(results, cuts) {
  return results.map((one) => ({ ...one, piece: cuts.filter(({ at }) => one.year >= at).length }));
}

/** Before the first year that a unit has a part of, or after the last: its own figures are on one side. */
const placeOf = ({ day, isBeginning }) => Math.floor(day / 10000) + (isBeginning ? -0.5 : 0.5);

function spread(first, last, most) {
  const step = Math.ceil((last - first + 1) / most);
  return Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, index) => last - index * step).reverse();
}

function legend(hasTargets, hasEstimates, hasConflicts, hasEarlier, hasParts) {
  const sign = (...shapes) => svg("svg.swatch", { viewBox: "0 0 14 14", "aria-hidden": "true" }, shapes);
  const circle = (properties) => svg("circle", { cx: 7, cy: 7, r: 4.5, "stroke-width": 2, ...properties });
  return h(
    "ul.legend",
    {},
    h("li", {}, sign(circle({ fill: "var(--accent)", stroke: "var(--accent)" })), t("actual")),
    hasEstimates ? h("li", {}, sign(circle({ fill: "var(--ground)", stroke: "var(--accent)" })), t("estimate")) : null,
    hasTargets ? h("li", {}, sign(svg("line", { x1: 1, x2: 13, y1: 7, y2: 7, stroke: "var(--target)", "stroke-width": 3 })), t("target")) : null,
    hasParts ? h("li", {}, sign(svg("path", { d: "M7 2.5 12 11.5H2Z", fill: "var(--ground)", stroke: "var(--accent)", "stroke-width": 1.5 })), t("partOfYear")) : null,
    hasEarlier ? h("li", {}, sign(circle({ r: 3.5, "stroke-width": 1, fill: "var(--ground)", stroke: "var(--soft-ink)" })), t("beforeRow")) : null,
    hasConflicts ? h("li", {}, sign(circle({ r: 6, fill: "none", stroke: "var(--warn)" })), t("cov_conflict")) : null,
  );
}
