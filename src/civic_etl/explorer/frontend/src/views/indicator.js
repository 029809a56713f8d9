// An indicator: its course, its distribution over wards, the ranking, provinces side by side, and what is missing.

import { chosen, controls, topic } from "../choosing.js";
import { loadOr } from "../data.js";
import { h } from "../dom.js";
import { figureLink } from "../figures.js";
import { count } from "../format.js";
import { indicatorName, t } from "../i18n.js";
import { href } from "../route.js";
import { distribution, multiples, trend } from "../spread.js";
import { indicatorOf, provinces, units } from "../store.js";
import { empty, table } from "../table.js";
import { toolbar } from "../download.js";

export async function indicator([code], query) {
  const found = indicatorOf(code ?? "");
  if (!found) return empty(t("notFound"), t("notFoundHow"), h("a", { href: href(["indicators"]) }, t("allIndicators")));
  if (!found.years) return empty(indicatorName(found), t("noFiguresYear"), h("p.note", {}, found.definition ?? ""));
  const state = await chosen(query, found);
  const known = await units();
  const rows = state.year ? await wardRows(known, state) : [];
  const title = `${topic(state)}, ${state.year}`;
  return [
    h("header.unit", {}, h("p.over", {}, t(`d_${found.domain}`)), h("h1", {}, topic(state)), found.definition ? h("p.note", { lang: "en" }, found.definition) : null),
    controls(state, [], false),
    rows.length
      ? [
          h("div.pair", {}, trend(state), distribution(rows, state, title)),
          missing(known, state),
          ranking(known, rows, state, title),
          multiples(state),
        ]
      : h("section.empty", {}, h("h2", {}, t("noFiguresYear"))),
  ];
}

/** Figures of wards, greatest first: {no, id, kind, value, comparator, conflict, winner, unit}. */
async function wardRows(known, { indicator: found, breakdown, kind, year }) {
  const rows = await loadOr(`indicator/${found.code}/${year}`, []);
  return rows
    .filter(([, part, type]) => part === breakdown && (type === "target") === (kind === "t"))
    .map(([no, , type, value, comparator, conflict, winner]) => ({ no, id: known.rows[no][0], kind: type, value, comparator, conflict, winner, unit: found.unit }));
}

function ranking(known, rows, { indicator: found, breakdown, year }, title) {
  const better = found.better === false ? [...rows].reverse() : rows;
  let rank = 0;
  const ranked = better.map((row, index) => ({ ...row, rank: index && better[index - 1].value === row.value ? rank : (rank = index + 1) }));
  const out = () => ranked.map((row) => ({ rank: row.rank, unit_id: row.id, unit: known.full(row.no), indicator: found.code, breakdown, year, value_kind: row.kind, obs_value: row.value, unit_measure: row.unit, observation_id: row.winner }));
  return h(
    "section.ranking",
    {},
    h("h2", {}, t("ranking")),
    table({
      caption: `${t("ranking")}: ${title}`,
      hidden: true,
      rows: ranked,
      size: 25,
      columns: [
        { name: t("rank"), number: true, cell: (row) => count(row.rank) },
        { name: t("ward"), cell: (row) => [h("a", { href: href(["unit", row.id], { ind: `${found.code}|${breakdown}` }) }, known.short(row.no)), h("small", {}, `${known.above(row.no).map((no) => known.short(no)).join(", ")}`)] },
        { name: t("kind"), cell: (row) => t(row.kind) },
        { name: t("value"), number: true, cell: (row) => figureLink(row.id, row, { exact: true }) },
      ],
    }),
    toolbar({ rows: out(), file: title }),
  );
}

function missing(known, { data, breakdown, kind, year }) {
  const map = year >= 2025 ? "n" : "o";
  const now = data.provinces.filter((row) => row[0] === map && row[2] === breakdown && row[3] === year && row[4] === kind);
  const reporting = new Map(now.map((row) => [row[1], row]));
  const n = data.country.find((row) => row[0] === breakdown && row[1] === year && row[2] === kind)?.[3] ?? 0;
  const end = year * 10000 + 1231;
  const total = known.rows.filter(([id, , , , until]) => id[0] === "3" && Number(id.split("-")[2]) <= end && (until === 0 || until > end)).length;
  const all = [...provinces(map).values()];
  const silent = all.filter(({ code }) => !reporting.has(code)).map(({ name }) => name);
  return h("section.missing", {},
    h("h2", {}, t("missing")),
    h("p", {}, `${t("province")}: ${t("ofTotal", { n: all.length - silent.length, total: all.length })}. ${t("missingWards", { n: count(n), total: count(total), year, missing: count(Math.max(total - n, 0)) })}`),
    silent.length ? h("details", {}, h("summary", {}, `${t("noData")}: ${silent.length} ${t("province").toLowerCase()}`), h("p", {}, t("missingProvinces", { names: silent.join(", ") }))) : null);
}
