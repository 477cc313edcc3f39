// A gradient on its way down: each layer multiplies it by the slope of its activation.
import { clamp, finite, number, plane, scientific, set, slider, small, snap } from "./kit.mjs";
import { LOOKS, curveOf, follow, markOf, pathOf, putMarks, rowTable, sweep, together } from "./curves.mjs";
import { activations } from "./reference.mjs";

const DEEPEST = 30, FLOOR = -20, NOTHING = -22.5, MOST = 4,
  HALF = 0.5; // powers of ten; exactly 0 has a strip of its own

/** What can be seen: compared with helpers.figures.gradient_text. */
function describeDepth({ z, depth, names, labels, leak }) {
  const functions = activations(leak);
  const rows = names.map((name, i) => {
    const slope = functions[name][1](z);
    return { name, label: labels[i], slope, left: slope ** depth };
  });
  const each = rows.map((row) => `${row.label} ${small(row.left)}`).join(", ");
  return { rows, said: `What is left of a gradient of 1 after ${depth} ${depth === 1 ? "layer" : "layers"} with z = ${number(z)} in each: ${each}.` };
}

/** The height of a gradient on the chart, as a power of ten. */
const level = (gradient) => (gradient === 0 ? NOTHING : Math.log10(gradient));

export const explorer = {
  start({ z, depth, names, labels, leak }) {
    finite(z, depth, leak, names.map((name) => activations(leak)[name][0](z)));
    return { z, depth, names, labels, leak };
  },
  describe: describeDepth,

  build(state, change) {
    const functions = activations(state.leak), looks = state.names.map((name) => LOOKS[name]);
    const putDepth = (value) => change({ depth: clamp(Math.round(value), 1, DEEPEST) });
    const putZ = (value) => change({ z: clamp(snap(value, HALF), -MOST, MOST) + 0 });
    const layers = slider("layers", { low: 1, high: DEEPEST, step: 1, get: () => state.depth,
      put: putDepth });
    const z = slider("z", { low: -MOST, high: MOST, step: HALF, get: () => state.z, put: putZ });
    const rows = rowTable(["slope at z", "left over"],
      looks.map((look, i) => ({ look, label: state.labels[i] })));

    const powers = [0, -5, -10, -15, FLOOR], size = { width: 460, left: 62, top: 16, grid: true };
    const inSlopes = { x: [-MOST - 0.3, MOST + 0.3], y: [-0.1, 1.25] },
      inLefts = { x: [-0.5, DEEPEST + 0.5], y: [-23.5, 2.5] };
    const slopes = plane("The slopes", { ...inSlopes, ...size, xTicks: [-4, -2, 0, 2, 4],
      yTicks: [0, 0.5, 1], xLabel: "z", yLabel: "slope", height: 190 });
    const lefts = plane("What is left of the gradient",
      { ...inLefts, ...size, xTicks: [0, 5, 10, 15, 20, 25, 30], yTicks: [NOTHING, ...powers],
      yTick: (power) => (power === NOTHING ? "0" : power === 0 ? "1" : scientific(10 ** power, 0).slice(2)),
        xLabel: "layers", yLabel: "what is left", height: 310 });
    const placeZ = sweep(slopes, { ...inSlopes, put: putZ, step: (by) => putZ(state.z + HALF * by) });
    const placeDepth = sweep(lefts,
      { ...inLefts, put: putDepth, step: (by) => putDepth(state.depth + by) });
    const marks = [slopes, lefts].map(() => looks.map(markOf)), lines = looks.map(curveOf);
    looks.forEach((look, i) => {
      const drawn = curveOf(look);
      set(drawn, { d: pathOf(slopes, follow(functions[state.names[i]][1], inSlopes.x)) });
      slopes.back.append(drawn);
    });
    slopes.back.append(...marks[0]);
    lefts.back.append(...lines, ...marks[1]);

    function draw({ rows: found }) {
      placeZ(state.z, "z, in the picture", number(state.z));
      placeDepth(state.depth, "layers, in the picture", number(state.depth));
      found.forEach(({ slope }, i) => {
        const end = slope === 0 ? [[1, NOTHING], [DEEPEST, NOTHING]]
          : [[0, 0], [DEEPEST, DEEPEST * Math.log10(slope)]];
        set(lines[i], { d: pathOf(lefts, end) });
      });
      rows.fill(found.map(({ slope, left }) => [small(slope), small(left)]));
      putMarks(marks[0], slopes.px(state.z), found.map(({ slope }) => slopes.py(slope)));
      putMarks(marks[1], lefts.px(state.depth),
        found.map(({ left }) => lefts.py(left !== 0 && level(left) < FLOOR - 0.01 ? -99 : level(left))));
    }
    return { main: [layers, z], more: [rows], picture: together([slopes, lefts]), draw };
  },
};
