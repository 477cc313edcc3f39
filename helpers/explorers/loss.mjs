// One prediction, two labels, two losses: ŷ is dragged along the curves.
import { finite, h, number, plane, scientific, set, show, slider, svg, write } from "./kit.mjs";
import { curveOf, markOf, pathOf, putMark, rowTable, sweep, together } from "./curves.mjs";
import { grouped } from "./numbers.mjs";
import { LOSSES } from "./reference.mjs";

const [BCE, SQUARED] = Object.keys(LOSSES), TOP = 5; // curves that go to infinity are cut there
const LOSS_LOOKS = [{ color: "var(--first)", dash: null, shape: "o" },
  { color: "var(--second)", dash: "8 4", shape: "s" }];
const YOURS = { color: "var(--gray)", dash: null, shape: "P" };

/** Write a slope with its sign, a large one without decimals. */
function slopeText(slope) {
  const size = Math.abs(slope);
  return (slope < 0 ? "−" : "+") + (size >= 1000 ? grouped(size) : number(size, size >= 0.001 ? 3 : 6));
}

/** Write a loss; one that is not 0 is not called 0. */
const lossText = (loss) => (loss >= 0.0005 ? number(loss, 3)
  : loss >= 1e-6 ? number(loss, 6) : scientific(loss, 0));

/** Say what the numbers mean, and what the ends would bring. */
function meaning(a) {
  if (a === 0.5) return "Both labels cost the same, because the prediction takes no side.";
  const [wrong, end] = a < 0.5 ? [1, 0] : [0, 1];
  const steep = slopeText(Math.abs(LOSSES[BCE][1](wrong, a))).slice(1);
  const said = `ŷ = ${number(a, 6)} is on the wrong side for label ${wrong}. There the slope of the `
    + `${BCE} is ${steep} in size; that of the ${SQUARED} is never above 1.`;
  if (Math.min(a, 1 - a) >= 0.05) return said;
  return `${said} At ŷ = ${end} itself the ${BCE} for label ${wrong} would be infinite (∞), because it `
    + `contains log 0; the ${SQUARED} would be 0.5. So ŷ stops short of that.`;
}

/** What can be seen: compared with helpers.figures.loss_text. */
function describeLoss({ at, stops, mine }) {
  const a = stops[at];
  const rows = Object.entries(LOSSES).map(([name, [loss, slope]]) => ({ name,
    of: [0, 1].map((y) => ({ loss: loss(y, a), slope: slope(y, a) })) }));
  const said = [1, 0].map((y) => `Label ${y}, prediction ${number(a, 6)}: ${rows
    .map(({ name, of }) => `${name} ${number(of[y].loss, 3)}, slope ${slopeText(of[y].slope)}`).join("; ")}.`);
  if (mine) {
    const of = [0, 1].map((y) => ({ loss: mine.losses[y][at], slope: mine.slopes[y][at] }));
    rows.push({ name: `your ${mine.label}`, of });
    const given = (y) => `${of[y].loss === null ? "no number" : number(of[y].loss, 3)} for label ${y}`;
    said.push(`Your ${mine.label} gives ${given(1)}, ${given(0)}.`);
  }
  return { a, rows, said: said.join(" "), remark: meaning(a) };
}

export const explorer = {
  start({ at, stops, mine }) {
    finite(stops, stops[at]);
    return { at, stops, mine };
  },
  describe: describeLoss,

  build(state, change) {
    const { stops, mine } = state, looks = [...LOSS_LOOKS, ...(mine ? [YOURS] : [])],
      names = [BCE, SQUARED, ...(mine ? [`your ${mine.label}`] : [])];
    const put = (a) => {
      const near = stops.reduce((best, stop,
        i) => (Math.abs(stop - a) < Math.abs(stops[best] - a) ? i : best), 0);
      change({ at: near });
    };
    const step = (by) => change({ at: Math.max(0, Math.min(stops.length - 1, state.at + by)) });
    const prediction = slider("ŷ", { values: stops, get: () => stops[state.at], put,
      say: (a) => number(a, 6) });
    const rows = rowTable(["label 1", "label 0"],
      names.flatMap((label, i) => [{ look: looks[i], label }, { label: "its slope" }]));
    const remark = h("p");

    const drawings = [1, 0].map((y) => {
      const x = [-0.03, 1.03], height = [-0.15, TOP];
      const axes = plane(`The losses for label ${y}`, { x, y: height, xTicks: [0, 0.5, 1],
        yTicks: [0, 1, 2, 3, 4, 5], xLabel: "prediction ŷ", yLabel: "loss", width: 275, height: 390,
        top: 34, grid: true });
      const place = sweep(axes, { x, y: height, put, step });
      const grid = Array.from({ length: 500 }, (_, i) => (i + 0.5) / 500);
      if (mine) axes.back.append(svg("path",
        { d: pathOf(axes, stops.map((a, i) => [a, mine.losses[y][i] ?? NaN])), fill: "none",
        stroke: YOURS.color, "stroke-width": 8, opacity: 0.55 }));
      [BCE, SQUARED].forEach((name, i) => {
        const drawn = curveOf(LOSS_LOOKS[i]);
        set(drawn, { d: pathOf(axes, grid.map((a) => [a, LOSSES[name][0](y, a)])) });
        axes.back.append(drawn);
      });
      const marks = looks.map(markOf),
        tangents = [BCE, SQUARED].map(() => svg("line", { stroke: "var(--ink)", "stroke-width": 1.8 }));
      const away = svg("text", { y: axes.py(TOP) + 16 });
      axes.back.append(...tangents, ...marks);
      axes.front.append(svg("text", { x: 46, y: 16, "font-weight": 600 }, `label ${y}`), away);
      return { y, axes, marks, tangents, away, place };
    });

    /** Draw a piece of the tangent, as long on the page for every slope. */
    function tangent(node, { px, py }, a, { loss, slope }) {
      const way = [px(1) - px(0), (py(1) - py(0)) * slope], half = 42 / Math.hypot(...way);
      const [x, y] = [px(a), py(loss)];
      set(node, { x1: x - half * way[0], x2: x + half * way[0], y1: y - half * way[1],
        y2: y + half * way[1] });
    }
    function drawOne({ y, axes, marks, tangents, away, place }, { a, rows: found }) {
      place(a, `ŷ, for label ${y}`, number(a, 6));
      found.forEach(({ of }, i) => {
        const high = of[y].loss > TOP;
        putMark(marks[i], axes.px(a), axes.py(of[y].loss === null ? -9 : Math.min(of[y].loss, TOP - 0.12)));
        if (tangents[i]) { tangent(tangents[i], axes, a, of[y]); show(tangents[i], !high); }
      });
      const loss = found[0].of[y].loss;
      show(away, loss > TOP);
      write(away, `↑ ${number(loss)}`);
      set(away, { x: axes.px(a) + (a > 0.5 ? -14 : 14), "text-anchor": a > 0.5 ? "end" : "start" });
    }
    function draw(seen) {
      drawings.forEach((one) => drawOne(one, seen));
      rows.fill(seen.rows.flatMap(({ of }) =>
        [[1, 0].map((y) => (of[y].loss === null ? "no number" : lossText(of[y].loss))),
        [1, 0].map((y) => (of[y].slope === null ? "unknown" : slopeText(of[y].slope)))]));
      write(remark, seen.remark);
    }
    return { main: [prediction], more: [rows, remark], picture: together(drawings.map(({ axes }) => axes),
      { beside: true }), draw };
  },
};
