// The diagram of a network: numbers on nodes and edges, each of which can be chosen and edited.
import { h, set, show, svg, write } from "./kit.mjs";
import { edit } from "./editing.mjs";

const WIDE = 560, TALL = 436, ROOF = 46, ROOM = 360, COLUMN = 205, MARGIN = 56, RADIUS = 28;

const LOOK = `
.stage { position: relative; max-width: 100%; width: min(100%, calc(72vh * 560 / 436)); }
.stage > svg { display: block; width: 100%; height: auto; }
.item { cursor: pointer; outline: none; }
.item .frame { fill: none; stroke: none; stroke-width: 3; }
.item:hover .frame { stroke: var(--gray); }
.item:focus-visible .frame { stroke: var(--focus); }
.aside { fill: var(--gray); }
.halo { paint-order: stroke; stroke: var(--paper); stroke-width: 5px; stroke-linejoin: round; }
.field { position: absolute; transform: translate(-50%,
  -50%); width: 5.4em; padding: .15em .3em; text-align: center; z-index: 2;
  font: 600 15px system-ui,
    sans-serif; color: var(--ink); background: var(--paper); border: 2px solid var(--focus); border-radius: 5px; }`;

const middleOf = (layer, i, size) => [MARGIN + layer * COLUMN, ROOF + ROOM * ((i + 0.5) / size)];
const spelled = (x, y, attributes = {}) => svg("text", { x, y, "text-anchor": "middle", ...attributes });

/** The parts of an edge: its line, where it can be hit, and its number at t of the way. */
function edgeParts([x1, y1], [x2, y2], t) {
  const [x, y] = [x1 + t * (x2 - x1), y1 + t * (y2 - y1)];
  return { center: [x, y],
    line: svg("line", { x1, y1, x2, y2 }),
    grip: svg("line", { x1, y1, x2, y2, stroke: "transparent", "stroke-width": 12 }),
    back: svg("rect", { x: x - 24, y: y - 10, width: 48, height: 20, rx: 4 }),
    frame: svg("rect", { class: "frame", x: x - 26, y: y - 12, width: 52, height: 24, rx: 5 }),
    text: spelled(x, y + 5) };
}

/** The parts of a node: what stands in it, above it and below it. */
const nodeParts = ([x, y]) => ({ center: [x, y],
  back: svg("circle", { cx: x, cy: y, r: RADIUS }),
  frame: svg("circle", { class: "frame", cx: x, cy: y, r: RADIUS + 4 }),
  text: spelled(x, y + 5),
  name: spelled(x, y - RADIUS - 8, { "font-weight": 600, class: "halo" }),
  note: spelled(x, y + RADIUS + 18, { class: "halo" }) });

/** The parts of a bias, to the right of its node's name. */
function biasParts([x0, y0]) {
  const [x, y] = [x0 + 47, y0 - RADIUS - 13];
  return { center: [x, y],
    back: svg("rect", { x: x - 30, y: y - 10, width: 60, height: 20, rx: 4 }),
    frame: svg("rect", { class: "frame", x: x - 32, y: y - 12, width: 64, height: 24, rx: 5 }),
    text: spelled(x, y + 5) };
}

/** Take the key of an item apart: "edge 0 2 1" is the edge in gap 0 from node 2 to node 1. */
export const placeOf = (key) => key.split(" ").map((part, i) => (i ? Number(part) : part));

/** Name the items of a network: "node 1 0", "bias 1 0", and "edge 0 2 1" from node 2 to node 1. */
function itemsOf(sizes, labels) {
  const items = new Map(), layers = sizes.map((size, layer) =>
    Array.from({ length: size }, (_, i) => middleOf(layer, i, size)));
  layers.slice(1).forEach((ends, gap) => layers[gap].forEach((start, i) => ends.forEach((end, j) =>
    items.set(`edge ${gap} ${i} ${j}`, edgeParts(start, end, labels[gap][i][j])))));
  layers.forEach((places, layer) =>
    places.forEach((center, i) => items.set(`node ${layer} ${i}`, nodeParts(center))));
  layers.slice(1).forEach((places, gap) =>
    places.forEach((center, i) => items.set(`bias ${gap + 1} ${i}`, biasParts(center))));
  return items;
}

/**
 * Draw a network. `labels[gap][i][j]` says where along an edge its number stands, from 0 to 1.
 *
 * `pick(key)` is told what is chosen, by a click or by the arrow keys; a second click, or Enter,
 * opens a field for what `editable(key)` returns; `complain` gets what is wrong with the number.
 * Where what is chosen is not to be `marked`, only what is strong has another color.
 */
