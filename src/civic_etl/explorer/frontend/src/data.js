// Data files of the release: classic scripts, so that the page also works when opened from a disk.

const waiting = new Map();
const loaded = new Map();
let version = null;
let stale = () => {};

/** Whoever wants to know that the release was replaced while the page was open. */
export function onStale(listener) {
  stale = listener;
}

window.civicData = (from, key, payload) => {
  const wanted = waiting.get(key);
  if (!wanted) return;
  if (key === "release") version = from;
  if (from !== "*" && version !== null && from !== version) {
    stale();
    wanted.reject(new Error("stale"));
  } else {
    wanted.resolve(payload);
  }
};

/** The value of a data file; each is read once. Rejects where there is no such file. */
export function load(key) {
  if (!loaded.has(key)) loaded.set(key, request(key));
  return loaded.get(key);
}

/** The same, or `otherwise` where the release has no such file. */
export async function loadOr(key, otherwise) {
  try {
    return await load(key);
  } catch (error) {
    if (error.message === "stale") throw error;
    return otherwise;
  }
}

function request(key) {
  return new Promise((resolve, reject) => {
    waiting.set(key, { resolve, reject });
    const script = document.createElement("script");
    const name = key === "map" || key === "engine" ? `${key}.js` : `data/${key}.js`;
    script.src = version && name.startsWith("data/") ? `${name}?${version}` : name;
    script.onload = () => {
      script.remove();
      reject(new Error(`nothing in ${name}`));
    };
    script.onerror = () => {
      script.remove();
      loaded.delete(key);
      reject(new Error(`no ${name}`));
    };
    document.head.append(script);
  });
}
