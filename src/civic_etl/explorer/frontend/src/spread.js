// Charts of one indicator over all wards: its course, its distribution in a year, provinces side by side.

import { draw, framed, gapped, Plot, wide } from "./chart.js";
import { topic } from "./choosing.js";
import { amount, brief, count } from "./format.js";
import { t } from "./i18n.js";
import { provinces } from "./store.js";

export function trend(state) {
  const { data, breakdown, kind, indicator } = state;
  const rows = data.country
    .filter(([part, , type]) => part === breakdown && type === kind)
    .map(([, year, , n, least, q1, median, q3, greatest]) => ({ year, n, least, q1, median, q3, greatest }));
  const told = (one) => `${one.year}: ${amount(one.median, indicator.unit)} (${amount(one.q1, indicator.unit)} – ${amount(one.q3, indicator.unit)}), ${count(one.n)} ${t("wardsN")}`;
  const chart = draw({
    width: wide(560),
    height: 280,
    marginLeft: 60,
    x: yearAxis(rows.map((row) => row.year)),
    y: valueAxis(indicator.unit),
    marks: [
      Plot.areaY(gapped(rows), { x: "year", y1: "q1", y2: "q3", fill: "var(--q0)" }),
      Plot.lineY(gapped(rows), { x: "year", y: "median", stroke: "var(--accent)", strokeWidth: 2 }),
      Plot.dot(rows, { className: "years", x: "year", y: "median", fill: "var(--accent)", r: 3.5, title: told }),
    ],
  });
  return framed({ title: t("trend"), chart, note: t("trendNote"), file: `${topic(state)} ${t("trend")}`, rows: rows.map((row) => ({ indicator: indicator.code, breakdown, ...row, unit_measure: indicator.unit })) });
}

/** How many wards have which value, in bars of equal width; the longest tail is gathered in the last bar. */
export function distribution(rows, { indicator, breakdown, year }, title) {
  const values = rows.map((row) => row.value);
  const bars = binned(values);
  const chart = draw({
    width: wide(560),
    height: 280,
    marginLeft: 44,
    x: { tickFormat: (value) => brief(value, indicator.unit), ticks: 6, label: null, tickSize: 0 },
    y: { grid: true, ticks: 4, tickFormat: count, label: null, tickSize: 0 },
    marks: [
      Plot.rectY(bars, { className: "bars", x1: "from", x2: "to", y: "n", fill: "var(--accent)", inset: 0.5, title: (bar) => `${amount(bar.from, indicator.unit)} – ${amount(bar.isLast ? bar.greatest : bar.to, indicator.unit)}: ${count(bar.n)} ${t("wardsN")}` }),
      Plot.ruleY([0], { stroke: "var(--line)" }),
    ],
  });
  return framed({ title: t("distribution"), chart, note: title, file: `${title} ${t("distribution")}`, rows: bars.map(({ from, to, n }) => ({ indicator: indicator.code, breakdown, year, from, to, wards: n })) });
}

function binned(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const [least, greatest] = [sorted[0], sorted.at(-1)];
  const top = sorted.length > 40 ? sorted[Math.floor(sorted.length * 0.98)] : greatest;
  if (top === least) return [{ from: least - 0.5, to: least + 0.5, n: sorted.length, isLast: true, greatest }];
  const number = Math.min(30, Math.max(6, Math.round(Math.sqrt(sorted.length))));
  const width = (top - least) / number;
  const bars = Array.from({ length: number }, (_, index) => ({ from: least + index * width, to: least + (index + 1) * width, n: 0, isLast: index === number - 1, greatest }));
  for (const value of sorted) bars[Math.min(number - 1, Math.floor((value - least) / width))].n += 1;
  return bars;
}

/** The median of each province over the years, a small chart each, those with most wards first. */
export function multiples(state) {
  const { data, breakdown, kind, indicator, year } = state;
  const map = year >= 2025 ? "n" : "o";
  const names = provinces(map);
  const rows = data.provinces
    .filter((row) => row[0] === map && row[2] === breakdown && row[4] === kind && names.has(row[1]))
    .map(([, code, , when, , n, total, median]) => ({ province: names.get(code).name, year: when, n, total, median }));
  const weight = new Map();
  for (const row of rows) weight.set(row.province, (weight.get(row.province) ?? 0) + row.n);
  const shown = [...weight].sort((a, b) => b[1] - a[1]).slice(0, 24).map(([name]) => name);
  const columns = Math.min(Math.max(2, Math.floor(wide(1120) / 180)), shown.length);
  const placed = rows.filter((row) => shown.includes(row.province)).map((row) => ({ ...row, fx: shown.indexOf(row.province) % columns, fy: Math.floor(shown.indexOf(row.province) / columns) }));
  const lines = Math.ceil(shown.length / columns);
  const titles = shown.map((province, index) => ({ province, fx: index % columns, fy: Math.floor(index / columns) }));
  const years = [...new Set(placed.map((row) => row.year))];
  const chart = draw({
    width: wide(1120),
    height: 40 + lines * 120,
    marginLeft: 56,
    marginTop: 24,
    fx: { axis: null, padding: 0.12 },
    fy: { axis: null, padding: 0.28 },
    x: { ...yearAxis(years), ticks: years.length > 1 ? [Math.min(...years), Math.max(...years)] : years },
    y: { ...valueAxis(indicator.unit), ticks: 3 },
    marks: [
      Plot.frame({ stroke: "var(--line)", strokeOpacity: 0.6 }),
      Plot.lineY(gapped(placed, (row) => row.province), { fx: "fx", fy: "fy", x: "year", y: "median", z: "province", stroke: "var(--accent)", strokeWidth: 1.6 }),
      Plot.dot(placed, { className: "medians", fx: "fx", fy: "fy", x: "year", y: "median", r: 2.2, fill: "var(--accent)", title: (row) => `${row.province}, ${row.year}: ${amount(row.median, indicator.unit)} (${t("ofTotal", { n: count(row.n), total: row.total ?? row.n })})` }),
      Plot.text(titles, { fx: "fx", fy: "fy", text: "province", frameAnchor: "top-left", dy: -14, fontWeight: 600, fill: "var(--ink)" }),
    ],
  });
  return framed({ title: t("multiples"), chart, note: t("showMedian"), file: `${topic(state)} ${t("multiples")}`, rows: rows.map((row) => ({ indicator: indicator.code, breakdown, ...row, unit_measure: indicator.unit })) });
}

export const valueAxis = (unit) => ({ zero: true, nice: true, grid: true, ticks: 5, tickFormat: (value) => brief(value, unit), label: null, tickSize: 0 });

export function yearAxis(years) {
  const [first, last] = [Math.min(...years), Math.max(...years)];
  const step = Math.ceil((last - first + 1) / (wide(560) < 500 ? 5 : 10));
  const ticks = Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, index) => last - index * step).reverse();
  return { domain: [first - 0.4, last + 0.4], ticks, tickFormat: String, label: null, tickSize: 0 };
}
