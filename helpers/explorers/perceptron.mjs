// The perceptron explorer: move the line, its direction and the points, or let the rule move it.
import { button, choice, clamp, finite, h, handle, hatching, line, number, plane, player, set, slider, snap, svg, table } from "./kit.mjs";
import { equation, lineEnds, MOST, movableLine, pointMark, positiveSide, QUARTER, sum } from "./lines.mjs";

// Arithmetic, compared with Python ------------------------------------------------------------

/** Apply the learning rule to row i: w becomes w + lr·(target − prediction)·x. */
export function update({ w, b, X, y, lr }, i) {
  const step = lr * (y[i] - (sum(w, b, X[i]) > 0 ? 1 : 0));
  return { w: w.map((weight, j) => weight + step * X[i][j]), b: b + step };
}

/** Return the row that the rule takes next: the first wrong one from `next` on, then from the top. */
export function nextWrong(wrong, next) {
  return wrong.find((i) => i >= next) ?? wrong[0];
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
    const border = movableLine(axes, state.limits, { name: "decision line",
      get: () => state, put: byHand });
    const marks = state.X.map(pointMark);
    axes.svg.prepend(svg("defs", {}, hatching("ones", "var(--ones)", "var(--ones-edge)")));
    axes.back.append(side, ...border.back);
    axes.front.append(...border.front, ...marks.map((mark) => mark.node), border.tip);

    const inside = (v) => clamp(snap(v, QUARTER), Math.ceil(4 * state.limits[0]) / 4, Math.floor(4 * state.limits[1]) / 4);
    const sayPoint = marks.map((mark, i) => {
      const to = (x, y) => byHand({ X: state.X.map((p, j) => (j === i ? [inside(x), inside(y)] : p)) });
      return handle(mark.node, { at: axes.at, move: to,
        nudge: (dx, dy) => to(state.X[i][0] + QUARTER * dx, state.X[i][1] + QUARTER * dy) });
    });

    function drawPoint([x1, x2], i, bad) {
      marks[i].draw([axes.px(x1), axes.py(x2)], state.y[i], bad);
      const verdict = bad ? "wrong" : "right";
      sayPoint[i](`point ${i + 1}`, `(${number(x1)}, ${number(x2)}), target ${state.y[i]}, ${verdict}`, x1);
    }
    function draw({ z, out, wrong, side: corners, ends: found }) {
      set(side, { points: corners.map((p) => `${axes.px(p[0])},${axes.py(p[1])}`).join(" ") });
      border.draw(found);
      state.X.forEach((x, i) => drawPoint(x, i, wrong.includes(i)));
      rows.fill(state.X.map((x, i) => [number(x[0]), number(x[1]), number(z[i]), out[i], state.y[i],
        wrong.includes(i) ? "✗ wrong" : "right"]));
    }
    const legend = h("p", { class: "aside" },
      "○ target 0 · ■ target 1 · ✗ wrong. Drag the line, its arrow or a point, or use Tab and the arrow keys.");
    return { main: [gates, w1, w2, b], more: [buttons, rows, legend], picture: axes.svg, draw };
  },
};
