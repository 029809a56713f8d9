// SQL on the release's own database, by an engine that runs in the browser and is loaded only here.

import { fill, h, choice } from "../dom.js";
import { toolbar } from "../download.js";
import { count, plain } from "../format.js";
import { load } from "../data.js";
import { english, t } from "../i18n.js";
import { changed, go } from "../route.js";
import { release } from "../store.js";
import { table } from "../table.js";

const SHOWN = 1000;
let engine = null;

export async function sql(_, query) {
  const title = h("header.unit", {}, h("h1", {}, t("sqlTitle")), h("p.note", {}, t("sqlNote")));
  if (location.protocol === "file:") return [title, h("section.empty", {}, h("h2", {}, t("sqlFile")), h("p", {}, t("sqlFileHow")))];
  const examples = await load("examples");
  const text = query.q ?? examples[0].sql;
  const found = examples.findIndex((one) => one.sql === text);
  const area = h("textarea", { id: "sql", rows: 9, spellcheck: "false", autocapitalize: "off" });
  area.value = text;
  const answer = h("div.answer", { "aria-live": "polite" });
  const run = async () => {
    go(changed({ q: area.value }), true);
  };
  area.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) run();
  });
  if (query.q) ask(query.q, answer);
  return [
    title,
    h("form.sql", { submit: (event) => { event.preventDefault(); run(); } },
      choice(t("sqlExample"), [...examples.map((one, index) => [index, english() ? one.en : one.vi]), ...(found < 0 ? [["-1", t("sqlOwn")]] : [])], found, (index) => { if (index !== "-1") area.value = examples[index].sql; }),
      h("label", { for: "sql" }, t("sqlQuery")),
      area,
      h("button", { id: "sql-run", type: "submit" }, t("sqlRun"))),
    answer,
  ];
}

async function ask(text, answer) {
  const say = (words) => fill(answer, h("p.loading", { role: "status" }, words));
  try {
    if (!engine) {
      say(t("sqlStarting"));
      engine = load("engine").then((start) => start(release().version));
    }
    const database = await engine;
    say(t("sqlRunning"));
    const started = performance.now();
    const result = await database.query(text);
    const took = performance.now() - started;
    fill(answer, results(result, took));
  } catch (error) {
    if (!(await Promise.resolve(engine).catch(() => null))) engine = null;
    fill(answer, h("pre.error", { role: "alert" }, reason(error.message)));
  }
}

/** What the engine says, or, where it lacks an extension, what that means here. */
function reason(message) {
  const lacking = /exists in the (\w+) extension/.exec(message);
  return lacking ? t("sqlNoExtension", { name: lacking[1] }) : message;
}

function results({ columns, rows, total }, took) {
  const shown = rows.slice(0, SHOWN);
  const summary = `${t("sqlRows", { n: count(total), ms: count(took) })}${total > rows.length || total > SHOWN ? `, ${t("sqlShown", { n: count(Math.min(rows.length, SHOWN)) })}` : ""}`;
  const cell = (column) => (row) => (row[column.name] === null ? "" : column.isNumber && !/(^|_)year$/.test(column.name) ? plain(row[column.name]) : String(row[column.name]));
  return [
    h("p.note", { role: "status", id: "sql-summary" }, summary),
    table({ caption: t("sqlQuery"), hidden: true, size: 50, rows: shown, columns: columns.map((column) => ({ name: column.name, number: column.isNumber, cell: cell(column) })) }),
    toolbar({ rows, file: "civic-etl" }),
  ];
}
