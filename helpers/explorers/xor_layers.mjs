// Two layers for XOR: move two hidden lines, and see the points as the hidden layer sees them.
import { button, choice, finite, h, hatching, line, number, plane, set, svg, table } from "./kit.mjs";
import { equation, lineEnds, movableLine, pointMark, positiveSide, sum } from "./lines.mjs";

const STEEP = 4; // how much a hidden sum is stretched before the sigmoid

// Arithmetic, compared with Python ------------------------------------------------------------

const step = (z) => (z > 0 ? 1 : 0);
const KINDS = { step, sigmoid: (z) => 1 / (1 + Math.exp(-STEEP * z)) };

/** Return what the two hidden neurons make of a point. */
export const hidden = ({ lines: [first, second], kind }, x) =>
  [first, second].map(({ w, b }) => KINDS[kind](sum(w, b, x)));

/** Return the prediction for each point, from the third line. */
export const outputs = (state) => state.X.map((x) =>
  step(sum(state.lines[2].w, state.lines[2].b, hidden(state, x))));

// The explorer ----------------------------------------------------------------------------------

const NAMES = ["hidden line 1", "hidden line 2", "output line"];

export const explorer = {
  start({ X, y, start, solution, limits }) {
    finite(X, y, limits, [...start, ...solution].map(({ w, b }) => [...w, b]));
    if (X.length !== y.length || start.length !== 3 || solution.length !== 3)
      throw new Error("a point or a line is missing");
    return { X, y, limits, begin: start, solution, lines: start, kind: "step" };
  },

  describe(state) {
    const { X, y, lines, limits } = state, out = outputs(state);
    const seen = X.map((x) => hidden(state, x));
    const wrong = X.flatMap((_, i) => (out[i] === y[i] ? [] : [i]));
    const sides = lines.map(({ w, b }) => positiveSide(w, b, limits));
    const ends = lines.map(({ w, b }, i) => lineEnds(w, b, sides[i], limits));
    const places = X.map((x, i) => `(${x.join(", ")}) lands on (${seen[i].map((v) => number(v)).join(", ")})`);
    const verdict = wrong.length ? `${wrong.length} of ${X.length} points are wrong.`
      : "All four points are right: this network computes XOR.";
    const rules = lines.map(({ w, b }, i) => `${NAMES[i]}: ${equation(w, b).replaceAll("x", i < 2 ? "x" : "h")} > 0`);
    return { seen, out, wrong, sides, ends, said: `${verdict} ${places.join("; ")}. ${rules.join("; ")}.` };
  },

  build(state, change) {
    const put = (i) => (values) =>
      change({ lines: state.lines.map((one, j) => (j === i ? { ...one, ...values } : one)) });
    const kind = choice("hidden neurons", Object.keys(KINDS), { get: () => state.kind,
      put: (value) => change({ kind: value }) });
    const buttons = line(
      button("Same start", () => change({ lines: state.begin }), { title: "Go back to the first lines" }),
      button("One solution", () => change({ lines: state.solution }),
        { title: "OR, NAND and AND: try it yourself first" }));
    const rows = table(["x1", "x2", "h1", "h2", "output", "target", ""], state.X.length);
    const legend = h("p", { class: "aside" }, "○ target 0 · ■ target 1 · ✗ wrong. — line 1 · - - line 2. "
      + "Drag a line or its arrow, or use Tab and the arrow keys. 01 and 10 can lie on one spot.");

    const looks = { x: state.limits, y: state.limits, xTicks: [0, 1], yTicks: [0, 1], width: 285, height: 300 };
    const inputs = plane("The plane of the two inputs", { ...looks, xLabel: "x₁", yLabel: "x₂" });
    const middle = plane("The plane of the two hidden neurons", { ...looks, xLabel: "h₁", yLabel: "h₂" });
    set(inputs.svg, { x: 0, y: 22, width: 285, height: 300 });
    set(middle.svg, { x: 285, y: 22, width: 285, height: 300 });
    const title = (x, text) => svg("text", { x, y: 16, "text-anchor": "middle", "font-weight": 600 }, text);
    const side = svg("polygon", { fill: "url(#ones)" });
    const drawn = [inputs, inputs, middle].map((axes, i) => movableLine(axes, state.limits,
      { name: NAMES[i], get: () => state.lines[i], put: put(i), dash: i === 1 ? "9 5" : null }));
    const marks = [inputs, middle].map((axes) => state.X.map(() => ({ axes, ...pointMark() })));
    const labels = marks.map((row, k) => row.map((_, i) => svg("text", { "font-size": 12,
      "text-anchor": k ? "start" : "end" }, state.X[i].join(""))));
    middle.back.append(side);
    [inputs, inputs, middle].forEach((axes, i) => {
      axes.back.append(...drawn[i].back);
      axes.front.append(...drawn[i].front);
    });
    [inputs, middle].forEach((axes, k) =>
      axes.front.append(...marks[k].map((mark) => mark.node), ...labels[k]));
    drawn.forEach(({ tip }, i) => [inputs, inputs, middle][i].front.append(tip));
    const picture = svg("svg", { viewBox: "0 0 570 326", role: "group",
      "aria-label": "The inputs with two lines, and the hidden layer with one" },
    svg("defs", {}, hatching("ones", "var(--ones)", "var(--ones-edge)")),
    title(165, "inputs"), title(450, "as the hidden layer sees them"), inputs.svg, middle.svg);

    function draw({ seen, out, wrong, sides, ends }) {
      set(side, { points: sides[2].map((p) => `${middle.px(p[0])},${middle.py(p[1])}`).join(" ") });
      drawn.forEach((one, i) => one.draw(ends[i]));
      [state.X, seen].forEach((points, k) => points.forEach((p, i) => {
        const { axes } = marks[k][i], place = [axes.px(p[0]), axes.py(p[1])];
        marks[k][i].draw(place, state.y[i], wrong.includes(i));
        const apart = k ? points.slice(0, i).filter((q) => Math.hypot(q[0] - p[0], q[1] - p[1]) < 0.1).length : 0;
        set(labels[k][i], { x: place[0] + (k ? 12 : -12), y: place[1] + 20 + 14 * apart });
      }));
      rows.fill(state.X.map((x, i) => [...x, ...seen[i].map((v) => number(v)), out[i], state.y[i],
        wrong.includes(i) ? "✗" : "✓"]));
    }
    return { main: [kind, buttons], more: [rows, legend], picture, draw };
  },
};
