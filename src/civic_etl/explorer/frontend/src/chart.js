// Charts by Observable Plot, fit for a page that allows no inline style, and with a frame to name and download them.

import * as Plot from "@observablehq/plot";
import { h, svg } from "./dom.js";
import { toolbar } from "./download.js";
import { english } from "./i18n.js";

export { Plot };

/** The width of a chart that would like `most`; on a phone what there is, so that its letters stay readable. */
export const wide = (most) => Math.max(280, Math.min(most, document.documentElement.clientWidth - 32));

/** Plot's SVG without its style element, which the page's policy would refuse; app.css has the same rules. */
export function draw(options) {
  const locale = english() ? "en" : "vi";
  const drawn = Plot.plot({ className: "plot", locale, ...options });
  for (const style of drawn.querySelectorAll("style")) style.remove();
  // Plot names its groups in English, for nobody; the figure has a name and a table beside it
  for (const group of drawn.querySelectorAll("g[aria-label]")) group.removeAttribute("aria-label");
  drawn.setAttribute("role", options.interactive ? "group" : "img");
  drawn.prepend(hatching());
  return drawn;
}

/** Diagonal lines for what is not known. */
function hatching() {
  const size = { width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" };
  return svg(
    "defs",
    {},
    svg("pattern", { id: "hatch", ...size }, svg("rect", { width: 6, height: 6, class: "hatch-ground" }), svg("line", { y2: 6, class: "hatch-line" })),
  );
}

/** A figure: title, chart, note, legend, downloads. `rows` are objects, as the CSV will have them. */
export function framed({ title, chart, rows, file, note, legend, level = 2 }) {
  chart.setAttribute("aria-label", title);
  return h(
    "figure.frame",
    {},
    h("figcaption", {}, h(`h${level}`, {}, title), legend),
    h("div.chart", {}, chart),
    note ? h("p.note", {}, note) : null,
    toolbar({ chart, rows, file }),
  );
}

/** Rows by year with empty ones where years are missing, so that no line is drawn across them. */
export function gapped(rows, group = () => "") {
  const seen = new Map();
  for (const row of rows) seen.set(group(row), [...(seen.get(group(row)) ?? []), row]);
  return [...seen.values()].flatMap((list) => {
    const sorted = [...list].sort((a, b) => a.year - b.year);
    return sorted.flatMap((row, index) => (index && row.year > sorted[index - 1].year + 1 ? [{ ...row, year: row.year - 1, value: null, median: null, q1: null, q3: null }, row] : [row]));
  });
}

/** Boundaries between five groups of about the same size; fewer where values are few. */
export function steps(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const inner = [0.2, 0.4, 0.6, 0.8].map((share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]);
  return [...new Set(inner)].filter((edge) => edge > sorted[0]);
}

/** Which of the groups a value is in, from 0. */
export const stepOf = (value, edges) => edges.filter((edge) => value >= edge).length;

const TONES = { 0: [2], 1: [1, 4], 2: [0, 2, 4], 3: [0, 1, 3, 4], 4: [0, 1, 2, 3, 4] };
export const tone = (step, edges) => `var(--q${TONES[edges.length][step]})`;

/** The legend of such groups. */
export function stepLegend(values, edges, words, noData) {
  const groups = Array.from({ length: edges.length + 1 }, () => []);
  for (const value of values) groups[stepOf(value, edges)].push(value);
  const range = (group) => [...new Set([words(Math.min(...group)), words(Math.max(...group))])].join(" – ");
  return h(
    "ul.legend",
    {},
    groups.map((group, step) => (group.length ? h("li", {}, swatch(tone(step, edges)), range(group)) : null)),
    noData ? h("li", {}, swatch("url(#hatch)"), noData) : null,
  );
}

export function swatch(fill) {
  return svg("svg.swatch", { viewBox: "0 0 14 14", "aria-hidden": "true" }, svg("rect", { width: 14, height: 14, fill }));
}
