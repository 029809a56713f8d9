// All state of the page is in the part of the address after #, so that what is seen can be shared.

/** `#/unit/3-01840-20250701?ind=households&lang=en` as {path: ["unit", "3-…"], query: {ind, lang}}. */
export function current() {
  const [path, query] = location.hash.replace(/^#\/?/, "").split("?", 2);
  return {
    path: path.split("/").filter(Boolean).map(decode),
    query: Object.fromEntries(new URLSearchParams(query ?? "")),
  };
}

function decode(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The address of a page; language is kept, everything else is as given. Empty values are left out. */
export function href(path, query = {}) {
  const { lang } = current().query;
  const pairs = Object.entries({ lang, ...query }).filter(([, value]) => value !== undefined && value !== null && value !== "");
  const words = new URLSearchParams(pairs.map(([key, value]) => [key, String(value)])).toString();
  return `#/${path.map((part) => encodeURIComponent(part)).join("/")}${words ? `?${words}` : ""}`;
}

/** This page with some of its state changed. */
export function changed(changes) {
  const { path, query } = current();
  return href(path, { ...query, ...changes });
}

/** Go there; `quiet` leaves no step in the history, for choices within one page. */
export function go(address, quiet = false) {
  if (!quiet) {
    location.hash = address;
    return;
  }
  history.replaceState(null, "", address);
  window.dispatchEvent(new HashChangeEvent("hashchange"));
}
