// A line in a plane of two inputs: what a neuron with a step decides, and the hand that moves it.
import { clamp, handle, number, set, show, snap, svg } from "./kit.mjs";

export const QUARTER = 0.25; // weights and points are multiples, so that a point on the line is exactly on it
export const MOST = 3; // the largest weight by hand
const ARROW = 0.16; // how long a weight of 1 is in the picture

/** Return a weight that the hand can set. */
export const weight = (v) => clamp(snap(v, QUARTER), -MOST, MOST);

/** Return x1·w1 + x2·w2 + b. */
export const sum = (w, b, x) => x[0] * w[0] + x[1] * w[1] + b;

/** Return where the arrow of the weights begins: the point of the line nearest to the middle. */
export function foot({ w, b, limits: [low, high] }) {
  const middle = (low + high) / 2, square = w[0] ** 2 + w[1] ** 2;
  const back = square ? sum(w, b, [middle, middle]) / square : 0;
  return w.map((v) => clamp(middle - back * v, low, high));
}

/** Return the corners of the part of the square where the sum is positive. */
export function positiveSide(w, b, [low, high]) {
  const corners = [[low, low], [high, low], [high, high], [low, high]];
  return corners.flatMap((corner, i) => {
    const after = corners[(i + 1) % 4], here = sum(w, b, corner), there = sum(w, b, after);
    const kept = here > 0 ? [corner] : [];
    if (here > 0 === there > 0) return kept;
    const part = here / (here - there);
    return [...kept, corner.map((v, j) => v + (after[j] - v) * part)];
  });
}

/** Return the two ends of the decision line in the picture, or none. */
export function lineEnds(w, b, side, limits) {
  if (!w[0] && !w[1]) return [];
  const largest = Math.max(...limits.flatMap((x) => limits.map((y) => Math.abs(sum(w, b, [x, y])))));
  return side.filter((p) => Math.abs(sum(w, b, p)) < 1e-9 * largest);
}

/** Write the sum of a neuron. */
export function equation(w, b) {
  const signed = (v) => `${v < 0 ? "−" : "+"} ${number(Math.abs(v))}`;
  return `${number(w[0])}·x1 ${signed(w[1])}·x2 ${signed(b)}`;
}

/**
 * Draw a line with its arrow, and let the hand move them: the line by its bias, the arrow turns it.
 *
 * `get` returns `{ w, b }`, `put` takes what changed of it, `name` is said. Put `back` and `front` into the
 * groups of a plane; `draw(ends)` follows the state.
 */
export function movableLine(axes, limits, { name, get, put, dash = null }) {
  const border = svg("line", { stroke: "var(--ink)", "stroke-width": 2.5, "stroke-dasharray": dash });
  const grip = svg("line", { stroke: "transparent", "stroke-width": 22 });
  const shaft = svg("line", { stroke: "var(--ink)", "stroke-width": 2, "stroke-dasharray": "5 3" });
  const tip = svg("g", {}, svg("circle", { r: 14, fill: "transparent" }),
    svg("path", { d: "M9 0L-6 7L-6 -7Z", fill: "var(--ink)" }));
  const sayLine = handle(grip, { at: axes.at,
    move: (x, y) => put({ b: weight(-sum(get().w, 0, [x, y])) }),
    nudge: (dx, dy) => put({ b: weight(get().b - QUARTER * (dx + dy)) }) });
  let pivot = [0, 0]; // the line turns about the point where its arrow begins
  const sayTip = handle(tip, { at: axes.at, grab: () => { pivot = foot({ ...get(), limits }); },
    move: (x, y) => {
      const w = [x - pivot[0], y - pivot[1]].map((v) => weight(v / ARROW));
      put({ w, b: weight(-sum(w, 0, pivot)) });
    },
    nudge: (dx, dy) => put({ w: [weight(get().w[0] + QUARTER * dx), weight(get().w[1] + QUARTER * dy)] }) });
  const place = (part, [from, to]) =>
    set(part, { x1: axes.px(from[0]), y1: axes.py(from[1]), x2: axes.px(to[0]), y2: axes.py(to[1]) });
  function draw(ends) {
    const { w, b } = get(), from = foot({ w, b, limits });
    for (const part of [border, grip]) {
      show(part, ends.length);
      if (ends.length) place(part, ends);
    }
    sayLine(`${name}, moved by the bias`, `b ${number(b)}`, b);
    const to = from.map((v, j) => clamp(v + ARROW * w[j], ...limits));
    place(shaft, [from, to]);
    const turn = (Math.atan2(-w[1], w[0]) * 180) / Math.PI;
    set(tip, { transform: `translate(${axes.px(to[0])} ${axes.py(to[1])}) rotate(${turn})` });
    sayTip(`${name}, turned by its weights`, `w1 ${number(w[0])}, w2 ${number(w[1])}`, w[0]);
  }
  return { back: [border], front: [shaft, grip], tip, draw };
}

/** Make the mark of a point: a hollow circle for target 0, a filled square for 1, crossed if wrong. */
export function pointMark() {
  const circle = svg("circle", { r: 8.5, fill: "var(--paper)", stroke: "var(--zero)", "stroke-width": 3 });
  const square = svg("rect", { x: -8, y: -8, width: 16, height: 16, fill: "var(--one)" });
  const cross = svg("text", { x: 12, y: -9, "font-weight": 700 }, "✗");
  const node = svg("g", {}, svg("circle", { r: 16, fill: "transparent" }), circle, square, cross);
  return { node, draw([x, y], label, bad) {
    set(node, { transform: `translate(${x} ${y})` });
    show(circle, !label);
    show(square, label);
    show(cross, bad);
  } };
}
