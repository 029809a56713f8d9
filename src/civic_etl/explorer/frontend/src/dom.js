// Elements made from data. Text only ever becomes text: nothing in the page parses HTML.

const SVG = "http://www.w3.org/2000/svg";

/** `h("p.note", {title: "x"}, "text", child)`; a property that is a function listens to the event of its name. */
export function h(tag, properties = {}, ...children) {
  const [name, ...classes] = tag.split(".");
  return dressed(document.createElement(name), classes, properties, children);
}

/** The same for SVG. */
export function svg(tag, properties = {}, ...children) {
  const [name, ...classes] = tag.split(".");
  return dressed(document.createElementNS(SVG, name), classes, properties, children);
}

export function fill(parent, ...children) {
  parent.replaceChildren();
  append(parent, children);
  return parent;
}

function dressed(element, classes, properties, children) {
  for (const one of classes) element.classList.add(one);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name, value);
    else if (name === "value" || name === "checked" || name === "selected" || name === "disabled") element[name] = value;
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  append(element, children);
  return element;
}

function append(parent, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    parent.append(child instanceof Node ? child : String(child));
  }
}

/** A link to another host: only http and https, and it learns nothing of where the reader came from. */
export function outside(address, text = address) {
  if (!/^https?:\/\//i.test(address ?? "")) return h("span.address", {}, text ?? "");
  return h("a.address", { href: address, target: "_blank", rel: "noopener noreferrer external" }, text);
}

/** A labelled choice; `options` are [value, text], or [value, text, group]. */
export function choice(label, options, value, change) {
  const id = `choice-${label.replaceAll(/\s+/g, "-")}`;
  const select = h("select", { id, change: (event) => change(event.target.value) });
  let group = select;
  let groupName;
  for (const [key, text, name] of options) {
    if (name && name !== groupName) {
      group = h("optgroup", { label: name });
      select.append(group);
      groupName = name;
    }
    group.append(h("option", { value: key, selected: String(key) === String(value) }, text));
  }
  return h("div.choice", {}, h("label", { for: id }, label), select);
}
