// The perceptron explorer: move the line, its direction and the points, or let the rule move it.
import { button, choice, clamp, finite, h, handle, hatching, line, number, plane, player, set, show, slider, snap, svg, table } from "./kit.mjs";

const QUARTER = 0.25; // weights and points are multiples, so that a point on the line is exactly on it
const MOST = 3; // the largest weight by hand
const ARROW = 0.16; // how long a weight of 1 is in the picture

// Arithmetic, compared with Python ------------------------------------------------------------

const sum = (w, b, x) => x[0] * w[0] + x[1] * w[1] + b;

/** Return where the arrow of the weights begins: the point of the line nearest to the middle. */
export function foot({ w, b, limits: [low, high] }) {
  const middle = (low + high) / 2, square = w[0] ** 2 + w[1] ** 2;
  const back = square ? sum(w, b, [middle, middle]) / square : 0;
  return w.map((weight) => clamp(middle - back * weight, low, high));
}

/** Apply the learning rule to row i: w becomes w + lr·(target − prediction)·x. */
export function update({ w, b, X, y, lr }, i) {
  const step = lr * (y[i] - (sum(w, b, X[i]) > 0 ? 1 : 0));
  return { w: w.map((weight, j) => weight + step * X[i][j]), b: b + step };
}

/** Return the row that the rule takes next: the first wrong one from `next` on, then from the top. */
export function nextWrong(wrong, next) {
  return wrong.find((i) => i >= next) ?? wrong[0];
}

