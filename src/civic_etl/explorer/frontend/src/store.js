// What several views need: the release, its indicators, provinces and units.

import { load } from "./data.js";

export const FORMAT = 1;
let known = null;
let unitTable = null;

/** The release as `data/release.js` has it, with its indicators by code. */
export const release = () => known;

export function useRelease(payload) {
  known = { ...payload, byCode: new Map(payload.indicators.map((one) => [one.code, one])) };
  known.used = known.indicators.filter((one) => one.years);
}

export const indicatorOf = (code) => known.byCode.get(code);

/** Provinces of one map, 'o' or 'n': {id, code, type, name, full}; a code that was used twice keeps its last name. */
export function provinces(map) {
  const found = new Map();
  for (const [id, geography, code, type, name] of known.provinces) {
    const own = id.split("-")[1] === code;
    if (geography === map && own && !found.has(code)) found.set(code, { id, code, type, name, full: `${type} ${name}` });
  }
  return found;
}

/** Every version of every unit; `byId` and rows with their names. */
export async function units() {
  if (!unitTable) unitTable = new Units(await load("units"));
  return unitTable;
}

class Units {
  constructor({ types, rows }) {
    this.types = types.map((type) => type.toLowerCase());
    this.rows = rows;
    this.byId = new Map(rows.map((row, no) => [row[0], no]));
  }

  at(no) {
    const [id, type, core, parent, until, file, figures, oldCode, newCode] = this.rows[no];
    const [level, code, since] = id.split("-");
    return { no, id, level: Number(level), code, since: Number(since), until, type: this.types[type], core, parent, file, figures, oldCode, newCode };
  }

  get(id) {
    const no = this.byId.get(id);
    return no === undefined ? null : this.at(no);
  }

  /** `phường Đức Xuân` */
  short(no) {
    const [, type, core] = this.rows[no];
    return `${this.types[type]} ${core}`;
  }

  /** `phường Đức Xuân, thành phố Bắc Kạn, tỉnh Bắc Kạn` */
  full(no) {
    const parent = this.rows[no][3];
    return this.rows[no][9] ?? (parent === null ? this.short(no) : `${this.short(no)}, ${this.full(parent)}`);
  }

  /** Those above it, nearest first. */
  above(no) {
    const parent = this.rows[no][3];
    return parent === null ? [] : [parent, ...this.above(parent)];
  }
}

/** The map that a unit is on: before 1 July 2025 or since. */
export const mapOf = (unit) => (unit.since < 20250701 ? "o" : "n");
