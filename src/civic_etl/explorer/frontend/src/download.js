// What is shown, as a file: rows as CSV, charts as SVG and PNG.

import { h } from "./dom.js";
import { t } from "./i18n.js";

const DRAWN = ["fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-opacity", "fill-opacity", "opacity", "font-size", "font-family", "font-weight", "font-variant", "text-anchor"];

/** Buttons; without a chart only CSV. */
export function toolbar({ chart, rows, file }) {
  const name = file.replaceAll(/[^\p{L}\p{N}_-]+/gu, "-");
  const button = (key, action) => h("button.quiet", { type: "button", click: action }, t(key));
  return h(
    "div.toolbar",
    { role: "group", "aria-label": `${t("download")}: ${file}` },
    rows ? button("downloadCsv", () => save(csv(rows), `${name}.csv`, "text/csv")) : null,
    chart ? button("downloadSvg", () => save(standalone(chart), `${name}.svg`, "image/svg+xml")) : null,
    chart ? button("downloadPng", () => savePng(chart, `${name}.png`)) : null,
  );
}

// What a spreadsheet takes for a formula; `civic-etl query` has the same rule.
const FORMULA = /^[ \u00a0\n]*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;

/**
 * Objects as CSV with a mark for the encoding, which spreadsheets need. Text that would be a formula has an apostrophe
 * before it, and its lines end in one way.
 */
export function csv(rows) {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const cell = (value) => {
    if (value === null || value === undefined) return "";
    let text = String(value);
    if (typeof value === "string") text = `${FORMULA.test(text) ? "'" : ""}${text}`.replaceAll(/\r\n?/g, "\n");
    return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const lines = [names, ...rows.map((row) => names.map((name) => row[name]))];
  return `\ufeff${lines.map((line) => line.map(cell).join(",")).join("\r\n")}\r\n`;
}

function save(content, name, type) {
  const url = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  const link = h("a", { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** The SVG with its looks written into it, so that it needs no style sheet. */
function standalone(chart) {
  const copy = chart.cloneNode(true);
  const originals = [chart, ...chart.querySelectorAll("*")];
  const copies = [copy, ...copy.querySelectorAll("*")];
  originals.forEach((element, index) => {
    const looks = getComputedStyle(element);
    for (const name of DRAWN) copies[index].setAttribute(name, looks.getPropertyValue(name));
    copies[index].removeAttribute("class");
  });
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  const ground = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  for (const [name, value] of [["width", "100%"], ["height", "100%"], ["fill", getComputedStyle(document.body).backgroundColor]]) ground.setAttribute(name, value);
  copy.prepend(ground);
  return new XMLSerializer().serializeToString(copy);
}

async function savePng(chart, name) {
  const { width, height } = chart.viewBox.baseVal;
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(standalone(chart))}`;
  await image.decode();
  const canvas = h("canvas", { width: width * 2, height: height * 2 });
  canvas.getContext("2d").drawImage(image, 0, 0, width * 2, height * 2);
  canvas.toBlob((blob) => save(blob, name, "image/png"));
}
