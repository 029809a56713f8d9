// The frame around every view: name, pages, search, language, light or dark, the release.

import { fill, h } from "./dom.js";
import { count, day } from "./format.js";
import { english, t } from "./i18n.js";
import { changed, current, go, href } from "./route.js";
import { searchBox } from "./search.js";
import { release } from "./store.js";

const PAGES = [
  ["map", []],
  ["indicators", ["indicators"]],
  ["compare", ["compare"]],
  ["coverage", ["coverage"]],
  ["sources", ["sources"]],
  ["sql", ["sql"]],
];

/** Writes the frame into the page and gives the element that views are drawn in. */
export function shell(app) {
  const here = current().path[0] ?? "";
  document.documentElement.lang = english() ? "en" : "vi";
  const main = h("main", { id: "content", tabindex: "-1" });
  fill(
    app,
    h("a.skip", { href: "#content", click: (event) => { event.preventDefault(); main.focus(); } }, t("skip")),
    h(
      "header.top",
      {},
      h("a.name", { href: href([]) }, mark(), t("site")),
      release() && h("nav", { "aria-label": t("menu") }, PAGES.map(([key, path]) =>
        h("a", { href: href(path), "aria-current": isHere(here, path[0] ?? "") ? "page" : null }, t(key)))),
      release() ? searchBox({ id: "search", label: t("search"), chosen: (answer) => go(answer.address) }) : null,
      h("div.switches", {},
        h("a", { href: changed({ lang: english() ? null : "en" }), lang: english() ? "vi" : "en", hreflang: english() ? "vi" : "en" }, t("otherLanguage")),
        h("button.quiet", { type: "button", click: turn, "aria-label": t("theme"), title: t("theme") }, "◐")),
    ),
    h("div.notice", { id: "notice", role: "status" }),
    main,
    release() ? footer() : null,
  );
  return main;
}

function isHere(here, page) {
  if (page === "") return here === "" || here === "province";
  return page === here || (page === "indicators" && here === "indicator");
}

function footer() {
  const { version, released, counts } = release();
  const numbers = [["figures", "figuresN"], ["wards", "wardsN"], ["articles", "articlesN"], ["conflicts", "conflictsN"]];
  return h("footer.bottom", {},
    h("p", {}, t("release", { version, day: day(released) }), " · ",
      numbers.map(([key, word]) => `${count(counts[key])} ${t(word)}`).join(" · ")),
    h("p", {}, t("missingNote")));
}

function mark() {
  return h("span.mark", { "aria-hidden": "true" });
}

function turn() {
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const now = document.documentElement.dataset.theme ?? (dark ? "dark" : "light");
  useTheme(now === "dark" ? "light" : "dark");
}

function useTheme(theme) {
  document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem("theme", theme);
  } catch {
    // a browser that keeps nothing still shows the theme
  }
}

/** What the reader chose the last time, if the browser kept it. */
export function restoreTheme() {
  try {
    const theme = localStorage.getItem("theme");
    if (theme === "dark" || theme === "light") document.documentElement.dataset.theme = theme;
  } catch {
    // nothing kept
  }
}

/** A line that says the page is older than the data. */
export function tellStale() {
  const notice = document.getElementById("notice");
  if (notice) fill(notice, h("p", {}, t("stale"), " ", h("button", { type: "button", click: () => location.reload() }, t("reload"))));
}
