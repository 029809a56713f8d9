// Numbers, amounts, days and periods in the reader's convention.

import { english, t, unitWord } from "./i18n.js";

const formats = new Map();

function number(value, options) {
  const locale = english() ? "en-GB" : "vi-VN";
  const key = locale + JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, new Intl.NumberFormat(locale, options));
  return formats.get(key).format(value);
}

export const count = (value) => number(value, { maximumFractionDigits: 0 });
export const plain = (value, digits = 6) => number(value, { maximumFractionDigits: digits });

const SCALES = [
  [1e12, "trillion"],
  [1e9, "billion"],
  [1e6, "million"],
  [1e3, "thousand"],
];

/** A value with its unit, long money shortened to three or four digits: `9,13 tỷ đồng`. */
export function amount(value, unit, exact = false) {
  if (value === null || value === undefined) return "–";
  if (unit === "percent") return `${plain(value, 4)}%`;
  if (unit === "permille") return `${plain(value, 4)}‰`;
  if (unit === "VND" || unit === "USD") return money(value, unit, exact);
  return `${plain(value, 3)} ${unitWord(unit)}`;
}

function money(value, unit, exact) {
  if (!exact) {
    const scale = SCALES.find(([size, word]) => Math.abs(value) >= size && word !== "thousand" && word !== "trillion");
    if (scale) return `${plain(value / scale[0], 3)} ${t(scale[1])} ${unitWord(unit)}`;
  }
  return `${plain(value, 2)} ${unitWord(unit)}`;
}

/** Short, for cells and axes: no unit except the percent sign. */
export function brief(value, unit) {
  if (value === null || value === undefined) return "";
  if (unit === "percent") return `${plain(value, 2)}%`;
  if (unit === "permille") return `${plain(value, 2)}‰`;
  const scale = SCALES.find(([size, word]) => Math.abs(value) >= size && (word !== "thousand" || Math.abs(value) >= 1e5));
  if (!scale || (scale[1] === "thousand" && unit !== "VND")) return plain(value, 2);
  return `${plain(value / scale[0], 2)} ${t(`${scale[1]}Short`)}`;
}

const SIGNS = { gt: ">", ge: "≥", lt: "<", le: "≤", approx: "≈" };
export const sign = (comparator) => SIGNS[comparator] ?? "";

/** `2021-01-22`, or a moment of UTC, as a day. */
export function day(text) {
  if (!text) return "–";
  const [year, month, date] = text.slice(0, 10).split("-").map(Number);
  const options = { day: "numeric", month: english() ? "long" : "numeric", year: "numeric", timeZone: "UTC" };
  return new Intl.DateTimeFormat(english() ? "en-GB" : "vi-VN", options).format(Date.UTC(year, month - 1, date));
}

/** 20250701 as a day. */
export const dayNumber = (n) => day(`${String(n).slice(0, 4)}-${String(n).slice(4, 6)}-${String(n).slice(6, 8)}`);

/** An SDMX period in words. */
export function period(text) {
  const half = /^(\d{4})-S([12])$/.exec(text);
  if (half) return t(`half${half[2]}`, { year: half[1] });
  const quarter = /^(\d{4})-Q([1-4])$/.exec(text);
  if (quarter) return t("quarter", { n: quarter[2], year: quarter[1] });
  const month = /^(\d{4})-M(\d{2})$/.exec(text);
  if (month) return t("month", { n: Number(month[2]), year: month[1] });
  const span = /^(\d{4})-(\d{2})-\d{2}\/P(\d+)([MY])$/.exec(text);
  if (span && span[4] === "Y") return `${span[1]}–${Number(span[1]) + Number(span[3]) - 1}`;
  if (span) return t("months", { n: span[3], year: span[1] });
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return day(text);
  return text;
}
