// From a figure to its evidence: the claims, the one that was chosen first, each with its sentence and page.

import { load } from "./data.js";
import { fill, h, outside } from "./dom.js";
import { claimOf, placeOf } from "./figures.js";
import { amount, day, period, sign } from "./format.js";
import { breakdownWords, indicatorName, t } from "./i18n.js";
import { changed, current, go, href } from "./route.js";
import { marked } from "./sentence.js";
import { indicatorOf, release, units } from "./store.js";

let dialog = null;

/** Shows the evidence of `unit~observation` over the page; nothing closes it. */
export async function showEvidence(wanted) {
  if (!wanted) {
    if (dialog?.open) dialog.close();
    return;
  }
  const opened = ensureDialog();
  fill(opened, h("p.loading", { role: "status" }, t("loading")));
  if (!opened.open) opened.showModal();
  const [unitId, observation] = wanted.split("~");
  const known = await units();
  const unit = known.get(unitId);
  const place = unit ? await placeOf(unit) : null;
  const figure = place?.figures.find((one) => one.winner === observation);
  if (!figure) {
    fill(opened, closing(), h("h2", { id: "evidence-title" }, t("notFound")), h("p", {}, t("notFoundHow")));
    return;
  }
  const claims = [figure.winner, ...figure.losers].map((id) => claimOf(place, id, figure)).filter(Boolean);
  const parts = await Promise.all(claims.map((claim, index) => claimPart(claim, index === 0)));
  const name = [indicatorName(indicatorOf(figure.indicator)), breakdownWords(figure.breakdown)].filter(Boolean).join(" – ");
  fill(
    opened,
    closing(),
    h("p.over", {}, t("evidence")),
    h("h2", { id: "evidence-title" }, name),
    h("p.subject", {}, `${known.full(unit.no)}, ${figure.year}`),
    h("p.big", {}, sign(figure.comparator), amount(figure.value, figure.unit, true), " ", h("small", {}, `${t(figure.kind)}, ${period(figure.period)}`)),
    figure.uncorrected === null ? null : h("p.note", {}, t("corrected", { value: amount(figure.uncorrected, figure.unit, true) }), " ", figure.note ?? ""),
    parts[0],
    claims.length > 1
      ? [h("h3", {}, t("otherClaims", { n: claims.length - 1 })), h("p.note", {}, t("claimRule")), parts.slice(1)]
      : h("p.note", {}, t("oneClaim")),
  );
}

function ensureDialog() {
  if (!dialog) {
    dialog = h("dialog.evidence", { "aria-labelledby": "evidence-title", close: leave, click: (event) => event.target === dialog && dialog.close() });
    document.body.append(dialog);
  }
  return dialog;
}

function leave() {
  if (current().query.ev) go(changed({ ev: null }), true);
}

const closing = () => h("button.close", { type: "button", click: () => dialog.close(), "aria-label": t("close") }, "×");

async function claimPart(claim, isChosen) {
  const found = await articleOf(claim.article);
  const summary = [
    h("b", {}, sign(claim.comparator), amount(claim.value, claim.unit, true)),
    h("span", {}, `${t(claim.kind)}, ${period(claim.period)}`),
    h("span", {}, claim.published ? t("published", { day: day(claim.published) }) : t("publishedNo")),
    h(isChosen ? "span.chosen" : "span.passed", {}, t(isChosen ? "winner" : "loser")),
  ];
  return h(
    "details.claim",
    { open: isChosen },
    h("summary", {}, summary),
    found ? [sentenceOf(found, claim.id), provenance(found, claim.article)] : null,
  );
}

function sentenceOf(article, id) {
  const holding = article.sentences.find(([, , numbers]) => numbers.some((number) => number[0] === id));
  if (!holding) return null;
  const [, text, numbers] = holding;
  return h("blockquote", {}, marked(text, numbers.filter((number) => number[0] === id)));
}

/** Title, address of the page, when it was published and when it was kept. */
export function provenance(article, id) {
  return h(
    "dl.provenance",
    {},
    h("dt", {}, article.title || t("sourcePage")),
    h("dd", {}, outside(article.url)),
    h("dd", {}, article.fetched ? t("archived", { day: day(article.fetched) }) : t("archivedNo"), article.warc ? h("code", {}, ` ${article.warc} @ ${article.offset}`) : null),
    id ? h("dd", {}, h("a", { href: href(["article", id]) }, t("openArticle"))) : null,
  );
}

/** An article by its key, or null. */
export async function articleOf(id) {
  const start = /^[0-9a-f]{7}/.exec(id);
  const file = start ? Number.parseInt(start[0], 16) % release().articleFiles : 0;
  return (await load(`article/${file}`))[id] ?? null;
}
