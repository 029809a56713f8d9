// Every source: what it gave, what failed, and whether it has been silent for too long.

import { h, outside } from "../dom.js";
import { toolbar } from "../download.js";
import { load } from "../data.js";
import { count, day } from "../format.js";
import { t } from "../i18n.js";
import { table } from "../table.js";

export async function sources() {
  const rows = await load("sources");
  return [
    h("header.unit", {}, h("h1", {}, t("sourcesTitle"))),
    table({
      caption: t("sourcesTitle"),
      hidden: true,
      size: 100,
      rows,
      columns: [
        { name: t("s_source"), cell: (row) => [row.name || row.source, h("small", {}, outside(row.url, row.source))] },
        { name: t("s_articles"), number: true, cell: (row) => count(row.articles) },
        { name: t("s_observations"), number: true, cell: (row) => count(row.observations) },
        { name: t("s_failed"), number: true, cell: (row) => count(row.failed) },
        { name: t("s_gone"), number: true, cell: (row) => count(row.gone) },
        { name: t("s_last"), number: true, cell: (row) => day(row.last) },
        { name: t("s_silent"), number: true, cell: (row) => (row.silent === null ? "–" : `${count(row.silent)} / ${row.cadence ?? "–"}`) },
        { name: t("s_state"), cell: state },
      ],
    }),
    toolbar({ rows, file: t("sourcesTitle") }),
  ];
}

function state(row) {
  if (!row.articles) return h("span.none", {}, t("s_never"));
  return row.late ? h("span.late", {}, t("s_late")) : h("span.fine", {}, t("s_ok"));
}
