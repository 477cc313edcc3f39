// A curve of 1 to 8 ReLU units: bias + w1·ReLU(x − t1) + w2·ReLU(x − t2) + …, with a target to match.
import { button, choice, clamp, finite, h, handle, line, number, plane, set, show, slider, small, snap, svg, toggle, write } from "./kit.mjs";
import { curveOf, pathOf } from "./curves.mjs";
import { relu } from "./reference.mjs";

const MOST_UNITS = 8, HIGHEST = 1.5, TENTH = 0.1, TWENTIETH = 0.05;

/** Turn the corners of the curve into a bias and weights: each is the change of the slope at its bend. */
function unitsOf({ bends, heights, grid }) {
  const xs = [...bends, grid.at(-1)],
    slopes = bends.map((t, i) => (heights[i + 1] - heights[i]) / (xs[i + 1] - t));
  return { bias: heights[0], w: slopes.map((slope, i) => slope - (slopes[i - 1] ?? 0)) };
}

const curveAt = ({ bias, w }, bends, x) => bends.reduce((sum, t, i) => sum + w[i] * relu(x - t), bias);

/** Add a unit in the widest gap, or take off the one that bends least: so the curve changes little. */
export function resized({ bends, heights, grid }, count) {
  [bends, heights] = [[...bends], [...heights]];
  while (bends.length > count) {
    const { w } = unitsOf({ bends, heights, grid }),
      least = w.reduce((best, v, i) => (i && Math.abs(v) < Math.abs(w[best]) ? i : best), 1);
    bends.splice(least, 1);
    heights.splice(least, 1);
  }
  while (bends.length < count) {
    const xs = [grid[0], ...bends, grid.at(-1)], gaps = xs.slice(1).map((x, i) => x - xs[i]),
      widest = gaps.indexOf(Math.max(...gaps));
    const t = Number(snap(xs[widest] + gaps[widest] / 2, TENTH).toFixed(1)) + 0;
    heights.splice(widest, 0, Number(curveAt(unitsOf({ bends, heights, grid }), bends, t).toFixed(3)));
    bends.splice(widest, 0, t);
  }
  return { bends, heights };
}

