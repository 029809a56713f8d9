// Builds src/civic_etl/explorer/assets from the sources here: the page, the engine, the map, the licences.

import { copyFileSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { licences } from "./licences.mjs";

const here = new URL(".", import.meta.url).pathname;
const out = `${here}../assets`;
const duckdb = `${here}node_modules/@duckdb/duckdb-wasm/dist`;

rmSync(out, { recursive: true, force: true });
mkdirSync(out);
const common = { bundle: true, minify: true, format: "iife", target: ["chrome110", "firefox113", "safari16.4"], legalComments: "none", metafile: true, logLevel: "warning" };
const page = await build({ ...common, entryPoints: [`${here}src/main.js`], outfile: `${out}/app.js` });
const engine = await build({ ...common, entryPoints: [`${here}src/engine.js`], outfile: `${out}/engine.js` });
await build({ ...common, entryPoints: [`${here}styles/app.css`], outfile: `${out}/app.css` });
for (const name of ["index.html", "icon.svg"]) copyFileSync(`${here}${name}`, `${out}/${name}`);
await import("./map.mjs");

// without the pointer to a source map that is not shipped
const worker = readFileSync(`${duckdb}/duckdb-browser-eh.worker.js`, "utf8").replace(/\n\/\/# sourceMappingURL=.*\s*$/, "\n");
writeFileSync(`${out}/duckdb-worker.js`, worker);
writeFileSync(`${out}/duckdb-eh.wasm.gz`, gzipSync(readFileSync(`${duckdb}/duckdb-eh.wasm`), { level: 9 }));
writeFileSync(`${out}/LICENSES.txt`, licences(here, [page.metafile, engine.metafile]));

for (const name of ["app.js", "app.css", "map.js", "engine.js", "duckdb-worker.js", "duckdb-eh.wasm.gz", "LICENSES.txt"])
  console.log(`${name.padEnd(20)} ${(statSync(`${out}/${name}`).size / 1024).toFixed(0).padStart(6)} kB`);
