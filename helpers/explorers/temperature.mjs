// Three scores and a temperature: what softmax makes of them. Scores and temperature are dragged.
import { clamp, finite, h, handle, number, plane, scientific, set, slider, small, snap, svg, write } from "./kit.mjs";
import { rowTable, together } from "./curves.mjs";
import { grouped } from "./numbers.mjs";
import { softmax } from "./reference.mjs";

const CLASSES = ["A", "B", "C"], MOST = 5, HALF = 0.5;

const share = (p) => (p > 0.9995 ? number(p, 5) : small(p));

/** Write e^gap, rounded to what can be read. */
function times(gap) {
  const factor = Math.exp(gap);
  return factor >= 1e6 ? scientific(factor) : factor < 100 ? number(factor) : grouped(factor);
}

/** What can be seen: compared with helpers.figures.softmax_text. */
function describeSoftmax({ logits, temperature }) {
  const p = softmax(logits, temperature);
  const [first, second] = [...logits].sort((a, b) => b - a), gap = (first - second) / temperature;
  const factor = gap === 0 ? "exactly as likely as" : `${times(gap)} times as likely as`;
  const shares = p.map((value, i) => `${CLASSES[i]} ${share(value)}`).join(", ");
  return { p, gap,
    said: `Softmax of the scores ${logits.map((z) => number(z)).join(", ")} at temperature ${number(temperature)}: ${shares}.`,
    remark: `The class with the largest score is ${factor} the next one: e^${number(gap)}, from the gap `
      + "of the scores over the temperature." };
}

export const explorer = {
  start({ logits, temperature }) {
    finite(CLASSES.map((_, i) => logits[i]), temperature);
    return { logits, temperature };
  },
  describe: describeSoftmax,

  build(state, change) {
    const score = (z) => clamp(snap(z, HALF), -MOST, MOST) + 0;
    const put = (i, z) => change({ logits: state.logits.map((old, j) => (j === i ? score(z) : old)) });
    const temperature = slider("temperature", { low: 0.1, high: 5, step: 0.1, get: () => state.temperature,
      put: (value) => change({ temperature: value }) });
    const scores = CLASSES.map((name, i) =>
      slider(`score ${name}`, { low: -MOST, high: MOST, step: HALF, get: () => state.logits[i],
      put: (z) => put(i, z) }));
    const rows = rowTable(["score", "probability"], CLASSES.map((name) => ({ label: `class ${name}` }))),
      remark = h("p");

    const places = { x: [0.4, 3.6], width: 275, height: 370, top: 26, bottom: 42 };
    const left = plane("The scores", { ...places, y: [-5.6, 5.6], yTicks: [-4, -2, 0, 2, 4], grid: true });
    const right = plane("The probabilities", { ...places, y: [0, 1.08], yTicks: [0, 0.5, 1], grid: true });
    const name = (axes, text) => axes.front.append(svg("text", { x: 46, y: 16, "font-weight": 600 }, text),
      ...CLASSES.map((letter, i) => svg("text", { x: axes.px(i + 1), y: places.height - 20,
        "text-anchor": "middle" }, `class ${letter}`)));
    name(left, "score: drag it");
    name(right, "probability");
    left.back.append(svg("line", { x1: left.px(0), x2: left.px(4), y1: left.py(0), y2: left.py(0),
      stroke: "var(--ink)" }));
    const knobs = CLASSES.map((letter, i) => {
      const stem = svg("line", { x1: left.px(i + 1), x2: left.px(i + 1), y1: left.py(0),
        stroke: "var(--second)", "stroke-width": 4 });
      const knob = svg("g", {}, svg("circle", { r: 18, fill: "transparent" }),
        svg("circle", { r: 9, fill: "var(--second)", stroke: "var(--paper)", "stroke-width": 2 }));
      const say = handle(knob, { at: left.at, move: (_, z) => put(i, z),
        nudge: (dx, dy) => put(i, state.logits[i] + HALF * (dx + dy)) });
      left.front.append(stem, knob);
      return { stem, knob, say };
    });
    const bars = CLASSES.map((letter, i) => {
      const bar = svg("rect", { x: right.px(i + 1) - 27, width: 54, fill: "var(--second)" }),
        text = svg("text", { x: right.px(i + 1), "text-anchor": "middle", "font-weight": 600 });
      right.front.append(bar, text);
      return { bar, text };
    });

    function draw({ p, remark: said }) {
      state.logits.forEach((z, i) => {
        const y = left.py(z), top = right.py(p[i]);
        set(knobs[i].stem, { y2: y });
        set(knobs[i].knob, { transform: `translate(${left.px(i + 1)} ${y})` });
        knobs[i].say(`score ${CLASSES[i]}, in the picture`, number(z), z);
        set(bars[i].bar, { y: top, height: right.py(0) - top });
        set(bars[i].text, { y: top - 5 });
        write(bars[i].text, share(p[i]));
      });
      rows.fill(state.logits.map((z, i) => [number(z), small(p[i], 5)]));
      write(remark, said);
    }
    return { main: [temperature], more: [...scores, rows, remark],
      picture: together([left, right], { beside: true }), draw };
  },
};
