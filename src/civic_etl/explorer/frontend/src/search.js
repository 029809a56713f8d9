// The search box: units and indicators by words without accents; a list that the keyboard walks.

import { fill, h } from "./dom.js";
import { fold, match } from "./fold.js";
import { indicatorName, t } from "./i18n.js";
import { href } from "./route.js";
import { release, units } from "./store.js";

const SHOWN = 12;
let folded = null;

/** Units and indicators that answer, best first: {label, detail, address, id}. */
export async function find(words, only = null) {
  const wanted = fold(words);
  if (!wanted) return [];
  const known = await units();
  folded ??= known.rows.map((_, no) => [fold(known.short(no)), fold(known.rows[no][2])]);
  const found = [];
  known.rows.forEach((row, no) => {
    const [named, core] = folded[no];
    let score = Math.max(match(core, wanted), match(named, wanted));
    if (!score) {
      const own = wanted.split(" ").some((part) => ` ${named}`.includes(` ${part}`));
      if (!own) return;
      score = match(fold(known.full(no)), wanted) ? 0.5 : 0;
    }
    if (score) found.push({ score: score + (row[6] ? 0.4 : 0) + (row[4] === 0 ? 0.1 : 0) - Number(row[0][0]) / 100, no });
  });
  const places = found
    .sort((a, b) => b.score - a.score || a.no - b.no)
    .slice(0, SHOWN)
    .map(({ no, score }) => placed(known, no, score));
  if (only === "units") return places;
  const indicators = release()
    .indicators.map((one) => ({ one, score: Math.max(...[one.vi, one.en ?? "", one.code].map((name) => match(fold(name), wanted))) }))
    .filter(({ score }) => score > 0)
    .map(({ one, score }) => ({
      score: score + (one.years ? 0.45 : -0.5),
      label: indicatorName(one),
      detail: `${t("indicator")} · ${t(`d_${one.domain}`)}`,
      address: href(["indicator", one.code]),
    }));
  return [...indicators, ...places].sort((a, b) => b.score - a.score).slice(0, SHOWN);
}

function placed(known, no, score) {
  const unit = known.at(no);
  const above = unit.parent === null ? "" : known.full(unit.parent);
  const span = unit.until === 0 ? t("inForce") : `${String(unit.since).slice(0, 4)}–${String(unit.until).slice(0, 4)}`;
  const path = unit.level === 1 ? ["province", unit.id] : ["unit", unit.id];
  return { score, id: unit.id, label: known.short(no), detail: [above, span].filter(Boolean).join(" · "), address: href(path) };
}

/** A combobox; `chosen` gets what the reader took. */
export function searchBox({ id, label, chosen, only = null }) {
  const list = h("ul.answers", { id: `${id}-list`, role: "listbox", "aria-label": label, hidden: true });
  const input = h("input", {
    id,
    type: "search",
    role: "combobox",
    autocomplete: "off",
    spellcheck: "false",
    placeholder: label,
    title: t("searchHint"),
    "aria-label": label,
    "aria-controls": list.id,
    "aria-expanded": "false",
    "aria-autocomplete": "list",
    input: () => look(),
    focus: () => units(),
    keydown: (event) => walk(event),
    blur: () => setTimeout(close, 150),
  });
  let answers = [];
  let at = -1;

  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const take = (answer) => {
    input.value = "";
    close();
    chosen(answer);
  };
  const mark = (to) => {
    at = to;
    [...list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === at)));
    if (at >= 0) {
      input.setAttribute("aria-activedescendant", `${id}-${at}`);
      list.children[at].scrollIntoView({ block: "nearest" });
    }
  };
  async function look() {
    const words = input.value;
    const found = await find(words, only);
    if (words !== input.value) return;
    answers = found;
    const items = answers.map((answer, index) =>
      h("li", { id: `${id}-${index}`, role: "option", "aria-selected": "false", mousedown: (event) => event.preventDefault(), click: () => take(answer) },
        h("span", {}, answer.label), h("small", {}, answer.detail)),
    );
    fill(list, items.length ? items : h("li.none", { role: "option", "aria-disabled": "true", "aria-selected": "false" }, t("nothingFound")));
    list.hidden = !fold(words);
    input.setAttribute("aria-expanded", String(!list.hidden));
    if (answers.length) mark(0);
  }
  function walk(event) {
    if (event.key === "Escape") close();
    if (!answers.length || list.hidden) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      mark((at + (event.key === "ArrowDown" ? 1 : answers.length - 1)) % answers.length);
    }
    if (event.key === "Enter" && at >= 0) {
      event.preventDefault();
      take(answers[at]);
    }
  }
  return h("div.search", { role: "search" }, input, list);
}
