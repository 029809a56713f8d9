// The database engine: DuckDB in a worker, on the file of the release. Loaded by the SQL page alone, as a script of its own.

import { AsyncDuckDB, DuckDBDataProtocol, VoidLogger } from "@duckdb/duckdb-wasm";

const MOST = 20_000;
const here = (name) => new URL(name, document.baseURI).href;

/** Starts the engine and opens the database of the release `version` read-only. From then on it reaches nothing but what is open. */
async function start(version) {
  // The worker is made from text, so that the page's policy holds in it too: it can ask no other host anything.
  const program = await text(here("duckdb-worker.js"));
  const worker = new Worker(URL.createObjectURL(new Blob([program], { type: "text/javascript" })));
  const database = new AsyncDuckDB(new VoidLogger(), worker);
  await database.instantiate(URL.createObjectURL(await unpacked(here("duckdb-eh.wasm.gz"))));
  await database.open({ query: { castBigIntToDouble: true, castDecimalToDouble: true, castTimestampToDate: false } });
  await database.registerFileURL("civic.duckdb", here(`data/civic.duckdb?${version}`), DuckDBDataProtocol.HTTP, false);
  const connection = await database.connect();
  await connection.query("attach 'civic.duckdb' as release (read_only)");
  await connection.query("use release");
  await connection.query("set autoinstall_known_extensions = false");
  await connection.query("set autoload_known_extensions = false");
  await connection.query("set enable_external_access = false");
  await connection.query("set lock_configuration = true");
  return { query: (sql) => query(connection, sql) };
}

async function text(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${response.status} ${address}`);
  return response.text();
}

/** The engine is kept gzipped: a static host need not know how to serve it smaller. */
async function unpacked(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${response.status} ${address}`);
  const bytes = await new Response(response.body.pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
  return new Blob([bytes], { type: "application/wasm" });
}

async function query(connection, sql) {
  const result = await connection.query(sql);
  const columns = result.schema.fields.map(({ name, type }) => ({ name, type: String(type), isNumber: /^(Int|Uint|Float|Decimal)/.test(String(type)) }));
  const rows = [];
  for (let index = 0; index < Math.min(result.numRows, MOST); index += 1) {
    const row = result.get(index);
    rows.push(Object.fromEntries(columns.map((column) => [column.name, plain(row[column.name], column.type)])));
  }
  return { columns, rows, total: result.numRows };
}

function plain(value, type) {
  if (value === null || value === undefined) return null;
  if (type.startsWith("Date")) return new Date(Number(value)).toISOString().slice(0, 10);
  if (type.startsWith("Timestamp")) return new Date(Number(value)).toISOString().slice(0, 19).replace("T", " ");
  if (typeof value === "bigint") return Number(value);
  return typeof value === "object" ? JSON.stringify(value) : value;
}

window.civicData("*", "engine", start);
