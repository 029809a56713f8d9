// The page: loads the release, then draws the view that the address names.

import { load, onStale } from "./data.js";
import { fill, h } from "./dom.js";
import { showEvidence } from "./evidence.js";
import { t, useLexicon } from "./i18n.js";
import { current, href } from "./route.js";
import { restoreTheme, shell, tellStale } from "./shell.js";
import { FORMAT, release, useRelease } from "./store.js";
import { empty } from "./table.js";
import { article } from "./views/article.js";
import { compare } from "./views/compare.js";
import { coverage } from "./views/coverage.js";
import { front } from "./views/front.js";
import { indicator } from "./views/indicator.js";
import { indicators } from "./views/indicators.js";
import { province } from "./views/province.js";
import { sources } from "./views/sources.js";
import { sql } from "./views/sql.js";
import { unit } from "./views/unit.js";

const VIEWS = { "": front, province, unit, indicator, indicators, compare, article, coverage, sources, sql };
// These say something also of a release without figures.
const ALWAYS = new Set(["sources", "sql", "article"]);
let turn = 0;
let drawn = "";

async function show() {
  const mine = ++turn;
  const { path, query } = current();
  const page = JSON.stringify([path, { ...query, ev: undefined }]);
  // opening the evidence changes nothing below it
  if (page !== drawn) {
    await draw(path, query, () => mine === turn);
    if (mine !== turn) return;
    drawn = page;
  }
  await showEvidence(query.ev);
}

async function draw(path, query, isCurrent) {
  const app = document.getElementById("app");
  const before = JSON.parse(drawn || "[[],{}]")[0];
  const held = document.activeElement?.id;
  const main = shell(app);
  fill(main, h("p.loading", { role: "status" }, t("loading")));
  const [name = "", ...rest] = path;
  try {
    const view = VIEWS[name];
    let content;
    if (!view) content = empty(t("notFound"), t("notFoundHow"), h("a", { href: href([]) }, t("toFront")));
    else if (!release().used.length && !ALWAYS.has(name)) content = empty(t("emptyRelease"), t("emptyReleaseHow"));
    else content = await view(rest, query);
    if (!isCurrent()) return;
    fill(main, content);
    const title = main.querySelector("h1")?.textContent;
    document.title = title ? `${title} · ${t("site")}` : t("site");
  } catch (error) {
    if (!isCurrent()) return;
    fill(main, empty(t("failed"), error.message === "stale" ? t("stale") : error.message, h("a", { href: href([]) }, t("toFront"))));
    if (error.message !== "stale") console.error(error);
  }
  main.dataset.ready = "true";
  if (JSON.stringify(before) !== JSON.stringify(path) && drawn) {
    scrollTo(0, 0);
    main.focus({ preventScroll: true });
  } else if (held) {
    document.getElementById(held)?.focus({ preventScroll: true });
  }
}

async function begin() {
  restoreTheme();
  onStale(tellStale);
  const app = document.getElementById("app");
  let payload;
  try {
    payload = await load("release");
    if (payload.format !== FORMAT) {
      fill(shell(app), empty(t("newerFormat"), t("newerFormatHow", { mine: FORMAT, theirs: payload.format })));
      return;
    }
    useRelease(payload);
    useLexicon(await load("words"));
  } catch {
    fill(shell(app), empty(t("noRelease"), t("noReleaseHow")));
    return;
  }
  window.addEventListener("hashchange", show);
  await show();
}

begin();
