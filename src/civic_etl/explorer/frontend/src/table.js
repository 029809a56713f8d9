// Tables of data: plain HTML tables, in pages where they are long.

import { h, fill } from "./dom.js";
import { count } from "./format.js";
import { t } from "./i18n.js";

/**
 * `columns` are {name, cell(row), number?}; a cell may be text or an element. A caption names the table. The box around
 * it scrolls sideways, so it takes the keyboard.
 */
export function table({ caption, columns, rows, size = 50, hidden = false }) {
  const body = h("tbody");
  const pager = h("div.pager");
  const pages = Math.max(1, Math.ceil(rows.length / size));
  const show = (page) => {
    fill(body, rows.slice(page * size, (page + 1) * size).map((row) => line(columns, row)));
    if (pages === 1) return;
    const step = (key, to) => h("button.quiet", { type: "button", disabled: to < 0 || to >= pages, click: () => show(to) }, t(key));
    fill(pager, step("previous", page - 1), h("span", {}, t("page", { n: count(page + 1), total: count(pages) })), step("next", page + 1));
  };
  show(0);
  return h(
    "div.table",
    {},
    h(
      "div.scroll",
      { tabindex: 0, role: "region", "aria-label": caption },
      h(
        "table",
        {},
        h(hidden ? "caption.unseen" : "caption", {}, caption),
        h("thead", {}, h("tr", {}, columns.map((column) => h(column.number ? "th.number" : "th", { scope: "col" }, column.name)))),
        body,
      ),
    ),
    pager,
  );
}

function line(columns, row) {
  return h(
    "tr",
    {},
    columns.map((column, index) =>
      index === 0 && !column.number
        ? h("th", { scope: "row" }, column.cell(row))
        : h(column.number ? "td.number" : "td", {}, column.cell(row)),
    ),
  );
}

export function empty(title, how, ...more) {
  return h("section.empty", {}, h("h1", {}, title), how ? h("p", {}, how) : null, more);
}