export function diagram({ sizes, labels, name, pick, editable, complain, marked = true }) {
  const items = itemsOf(sizes, labels);
  const heads = sizes.map((_, layer) => spelled(MARGIN + layer * COLUMN, 14, { class: "aside" }));
  const feet = [spelled(MARGIN + COLUMN, TALL - 8, { class: "aside" }),
    ...[26, 8].map((up) => spelled(MARGIN + 2 * COLUMN, TALL - up, { "font-weight": 600 }))];
  const drawing = svg("svg", { viewBox: `0 0 ${WIDE} ${TALL}`, role: "group", "aria-label": name },
    ...heads, ...feet);
  const stage = h("div", { class: "stage" }, h("style", {}, LOOK), drawing);
  let chosen = "";
  const open = (key) => {
    const what = editable(key);
    if (what) edit(stage, items.get(key), what, complain);
  };
  const choose = (key) => {
    if (key === chosen) return false;
    chosen = key;
    pick(key);
    return true;
  };
  function pressed(event, key) {
    const next = neighbor(items, key, event.key);
    if (!next && event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    if (next) items.get(next).group.focus();
    else open(key);
  }
  drawing.append(...[...items.values()].flatMap(({ line }) => line ?? [])); // below all numbers
  for (const [key, item] of items) {
    const { center, line, ...parts } = item;
    const texts = Object.values(parts).filter((part) => part.localName === "text");
    const shapes = Object.values(parts).filter((part) => !texts.includes(part));
    item.group = svg("g", { class: "item", role: "button", tabindex: -1 }, ...shapes);
    item.texts = svg("g", { "aria-hidden": "true", "pointer-events": "none" }, ...texts); // its name says the same
    let before = ""; // focus comes before the click
    item.group.addEventListener("pointerdown", () => { before = chosen; });
    item.group.addEventListener("click", () => (before === key ? open(key) : choose(key)));
    item.group.addEventListener("focus", () => choose(key));
    item.group.addEventListener("keydown", (event) => pressed(event, key));
    drawing.append(item.group, item.texts);
  }

  /** Show `parts`, by key: { text, name, note, sign, strong, faint, off, label }, titles above, notes below. */
  function update(parts, titles, now, notes = []) {
    chosen = now;
    feet.forEach((node, i) => write(node, notes[i] ?? ""));
    const first = parts[now] ? now : Object.keys(parts)[0];
    heads.forEach((node, layer) => write(node, titles[layer]));
    for (const [key, item] of items) {
      const shown = parts[key];
      show(item.group, shown);
      show(item.texts, shown);
      if (item.line) show(item.line, shown);
      if (!shown) continue;
      set(item.group, { "aria-label": shown.label, "aria-pressed": String(key === now),
        tabindex: key === first ? 0 : -1 });
      for (const part of ["text", "name", "note"]) if (item[part]) write(item[part], shown[part] ?? "");
      paint(item, shown, marked && key === now);
    }
  }
  return { stage, update };
}

/** Colors, dashes and widths; a sign is told by all three. */
function paint({ line, back, text, name }, { sign, strong, faint, off }, chosen) {
  const bold = strong || chosen;
  if (line) set(line, { stroke: sign < 0 ? "var(--minus)" : "var(--plus)",
    "stroke-dasharray": sign < 0 ? "7 4" : null, "stroke-width": bold ? 3.5 : 1.4,
    opacity: faint && !bold ? 0.4 : 1 });
  const rim = name ? { stroke: "var(--ink)", "stroke-width": bold ? 3 : 1.5,
    "stroke-dasharray": off ? "5 3" : null } : {};
  set(back, { fill: bold ? "var(--mark)" : off ? "var(--faint)" : "var(--paper)", ...rim });
  if (line) fit(back, text);
  set(text, { "font-weight": bold ? 700 : null });
}

/** Make the ground behind a number as wide as its text, so that it hides no more than it must. */
function fit(back, text) {
  const width = 8.4 * text.textContent.length + 6;
  set(back, { width, x: text.getAttribute("x") - width / 2 });
}

const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** Find what lies nearest in the direction of an arrow key. */
function neighbor(items, from, key) {
  const way = WAYS[key], [x0, y0] = items.get(from).center;
  if (!way) return null;
  let best = null, least = Infinity;
  for (const [name, { center: [x, y], group }] of items) {
    const along = (x - x0) * way[0] + (y - y0) * way[1];
    const far = along + 2 * (Math.abs((x - x0) * way[1]) + Math.abs((y - y0) * way[0]));
    const seen = group.getAttribute("visibility") !== "hidden";
    if (seen && along > 3 && far < least) [best, least] = [name, far];
  }
  return best;
}
