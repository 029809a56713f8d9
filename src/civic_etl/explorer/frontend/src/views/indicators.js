// The indicators that have figures, by domain.

import { h } from "../dom.js";
import { count } from "../format.js";
import { indicatorName, t } from "../i18n.js";
import { href } from "../route.js";
import { release } from "../store.js";

export async function indicators() {
  const domains = new Map();
  for (const one of release().used) {
    const name = t(`d_${one.domain}`);
    domains.set(name, [...(domains.get(name) ?? []), one]);
  }
  const sorted = [...domains].sort(([a], [b]) => a.localeCompare(b, "vi"));
  return [
    h("header.unit", {}, h("h1", {}, t("allIndicators"))),
    h("div.domains", {}, sorted.map(([name, list]) => h("section", {}, h("h2", {}, name), h("ul", {}, list.map(item))))),
  ];
}

function item(one) {
  const [first, last] = one.years;
  return h("li", {},
    h("a", { href: href(["indicator", one.code]) }, indicatorName(one)),
    h("small", {}, `${count(one.wards)} ${t("wardsN")}, ${first === last ? first : `${first}–${last}`}`));
}
