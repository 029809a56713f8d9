// An article: where it is, when it was kept, and its sentences with the numbers that were read from them.

import { h } from "../dom.js";
import { articleOf, provenance } from "../evidence.js";
import { KINDS } from "../figures.js";
import { amount, count, day, period, sign } from "../format.js";
import { breakdownWords, indicatorName, t } from "../i18n.js";
import { href } from "../route.js";
import { marked } from "../sentence.js";
import { indicatorOf, units } from "../store.js";
import { empty, table } from "../table.js";
import { toolbar } from "../download.js";

export async function article([id], _) {
  const found = await articleOf(id ?? "");
  if (!found) return empty(t("notFound"), t("notFoundHow"), h("a", { href: href([]) }, t("toFront")));
  const known = await units();
  const sentences = found.sentences.map(([, text, list]) => ({ text, list, numbers: list.map((row) => read(row, text, known)) }));
  const numbers = sentences.flatMap((one) => one.numbers);
  return [
    h("header.unit", {},
      h("p.over", {}, [found.source, found.published ? t("published", { day: day(found.published) }) : t("publishedNo")].filter(Boolean).join(" · ")),
      h("h1", {}, found.title),
      provenance({ ...found, title: t("sourcePage") }),
      numbers.length ? h("p.note", {}, t("numbersOf", { n: count(numbers.length), m: count(found.sentences.length) })) : null),
    numbers.length ? sentences.map(sentencePart) : h("section.empty", {}, h("h2", {}, t("articleEmpty"))),
    numbers.length ? toolbar({ file: found.title, rows: numbers.map((one) => ({ article_id: id, url: found.url, ...one })) }) : null,
  ];
}

function read([id, start, end, indicator, indicatorText, area, areaName, subArea, breakdown, measure, value, upper, unit, comparator, time, kind], text, known) {
  const place = area && known.get(area);
  const quote = Array.from(text).slice(start, end).join("");
  return { observation_id: id, quote, indicator, indicator_text: indicatorText, ref_area: area, ref_area_name: place ? known.full(place.no) : areaName, sub_area: subArea, breakdown: breakdown ?? "{}", measure, obs_value: value, obs_value_upper: upper, unit_measure: unit, comparator: comparator ?? "eq", time_period: time, value_kind: KINDS[kind] };
}

function sentencePart({ text, list, numbers }, index) {
  const name = (one) => [indicatorName(indicatorOf(one.indicator)) || one.indicator_text || one.indicator, breakdownWords(one.breakdown)].filter(Boolean).join(" – ");
  return h(
    "section.sentence",
    {},
    h("blockquote", {}, marked(text, list, ([id]) => name(numbers.find((one) => one.observation_id === id)))),
    table({
      caption: `${t("numbersOf", { n: numbers.length, m: 1 })} (${index + 1})`,
      hidden: true,
      rows: numbers,
      columns: [
        { name: t("indicator"), cell: name },
        { name: t("value"), number: true, cell: (one) => `${sign(one.comparator)}${amount(one.obs_value, one.unit_measure, true)}${one.obs_value_upper === null ? "" : ` – ${amount(one.obs_value_upper, one.unit_measure, true)}`}` },
        { name: t("measure"), cell: (one) => t(`m_${one.measure}`) },
        { name: t("kind"), cell: (one) => t(one.value_kind) },
        { name: t("periodWord"), cell: (one) => period(one.time_period) },
        { name: t("place"), cell: (one) => placeCell(one) },
      ],
    }),
  );
}

function placeCell(one) {
  const name = [one.sub_area, one.ref_area_name].filter(Boolean).join(", ") || "–";
  return one.ref_area ? h("a", { href: href(["unit", one.ref_area]) }, name) : name;
}
