// Who a unit was before and became after, and the days on which its territory changed.

/** {before, after, breaks}: units by number with day, act and share; breaks are changes of territory. */
export function kinship(unit, { acts, relations, rows }) {
  const edge = ([from, to, day, act, relation, same, share]) => ({ from, to, day, act: act < 0 ? null : acts[act], relation: relations[relation], same, share: share ?? 1 });
  const before = [];
  const after = [];
  for (const row of rows) {
    if (row[0] === row[1]) continue;
    if (row[1] === unit.no) before.push({ ...edge(row), no: row[0] });
    else if (row[0] === unit.no) after.push({ ...edge(row), no: row[1] });
  }
  const bySize = (a, b) => b.share - a.share || a.no - b.no;
  const breaks = new Map();
  for (const one of before) if (!one.same) breaks.set(one.day, { day: one.day, act: one.act, isBeginning: true });
  for (const one of after) if (!one.same) breaks.set(one.day, { day: one.day, act: one.act, isBeginning: false });
  return { before: before.sort(bySize), after: after.sort(bySize), breaks: [...breaks.values()] };
}
