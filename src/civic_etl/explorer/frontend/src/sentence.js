// A sentence with its numbers marked. Offsets count characters as Python does, so the text is taken apart by code point.

import { h } from "./dom.js";

/** Text and `mark` elements; `numbers` are [id, start, end, …] within the sentence. What does not fit is left. */
export function marked(text, numbers, note = () => null) {
  const characters = Array.from(text);
  const parts = [];
  let at = 0;
  for (const number of [...numbers].sort((a, b) => a[1] - b[1])) {
    const [, start, end] = number;
    if (start < at || end > characters.length || start >= end) continue;
    parts.push(characters.slice(at, start).join(""));
    parts.push(h("mark", { title: note(number) }, characters.slice(start, end).join("")));
    at = end;
  }
  parts.push(characters.slice(at).join(""));
  return parts;
}
