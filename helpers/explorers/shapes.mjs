// X @ W + b: whether the shapes fit, and what comes out. The edges of the matrices are dragged.
import { choice, clamp, finite, h, handle, set, show, slider, svg, write } from "./kit.mjs";
import { rowTable } from "./curves.mjs";

const W_SHAPES = ["(n_in, n_out)", "(n_out, n_in)"], B_SHAPES = ["(1, n_out)", "(n_out,)", "(n_out, 1)",
  "(m, 1)", "(1, n_in)"];
const MOST_CELLS = 6, CELL = 25;

/** Write a shape as Python does: (5, 2), (2,). */
const shapeText = (shape) => (shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`);

const namesIn = (shape) => shape.replace(/[()\s]/g, "").split(",").filter(Boolean);

/** Put sizes into a shape such as "(1, n_out)". */
const withSizes = (shape, sizes) => namesIn(shape).map((name) => sizes[name] ?? Number(name));

/** Compare two shapes from the right, as NumPy does; null where they do not fit. */
export function broadcast(one, other) {
  const result = [];
  for (let i = 1; i <= Math.max(one.length, other.length); i++) {
    const [a, b] = [one.at(-i) ?? 1, other.at(-i) ?? 1];
    if (a !== b && a !== 1 && b !== 1) return null;
    result.unshift(a === 1 ? b : a);
  }
  return result;
}

/** The shapes of X @ W and of X @ W + b, and what there is to say: compared with figures.layer_result. */
function layerResult([m, n_in], W, b) {
  if (n_in !== W[0]) return { product: null, Z: null,
    said: `✗ NumPy stops at X @ W. The inner dimensions are ${n_in} and ${W[0]}, and they must agree.` };
  const product = [m, W[1]], Z = broadcast(product, b), bias = shapeText(b);
  const works = `X @ W has the shape ${shapeText(product)}: the inner dimensions, ${n_in} and ${n_in}, agree.`;
  const say = (said) => ({ product, Z, said });
  if (!Z) {
    return say(`✗ NumPy stops at + b. ${works} b is ${bias}. Compared from the right, two sizes must be `
      + "equal, or one is 1.");
  }
  if (shapeText(Z) !== shapeText(product)) {
    return say(`⚠ It runs, but Z has a wrong shape. ${works} Adding b ${bias} makes it ${shapeText(Z)}: `
      + "both are repeated until they fit.");
  }
  if (shapeText([1, ...b].slice(-2)) !== shapeText([1, W[1]])) {
    return say(`⚠ It runs, but b is no bias. ${works} b ${bias} does not hold one number for each `
      + "output, so NumPy repeats it.");
  }
  const used = m === 1 ? "used for the one row" : `repeated for all ${m} rows`;
  return say(`✓ It fits. ${works} b ${bias} is ${used}. Z is ${shapeText(Z)}.`);
}

/** A matrix of up to six by six cells at a place of the drawing: a grid, its name and its shape. */
function matrixAt(left, top, color) {
  const cells = Array.from({ length: MOST_CELLS ** 2 },
    (_, k) => svg("rect", { x: left + (k % MOST_CELLS) * CELL, y: top + Math.floor(k / MOST_CELLS) * CELL,
    width: CELL, height: CELL, stroke: color, "stroke-width": 1.5 }));
  const name = svg("text", { x: left, y: top - 9, "font-weight": 600 }),
    node = svg("g", {}, ...cells, name);
  return { left, top, node,
    /** Show a shape; cells that `marked(i, j)` names are highlighted. */
    draw(called, shape, marked = () => false) {
      const [rows, columns] = shape ? [1, ...shape].slice(-2) : [0, 0];
      cells.forEach((cell, k) => {
        const [i, j] = [Math.floor(k / MOST_CELLS), k % MOST_CELLS];
        show(cell, i < rows && j < columns);
        set(cell, { fill: marked(i, j) ? "var(--mark)" : "var(--paper)" });
      });
      write(name, shape ? `${called} ${shapeText(shape)}` : `${called}: error`);
    } };
}

export const explorer = {
  start({ m, n_in, n_out, w, b }) {
    finite(m, n_in, n_out, withSizes(w, { m, n_in, n_out }), withSizes(b, { m, n_in, n_out }));
    return { m, n_in, n_out, w, b, row: 0, column: 0 };
  },

  describe({ m, n_in, n_out, w, b, row, column }) {
    const sizes = { m, n_in, n_out }, W = withSizes(w, sizes), bias = withSizes(b, sizes),
      found = layerResult([m, n_in], W, bias);
    const entry = found.Z && found.Z[0] > row && found.Z[1] > column
      ? { row, column } : { row: 0, column: 0 };
    return { X: [m, n_in], W, b: bias, ...found, entry };
  },

  build(state, change) {
    const resize = (name, size) => change({ [name]: clamp(Math.round(size), 1, MOST_CELLS) });
    const sizes = ["m", "n_in", "n_out"].map((name) =>
      slider(name, { low: 1, high: MOST_CELLS, step: 1, get: () => state[name],
      put: (size) => resize(name, size) }));
    const w = choice("W is", W_SHAPES, { get: () => state.w, put: (shape) => change({ w: shape }) });
    const b = choice("b is", B_SHAPES, { get: () => state.b, put: (shape) => change({ b: shape }) });
    const rows = rowTable(["shape", "numbers"], ["X", "W", "b", "Z"].map((label) => ({ label }))),
      verdict = h("p", { style: "font-weight:600" });

    const [left, second, upper, lower] = [22, 270, 34, 254];
    const drawing = svg("svg", { viewBox: "0 0 460 416", role: "group", "aria-label": "The matrices" },
      ...[[left + 190, upper, "@"], [left - 2, lower, "+"],
        [second - 34, lower, "="]].map(([x, y, text]) =>
        svg("text", { x, y: y + 18, style: "font-size:20px;font-weight:600" }, text)));
    const X = matrixAt(left, upper, "var(--second)"), W = matrixAt(second, upper, "var(--first)"),
      B = matrixAt(left + 24, lower, "var(--fourth)"), Z = matrixAt(second, lower, "var(--third)");
    const at = (event) => {
      const p = new DOMPoint(event.clientX,
        event.clientY).matrixTransform(drawing.getScreenCTM().inverse());
      return [p.x, p.y];
    };
    /** An edge that can be dragged: `size()` names what it changes; `down` is the lower edge, else the right one. */
    function edge(matrix, down, size) {
      const node = svg("g", {}, svg("rect", down ? { x: -14, y: -9, width: 28, height: 18,
        fill: "transparent" } : { x: -9, y: -14, width: 18, height: 28, fill: "transparent" }),
        svg("rect", { ...(down ? { x: -11, y: -3, width: 22, height: 6 }
          : { x: -3, y: -11, width: 6, height: 22 }), rx: 3, fill: "var(--ink)", stroke: "var(--paper)" }));
      const by = (pixels) => resize(size(), pixels / CELL);
      const say = handle(node, { at, move: (x, y) => by(down ? y - matrix.top : x - matrix.left),
        nudge: (dx, dy) => resize(size(), state[size()] + (down ? dx - dy : dx + dy)) });
      return { node, place(name, [tall, wide]) {
        const [x, y] = down ? [matrix.left + (wide * CELL) / 2, matrix.top + tall * CELL + 5]
          : [matrix.left + wide * CELL + 5, matrix.top + (tall * CELL) / 2];
        set(node, { transform: `translate(${x} ${y})` });
        say(`${name}, its ${down ? "rows" : "columns"}: ${size()}`, String(state[size()]), state[size()]);
      } };
    }
    const wSize = (k) => () => namesIn(state.w)[k];
    const edges = [["X", edge(X, true, () => "m")], ["X", edge(X, false, () => "n_in")],
      ["W", edge(W, true, wSize(0))], ["W", edge(W, false, wSize(1))]];

    // One entry of Z is followed back to its row of X and its column of W.
    const frame = svg("rect", { width: CELL, height: CELL, fill: "transparent", stroke: "var(--ink)",
      "stroke-width": 3 });
    const entryAt = (row, column) => {
      const { Z: shape } = explorer.describe(state);
      if (shape) change({ row: clamp(Math.floor(row), 0, shape[0] - 1),
        column: clamp(Math.floor(column), 0, shape[1] - 1) });
    };
    const sayEntry = handle(frame, { at, move: (x, y) => entryAt((y - Z.top) / CELL, (x - Z.left) / CELL),
      nudge: (dx, dy) => entryAt(state.row - dy, state.column + dx) });
    Z.node.addEventListener("click", (event) => {
      const [x, y] = at(event);
      entryAt((y - Z.top) / CELL, (x - Z.left) / CELL);
    });
    drawing.append(X.node, W.node, B.node, Z.node, ...edges.map(([, { node }]) => node), frame);

    function draw({ X: x, W: shape, b: bias, product, Z: z, said, entry: { row, column } }) {
      const at0 = (size, i) => (size === 1 ? 0 : i), [tall, wide] = [1, ...bias].slice(-2);
      X.draw("X", x, (i) => z && i === at0(x[0], row));
      W.draw("W", shape, (_, j) => z && j === at0(shape[1], column));
      B.draw("b", bias, (i, j) => z && i === at0(tall, row) && j === at0(wide, column));
      Z.draw("Z", z);
      edges.forEach(([name, { place }], k) => place(name, k < 2 ? x : shape));
      show(frame, z);
      set(frame, { x: Z.left + column * CELL, y: Z.top + row * CELL, tabindex: z ? 0 : -1 });
      sayEntry("entry of Z", z ? `row ${row}, column ${column}` : "none", row);
      const count = (dims) => dims.reduce((all, n) => all * n, 1);
      rows.fill([x, shape, bias, z].map((dims) => (dims ? [shapeText(dims), count(dims)] : ["none", ""])));
      write(verdict, said);
    }
    const key = h("p", { class: "aside" },
      "Drag the edges of X and W. Drag the frame in Z: the marked row, column and bias make that entry.");
    return { main: sizes, more: [w, b, verdict, rows, key], picture: drawing, draw };
  },
};