export const explorer = {
  start({ grid, targets, even, target, bends, heights }) {
    finite(grid, targets[target], even[target].map((one) => [one.bends, one.heights, one.gap]), bends,
      heights);
    return { grid, targets, even, target, bends, heights, parts: false };
  },

  /** What can be seen: compared with helpers.figures.relu_curve_text. */
  describe({ grid, targets, even, target, bends, heights }) {
    const units = unitsOf({ bends, heights, grid });
    const squares = grid.map((x, i) => (curveAt(units, bends, x) - targets[target][i]) ** 2);
    const gap = squares.reduce((sum, square) => sum + square, 0) / grid.length;
    const rival = even[target][bends.length - 1].gap,
      count = bends.length === 1 ? "1 ReLU unit" : `${bends.length} ReLU units`;
    const each = bends.map((t, i) => `at ${number(t)} with weight ${number(units.w[i])}`).join(", ");
    const verdict = gap < rival * 0.99 ? "You are closer."
      : gap > rival * 1.01 ? "Can you come closer?" : "That is where you are, too.";
    const remark = `Mean squared distance: ${small(gap, 4)}. Bends at equal distances reach `
      + `${small(rival, 4)}. ${verdict}`;
    const said = `${count}, bias ${number(units.bias)}: ${each}. The mean squared distance to the `
      + `${target} is ${small(gap, 4)}.`;
    return { ...units, gap, remark, said };
  },

  build(state, change) {
    const [left, right] = [state.grid[0], state.grid.at(-1)];
    const units = slider("units", { low: 1, high: MOST_UNITS, step: 1, get: () => state.bends.length,
      put: (count) => change(resized(state, count)) });
    const target = choice("target", Object.keys(state.targets),
      { get: () => state.target, put: (name) => change({ target: name }) });
    const buttons = line(button("At equal distances", () => {
      const { bends, heights } = state.even[state.target][state.bends.length - 1];
      change({ bends, heights });
    }, { title: "Place the bends evenly, with the best heights" }),
    button("Flat", () => change({ heights: state.heights.map(() => 0) }),
      { title: "Give all corners the height 0" }));
    const parts = toggle("show each unit", { get: () => state.parts, put: (on) => change({ parts: on }) });
    const remark = h("p"), formula = h("p", { style: "font-variant-numeric:tabular-nums" });

    const axes = plane("The curve and its target", { x: [left - 0.2, right + 0.2], y: [-1.7, 1.7],
      xTicks: [-3, -2, -1, 0, 1, 2, 3], yTicks: [-1, 0, 1], xLabel: "x", width: 480, height: 400,
      grid: true });
    const wanted = curveOf({ color: "var(--second)", dash: "8 4" }),
      made = curveOf({ color: "var(--ink)", dash: null });
    const pieces = Array.from({ length: MOST_UNITS }, () => curveOf({ color: "var(--gray)", dash: "2 3" }));
    axes.back.append(wanted, ...pieces, made);
    const knobs = Array.from({ length: MOST_UNITS + 1 }, (_, i) => {
      const last = i === MOST_UNITS;
      const knob = svg("g", {}, svg("circle", { r: 17, fill: "transparent" }),
        last ? svg("rect", { x: -7, y: -7, width: 14, height: 14, fill: "var(--paper)",
        stroke: "var(--ink)", "stroke-width": 2.5 })
        : svg("circle", { r: 8, fill: "var(--ink)", stroke: "var(--paper)", "stroke-width": 2 }),
          svg("text", { y: -14, "text-anchor": "middle", "font-weight": 600 }, last ? "" : `${i + 1}`));
      const place = () => (last ? state.bends.length : i);
      const say = handle(knob, { at: axes.at, move: (x, y) => put(place(), x, y),
        nudge: (dx, dy) => put(place(), (state.bends[place()] ?? right) + TENTH * dx,
          state.heights[place()] + TWENTIETH * dy) });
      return { knob, say };
    });
    axes.front.append(...knobs.map(({ knob }) => knob));

    /** Move a corner; it stays between its neighbors, and the last one at the right end. */
    function put(i, x, y) {
      const { bends, heights } = state, to = (v, step, low, high, digits) =>
        Number(clamp(snap(v, step), low, high).toFixed(digits)) + 0;
      const [low, high] = [i ? bends[i - 1] + TENTH : left, (bends[i + 1] ?? right) - TENTH];
      change({ bends: bends.map((t, j) => (j === i ? to(x, TENTH, low, high, 1) : t)),
        heights: heights.map((v, j) => (j === i ? to(y, TWENTIETH, -HIGHEST, HIGHEST, 2) : v)) });
    }
    function drawUnits({ bias, w }) {
      pieces.forEach((piece, i) => {
        show(piece, state.parts && i < w.length);
        if (i < w.length) set(piece, { d: pathOf(axes, [[left, 0], [state.bends[i], 0],
          [right, w[i] * (right - state.bends[i])]]) });
      });
      const signed = (v) => `${v < 0 ? "−" : "+"} ${number(Math.abs(v))}`;
      const terms = w.map((weight, i) =>
        `${signed(weight)}·ReLU(x${state.bends[i] ? ` ${signed(-state.bends[i])}` : ""})`);
      write(formula, `f(x) = ${number(bias)} ${terms.join(" ")}`);
    }
    function draw(seen) {
      const xs = [...state.bends, right], corners = xs.map((x, i) => [x, state.heights[i]]);
      set(wanted, { d: pathOf(axes, state.grid.map((x, i) => [x, state.targets[state.target][i]])) });
      set(made, { d: pathOf(axes, [[left, state.heights[0]], ...corners]) });
      knobs.forEach(({ knob, say }, i) => {
        const last = i === MOST_UNITS, corner = last ? corners.at(-1) : corners[i],
          seenHere = last || i < state.bends.length;
        set(knob, { visibility: seenHere ? "visible" : "hidden", tabindex: seenHere ? 0 : -1,
          transform: seenHere ? `translate(${axes.px(corner[0])} ${axes.py(corner[1])})` : null });
        const where = seenHere ? `x ${number(corner[0])}, height ${number(corner[1])}` : "not there";
        say(last ? "right end" : `bend of unit ${i + 1}`, where, seenHere ? corner[1] : 0);
      });
      drawUnits(seen);
      write(remark, seen.remark);
    }
    const key = h("p", { class: "aside" },
      "Dashed: the target. Drag a bend to the side, up or down; the square moves up and down.");
    return { main: [target, units], more: [remark, formula, buttons, parts, key], picture: axes.svg, draw };
  },
};
