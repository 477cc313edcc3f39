// One input, five activations: their values and slopes. The input is dragged along the curves.
import { clamp, finite, h, number, plane, set, slider, small, snap, svg, write } from "./kit.mjs";
import { LOOKS, curveOf, follow, markOf, pathOf, putMarks, rowTable, sweep, together } from "./curves.mjs";
import { activations } from "./reference.mjs";

const FLAT = 0.01, STEP = 0.1;
const MINE = { color: "var(--gray)", dash: null, shape: "P" };

/** Return value and slope of the learner's own function at z, from what Python sampled. */
function own({ label, from, values, slopes }, z) {
  const i = Math.round((z - from) / STEP);
  return { name: "mine", label: `your ${label}`, value: values[i], slope: slopes[i] };
}

/** What can be seen: compared with helpers.figures.activation_text. */
function describeActivations({ z, names, labels, leak, mine }) {
  const functions = activations(leak);
  const rows = names.map((name, i) => ({ name, label: labels[i], value: functions[name][0](z),
    slope: functions[name][1](z) }));
  const each = rows.map((row) => `${row.label} ${number(row.value, 3)} with slope ${small(row.slope)}`);
  const flat = rows.filter((row) => row.slope < FLAT).map((row) => row.label);
  if (mine) rows.push(own(mine, z));
  return { rows, flat, said: `At z = ${number(z)}: ${each.join("; ")}.`
    + (mine ? ` ${sentence(rows.at(-1))}` : "") };
}

const sentence = ({ label, value, slope }) => (value === null ? `Y${label.slice(1)} gives no number here.`
  : `Y${label.slice(1)} gives ${number(value, 3)}, with slope ${slope === null ? "unknown" : small(slope)}.`);

export const explorer = {
  start(data) {
    const { z, names, labels, leak, range, mine } = data;
    finite(z, leak, range, names.map((name) => activations(leak)[name][0](z)));
    return { z, names, labels, leak, range, mine };
  },
  describe: describeActivations,

  build(state, change) {
    const [low, high] = state.range, functions = activations(state.leak);
    const put = (z) => change({ z: clamp(Number(snap(z, STEP).toFixed(1)), low, high) });
    const z = slider("z", { low, high, step: STEP, get: () => state.z, put });
    const looks = [...state.names.map((name) => LOOKS[name]), ...(state.mine ? [MINE] : [])];
    const labels = [...state.labels, ...(state.mine ? [`your ${state.mine.label}`] : [])];
    const values = rowTable(["value", "slope"], looks.map((look, i) => ({ look, label: labels[i] })));
    const flat = h("p");

    const drawings = ["value", "slope"].map((what, k) => {
      const x = [low - 0.2, high + 0.2], y = k ? [-0.12, 1.22] : [-1.4, 5.4];
      const axes = plane(`The ${what}s of the functions`, { x, y, xTicks: k ? [-4, -2, 0, 2, 4] : [],
        yTicks: k ? [0, 0.5, 1] : [-1, 0, 1, 2, 3, 4, 5],
        xLabel: k ? "z" : "", yLabel: what, width: 460, height: k ? 240 : 280, bottom: k ? 42 : 14,
          left: 54, grid: true });
      const marks = looks.map(markOf),
        place = sweep(axes, { x, y, put, step: (by) => put(state.z + STEP * by) });
      if (state.mine) {
        const sampled = state.mine[`${what}s`].map((y, i) => [state.mine.from + i * STEP, y ?? NaN]);
        axes.back.append(svg("path", { d: pathOf(axes, sampled), fill: "none", stroke: MINE.color,
          "stroke-width": 8, opacity: 0.55 }));
      }
      for (const name of state.names) {
        const drawn = curveOf(LOOKS[name]);
        set(drawn, { d: pathOf(axes, follow(functions[name][k], state.range)) });
        axes.back.append(drawn);
      }
      axes.back.append(...marks);
      return { what, axes, marks, place };
    });

    function draw({ rows, flat: names }) {
      drawings.forEach(({ what, axes, marks, place }) => {
        putMarks(marks, axes.px(state.z), rows.map((row) => axes.py(row[what] ?? 99)));
        place(state.z, `z, on the ${what}s`, number(state.z));
      });
      values.fill(rows.map(({ value, slope }) => [value === null ? "no number" : number(value, 4),
        slope === null ? "unknown" : small(slope, 4)]));
      write(flat, names.length ? `Flat here (slope below ${FLAT}): ${names.join(", ")}.`
        : "None is flat here.");
    }
    return { main: [z], more: [values, flat], picture: together(drawings.map(({ axes }) => axes)), draw };
  },
};
