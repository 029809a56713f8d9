// Words without case and accents, as `duc xuan` is typed for `Đức Xuân`.

export function fold(words) {
  return String(words)
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/[đĐ]/g, "d")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** How well `words` (folded) answer `wanted` (folded): 0 not at all; whole, beginning and word starts come first. */
export function match(words, wanted) {
  if (words === wanted) return 4;
  if (words.startsWith(wanted)) return 3;
  if (` ${words}`.includes(` ${wanted}`)) return 2;
  const parts = wanted.split(" ");
  return parts.every((part) => ` ${words}`.includes(` ${part}`)) ? 1 : 0;
}