/** Return the corners of the part of the square where the sum is positive. */
function positiveSide(w, b, [low, high]) {
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
function lineEnds(w, b, side, limits) {
  if (!w[0] && !w[1]) return [];
  const largest = Math.max(...limits.flatMap((x) => limits.map((y) => Math.abs(sum(w, b, [x, y])))));
  return side.filter((p) => Math.abs(sum(w, b, p)) < 1e-9 * largest);
}

function equation(w, b) {
  const signed = (v) => `${v < 0 ? "−" : "+"} ${number(Math.abs(v))}`;
  return `${number(w[0])}·x1 ${signed(w[1])}·x2 ${signed(b)}`;
}

function sentence({ gate, w, b, X }, wrong, ends) {
  const none = !w[0] && !w[1];
  const rule = none
    ? `both weights are 0, so there is no line and every point is predicted ${b > 0 ? 1 : 0}`
    : `prediction 1 where ${equation(w, b)} > 0`;
  const listed = wrong.map((i) => `(${X[i].map((v) => number(v)).join(", ")})`).join(", ");
  const points = wrong.length ? `${wrong.length} of ${X.length} points are wrong: ${listed}.`
    : `All ${X.length} points are on the right side.`;
  const outside = ends.length || none ? "" : " The line lies outside the picture.";
  return `${gate}: ${rule}. ${points}${outside}`;
}

function progress({ gate, updates, most }, wrong) {
  if (!updates) return "";
  if (!wrong.length) return " The rule has found a line and stops.";
  return gate === "XOR" && updates >= most / 3
    ? " It goes on and on: for XOR there is no line to find." : "";
}

// The explorer ----------------------------------------------------------------------------------

export const explorer = {
  start(data) {
    const { gate, gates, w, b, X, lr, limits, starts, most } = data;
    const y = gates[gate];
    finite(X, y, w, b, lr, limits, starts, most);
    return { gate, gates, w, b, X, y, corners: X, lr, limits, starts, most,
      begun: { w, b }, drawnStarts: 0, next: 0, updates: 0, last: "" };
  },

  /** What can be seen: compared with helpers.figures.decision_text. */
  describe(state) {
    const { w, b, X, y, limits } = state;
    const z = X.map((x) => sum(w, b, x)), out = z.map((v) => (v > 0 ? 1 : 0));
    const wrong = X.flatMap((_, i) => (out[i] === y[i] ? [] : [i]));
    const side = positiveSide(w, b, limits), ends = lineEnds(w, b, side, limits);
    const said = sentence(state, wrong, ends) + state.last + progress(state, wrong);
    return { z, out, wrong, side, ends, said };
  },

  build(state, change) {
    const weight = (v) => clamp(snap(v, QUARTER), -MOST, MOST);
    const byHand = (values) => {
      play.stop();
      const { w, b } = { ...state, ...values };
      change({ ...values, begun: { w, b }, next: 0, updates: 0, last: "" });
    };
    const goTo = (begun) => {
      play.stop();
      change({ ...begun, begun, next: 0, updates: 0, last: "" });
    };
    const learn = () => {
      const { wrong } = explorer.describe(state);
      if (!wrong.length) return false;
      const i = nextWrong(wrong, state.next), [x1, x2] = state.X[i].map((v) => number(v));
      change({ ...update(state, i), next: (i + 1) % state.X.length, updates: state.updates + 1,
        last: ` Update ${state.updates + 1} used the row x1 = ${x1}, x2 = ${x2}.` });
      return explorer.describe(state).wrong.length > 0;
    };

    const ends = { low: -MOST, high: MOST, step: QUARTER };
    const w1 = slider("w1", { ...ends, get: () => state.w[0], put: (v) => byHand({ w: [v, state.w[1]] }) });
    const w2 = slider("w2", { ...ends, get: () => state.w[1], put: (v) => byHand({ w: [state.w[0], v] }) });
    const b = slider("b", { ...ends, get: () => state.b, put: (v) => byHand({ b: v }) });
    const gates = choice("gate", Object.keys(state.gates), { get: () => state.gate,
      put: (gate) => byHand({ gate, y: state.gates[gate], X: state.corners }) });
    const play = player("Learn", { perSecond: 1.5, tick: learn, title: "Apply the rule again and again" });
    const wrongLeft = () => explorer.describe(state).wrong.length > 0;
    const buttons = line(play,
      button("One update", learn, { title: "Apply the learning rule to the next wrong row", may: wrongLeft }),
      button("Same start", () => goTo(state.begun), { title: "Go back to the weights you started from" }),
      button("New start", () => {
        state.drawnStarts += 1;
        const [v1, v2, bias] = state.starts[(state.drawnStarts - 1) % state.starts.length];
        goTo({ w: [v1, v2], b: bias });
      }, { title: "Begin from other weights" }));
    const rows = table(["x1", "x2", "z", "output", "target", "verdict"], state.X.length);

    const axes = plane("The plane of the two inputs", { x: state.limits, y: state.limits,
      xTicks: [0, 1], yTicks: [0, 1], xLabel: "x₁", yLabel: "x₂", width: 420, height: 404 });
    const side = svg("polygon", { fill: "url(#ones)" });
    const border = svg("line", { stroke: "var(--ink)", "stroke-width": 2.5 });
    const grip = svg("line", { stroke: "transparent", "stroke-width": 22 });
    const shaft = svg("line", { stroke: "var(--ink)", "stroke-width": 2, "stroke-dasharray": "5 3" });
    const tip = svg("g", {}, svg("circle", { r: 14, fill: "transparent" }),
      svg("path", { d: "M9 0L-6 7L-6 -7Z", fill: "var(--ink)" }));
    const marks = state.X.map(() => svg("g", {}, svg("circle", { r: 16, fill: "transparent" }),
      svg("circle", { r: 8.5, fill: "var(--paper)", stroke: "var(--zero)", "stroke-width": 3 }),
      svg("rect", { x: -8, y: -8, width: 16, height: 16, fill: "var(--one)" }),
      svg("text", { x: 12, y: -9, "font-weight": 700 }, "✗")));
    axes.svg.prepend(svg("defs", {}, hatching("ones", "var(--ones)", "var(--ones-edge)")));
    axes.back.append(side, border);
    axes.front.append(shaft, grip, ...marks, tip);

    const sayLine = handle(grip, { at: axes.at,
      move: (x, y) => byHand({ b: weight(-sum(state.w, 0, [x, y])) }),
      nudge: (dx, dy) => byHand({ b: weight(state.b - QUARTER * (dx + dy)) }) });
    let pivot = [0, 0]; // the line turns about the point where its arrow begins
    const sayTip = handle(tip, { at: axes.at, grab: () => { pivot = foot(state); },
      move: (x, y) => {
        const w = [x - pivot[0], y - pivot[1]].map((v) => weight(v / ARROW));
        byHand({ w, b: weight(-sum(w, 0, pivot)) });
      },
      nudge: (dx, dy) => byHand({ w: [weight(state.w[0] + QUARTER * dx), weight(state.w[1] + QUARTER * dy)] }) });
    const inside = (v) => clamp(snap(v, QUARTER), Math.ceil(4 * state.limits[0]) / 4, Math.floor(4 * state.limits[1]) / 4);
    const sayPoint = marks.map((mark, i) => {
      const to = (x, y) => byHand({ X: state.X.map((p, j) => (j === i ? [inside(x), inside(y)] : p)) });
      return handle(mark, { at: axes.at, move: to,
        nudge: (dx, dy) => to(state.X[i][0] + QUARTER * dx, state.X[i][1] + QUARTER * dy) });
    });

    function drawArrow() {
      const [low, high] = state.limits, from = foot(state);
      const to = from.map((v, j) => clamp(v + ARROW * state.w[j], low, high));
      const turn = (Math.atan2(-state.w[1], state.w[0]) * 180) / Math.PI;
      set(shaft, { x1: axes.px(from[0]), y1: axes.py(from[1]), x2: axes.px(to[0]), y2: axes.py(to[1]) });
      set(tip, { transform: `translate(${axes.px(to[0])} ${axes.py(to[1])}) rotate(${turn})` });
      sayTip("direction of the weights", `w1 ${number(state.w[0])}, w2 ${number(state.w[1])}`, state.w[0]);
    }
    function drawPoint([x1, x2], i, bad) {
      const [, circle, square, cross] = marks[i].children;
      set(marks[i], { transform: `translate(${axes.px(x1)} ${axes.py(x2)})` });
      show(circle, !state.y[i]);
      show(square, state.y[i]);
      show(cross, bad);
      const verdict = bad ? "wrong" : "right";
      sayPoint[i](`point ${i + 1}`, `(${number(x1)}, ${number(x2)}), target ${state.y[i]}, ${verdict}`, x1);
    }
    function draw({ z, out, wrong, side: corners, ends: [from, to] }) {
      set(side, { points: corners.map((p) => `${axes.px(p[0])},${axes.py(p[1])}`).join(" ") });
      for (const part of [border, grip]) {
        show(part, to);
        if (to) set(part, { x1: axes.px(from[0]), y1: axes.py(from[1]), x2: axes.px(to[0]), y2: axes.py(to[1]) });
      }
      sayLine("decision line, moved by the bias", `b ${number(state.b)}`, state.b);
      drawArrow();
      state.X.forEach((x, i) => drawPoint(x, i, wrong.includes(i)));
      rows.fill(state.X.map((x, i) => [number(x[0]), number(x[1]), number(z[i]), out[i], state.y[i],
        wrong.includes(i) ? "✗ wrong" : "right"]));
    }
    const legend = h("p", { class: "aside" },
      "○ target 0 · ■ target 1 · ✗ wrong. Drag the line, its arrow or a point, or use Tab and the arrow keys.");
    return { main: [gates, w1, w2, b], more: [buttons, rows, legend], picture: axes.svg, draw };
  },
};
