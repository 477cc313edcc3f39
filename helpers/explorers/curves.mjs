// Curves that can be told apart without their color: a dash and a mark for each.
import { h, handle, set, svg, write } from "./kit.mjs";

/** The looks of the activations, as in helpers.figures. */
export const LOOKS = {
  sigmoid: { color: "var(--second)", dash: null, shape: "o" },
  tanh: { color: "var(--first)", dash: "8 4", shape: "s" },
  relu: { color: "var(--ink)", dash: null, shape: "^" },
  leaky_relu: { color: "var(--third)", dash: "9 3 2 3", shape: "D" },
  elu: { color: "var(--fourth)", dash: "2 3", shape: "v" },
};

const SHAPES = { o: "M-1 0A1 1 0 1 0 1 0A1 1 0 1 0 -1 0Z", s: "M-.9 -.9H.9V.9H-.9Z",
  "^": "M0 -1.2L1.2 .9H-1.2Z",
  v: "M0 1.2L1.2 -.9H-1.2Z", D: "M0 -1.3L1.3 0L0 1.3L-1.3 0Z",
    P: "M-.4 -1.2H.4V-.4H1.2V.4H.4V1.2H-.4V.4H-1.2V-.4H-.4Z" };

/** Write the path through points [x, y] on a plane; it breaks where y is no number. */
export function pathOf({ px, py }, points) {
  let pen = "M";
  return points.map(([x, y]) => {
    const part = Number.isFinite(y) ? `${pen}${px(x).toFixed(1)} ${py(y).toFixed(1)}` : "";
    pen = part ? "L" : "M";
    return part;
  }).join("");
}

/** Follow a function from end to end; where it jumps, no upright line is drawn. */
export function follow(f, [low, high]) {
  const points = Array.from({ length: 401 }, (_, i) => low + ((high - low) * i) / 400).map((x) => [x, f(x)]);
  return points.map(([x, y], i) => [x, i && Math.abs(y - points[i - 1][1]) > 0.5 ? NaN : y]);
}

/** Make a curve; give it points with `set(node, { d: pathOf(plane, points) })`. */
export const curveOf = ({ color, dash }) =>
  svg("path", { fill: "none", stroke: color, "stroke-width": 2.5, "stroke-dasharray": dash });

export const markOf = ({ shape, color }) =>
  svg("path", { d: SHAPES[shape], stroke: color, fill: color, "vector-effect": "non-scaling-stroke" });

/** Put a mark at a place of the drawing; a hollow one leaves room for `inside` others. */
export function putMark(node, x, y, inside = 0) {
  const size = inside ? 4 + 3.2 * inside : 5;
  set(node, { transform: `translate(${x.toFixed(1)} ${y.toFixed(1)}) scale(${size})`,
    "fill-opacity": inside ? 0 : 1, "stroke-width": inside ? 2 : 1 });
}

const NEAR = 9; // pixels

/** Put marks at heights of one upright line; those that meet stand inside each other. */
export function putMarks(nodes, x, heights) {
  nodes.forEach((node, i) => {
    const later = heights.slice(i + 1).filter((y) => Math.abs(y - heights[i]) < NEAR);
    putMark(node, x, heights[i], later.length);
  });
}

/** A piece of a curve, for a table or a legend. */
function swatch(look) {
  const sample = svg("svg", { viewBox: "0 0 30 16", width: 30, height: 16, "aria-hidden": "true",
    style: "vertical-align:middle" }, curveOf(look), markOf(look));
  set(sample.firstChild, { d: "M1 8H29" });
  putMark(sample.lastChild, 15, 8);
  return sample;
}

/** A table with a head for each row, beside a piece of its curve: `rowTable(heads, rows).fill(texts)`. */
export function rowTable(heads, rows) {
  const cells = rows.map(() => heads.map(() => h("td")));
  const row = h("table", {}, h("thead", {},
    h("tr", {}, h("td"), ...heads.map((head) => h("th", { scope: "col" }, head)))),
    h("tbody", {}, ...rows.map(({ look, label }, i) =>
      h("tr", {}, h("th", { scope: "row" }, ...(look ? [swatch(look)] : []), ` ${label}`), ...cells[i]))));
  const fill = (texts) => texts.forEach((line, i) => line.forEach((text, j) => write(cells[i][j], text)));
  return { row, fill };
}

const LOW = "(max-height: 560px)"; // such as a laptop at 200 % zoom: there nothing stands below another

/** Several planes as one drawing, `beside` or below each other; in a low window always beside. */
export function together(planes, { beside = false } = {}) {
  const drawing = svg("svg", {}, ...planes.map((one) => one.svg)), low = matchMedia(LOW);
  const sizes = planes.map((one) => one.svg.getAttribute("viewBox").split(" ").slice(2).map(Number));
  const most = (i) => Math.max(...sizes.map((size) => size[i])),
    sum = (i, end = sizes.length) => sizes.slice(0, end).reduce((all, size) => all + size[i], 0);
  const arrange = () => {
    const flat = beside || low.matches;
    planes.forEach((one, i) => set(one.svg, { x: flat ? sum(0, i) : 0, y: flat ? 0 : sum(1, i),
      width: sizes[i][0], height: sizes[i][1] }));
    set(drawing, { viewBox: flat ? `0 0 ${sum(0)} ${most(1)}` : `0 0 ${most(0)} ${sum(1)}` });
  };
  low.addEventListener("change", arrange);
  arrange();
  return drawing;
}

/**
 * An upright line through a plane, for an input that is dragged; a click anywhere brings it there.
 *
 * `put(x)` moves it, `step(by)` is called for arrow keys. What comes back draws it, and tells its name.
 */
export function sweep(axes, { x, y, put, step }) {
  const [left, right] = x.map(axes.px), [low, high] = y.map(axes.py);
  const area = svg("rect", { x: left, y: high, width: right - left, height: low - high, fill: "transparent",
    onclick: (event) => put(axes.at(event)[0]) });
  const node = svg("g", {}, svg("line", { y1: low, y2: high, stroke: "transparent", "stroke-width": 36 }),
    svg("line", { y1: low, y2: high, stroke: "var(--ink)", "stroke-width": 1.5 }),
    svg("rect", { x: -6, y: high - 12, width: 12, height: 18, rx: 4, fill: "var(--ink)",
      stroke: "var(--paper)", "stroke-width": 1.5 }));
  axes.back.append(area);
  axes.front.append(node);
  const say = handle(node, { at: axes.at, move: put, nudge: (dx, dy) => step(dx + dy) });
  return (value, name, text) => {
    set(node, { transform: `translate(${axes.px(value).toFixed(1)} 0)` });
    say(name, text, value);
  };
}
