// Vietnamese first, English beside it.

import { WORDS } from "./words.js";
import { current } from "./route.js";

let lexicon = { units: {}, categories: {} };

export const useLexicon = (words) => {
  lexicon = words;
};
export const english = () => current().query.lang === "en";

/** A phrase of the page; `{n}` in it is replaced by values. */
export function t(key, values = {}) {
  const pair = WORDS[key];
  if (!pair) return key;
  return pair[english() ? 1 : 0].replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

/** The word after a number. */
export function unitWord(unit) {
  if (!unit) return "";
  if (english()) return unit === "VND" ? unit : plural(unit.replaceAll("_", " "));
  return lexicon.units[unit] ?? unit.replaceAll("_", " ");
}

const AS_THEY_ARE = /^(USD|times|ha|km|m|m2|m3|kg|head|quintal per ha|rank)$/;
const IRREGULAR = { person: "people" };

function plural(word) {
  if (AS_THEY_ARE.test(word)) return word;
  return IRREGULAR[word] ?? (/(?:s|ch|x)$/.test(word) ? `${word}es` : word.replace(/y$/, "ie").concat("s"));
}

/** `{"sector": "industry"}` in words; empty for the whole. */
export function breakdownWords(text) {
  if (!text || text === "{}") return "";
  let parts;
  try {
    parts = Object.entries(JSON.parse(text));
  } catch {
    return text;
  }
  return parts
    .map(([key, value]) => {
      const word = english() ? null : lexicon.categories[key]?.[value];
      return word ?? `${key.replaceAll("_", " ")}: ${String(value).replaceAll("_", " ")}`;
    })
    .join(", ");
}

export const indicatorName = (indicator) => (indicator ? (english() ? indicator.en || indicator.vi : indicator.vi) : "");
