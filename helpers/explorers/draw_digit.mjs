// Draw a digit: what the network sees of it, and its ten probabilities.
import { button, clamp, finite, h, handle, line, number, set, show, svg, write } from "./kit.mjs";
import { relu, softmax } from "./reference.mjs";

const SIDE = 32, BLOCK = 4; // the grid of the scanned forms, and the squares that are counted
const WIDEST = 24; // most digits of the data leave four columns free at each side
const INK = 310; // how much of the grid a digit of the data covers: 303 to 330 on average
const PEN = [2.5, 7]; // thinnest and thickest, in squares of the grid
const SMALLEST = 0.08; // of the paper: less is a dot, not a digit
const STEP = 1 / 32; // what an arrow key moves the pen

// Arithmetic, compared with Python ------------------------------------------------------------

/** Return the smallest box around all points: [x, y] of its corners. */
function box(strokes) {
  const points = strokes.flat(), along = (j) => points.map((p) => p[j]);
  return [Math.min, Math.max].map((most) => [0, 1].map((j) => most(...along(j))));
}

const length = (strokes) => strokes.reduce((sum, stroke) => stroke.slice(1).reduce(
  (part, p, i) => part + Math.hypot(p[0] - stroke[i][0], p[1] - stroke[i][1]), sum), 0);

/**
 * Fit strokes into the grid as the digits of the data were: all of its height, in the middle.
 *
 * The pen is as thick as it takes to cover what a digit of the data covers.
 */
export function fitted(strokes) {
  const [low, high] = box(strokes), [wide, tall] = [0, 1].map((j) => high[j] - low[j]);
  let pen = BLOCK, grid = strokes;
  for (let pass = 0; pass < 3; pass++) { // the pen takes room, and the room decides about the pen
    const down = (SIDE - pen) / Math.max(tall, SMALLEST);
    const across = Math.min(down, (WIDEST - pen) / Math.max(wide, SMALLEST));
    const place = (v, j, scale) => (v - (low[j] + high[j]) / 2) * scale + SIDE / 2;
    grid = strokes.map((stroke) => stroke.map(([x, y]) => [place(x, 0, across), place(y, 1, down)]));
    pen = clamp(INK / Math.max(length(grid), 1e-9), ...PEN);
  }
  return { grid, pen };
}

/** Tell which squares of the grid a pen covers: a middle no further off than half the pen. */
function covered({ grid, pen }) {
  const on = new Uint8Array(SIDE * SIDE), reach = (pen / 2) ** 2;
  for (const stroke of grid)
    stroke.forEach((b, i) => {
      const a = stroke[Math.max(i - 1, 0)], d = [b[0] - a[0], b[1] - a[1]];
      const square = d[0] ** 2 + d[1] ** 2;
      const ends = (j) => [Math.max(0, Math.floor(Math.min(a[j], b[j]) - pen)),
        Math.min(SIDE, Math.ceil(Math.max(a[j], b[j]) + pen))];
      const [left, right] = ends(0), [top, bottom] = ends(1);
      for (let row = top; row < bottom; row++)
        for (let column = left; column < right; column++) {
          const [x, y] = [column + 0.5 - a[0], row + 0.5 - a[1]];
          const t = square ? clamp((x * d[0] + y * d[1]) / square, 0, 1) : 0;
          if ((x - t * d[0]) ** 2 + (y - t * d[1]) ** 2 <= reach) on[row * SIDE + column] = 1;
        }
    });
  return on;
}

/** Reduce strokes to 64 inputs: how much of each square of 4 × 4 is covered, from 0 to 1. */
export function reduced(strokes) {
  const inputs = Array(64).fill(0);
  covered(fitted(strokes)).forEach((on, i) => {
    const row = Math.floor(i / SIDE / BLOCK), column = Math.floor((i % SIDE) / BLOCK);
    inputs[8 * row + column] += on / BLOCK ** 2;
  });
  return inputs;
}

const layer = (x, W, b) => b.map((bias, j) => x.reduce((sum, v, i) => sum + v * W[i][j], bias));

/** Run one row through the network: ReLU, then softmax, as reference.forward_classes. */
export function probabilities(x, { W1, b1, W2, b2 }) {
  return softmax(layer(layer(x, W1, b1).map(relu), W2, b2));
}

const tooSmall = (strokes) => {
  const [low, high] = box(strokes);
  return high[0] - low[0] < SMALLEST && high[1] - low[1] < SMALLEST;
};

/** Write a probability in percent. */
const percent = (p) => (p > 0.9995 ? "over 99.9 %" : p < 0.0005 ? "under 0.1 %" : `${number(100 * p, 1)} %`);

// The explorer ----------------------------------------------------------------------------------

export const explorer = {
  start({ params, examples }) {
    const { W1, b1, W2, b2 } = params;
    const whole = W1.length === 64 && W1.every((row) => row.length === b1.length)
      && W2.length === b1.length && W2.every((row) => row.length === 10) && b2.length === 10;
    if (!whole || !examples.length) throw new Error("a weight or an example is missing");
    finite(W1, W2, b1, b2);
    return { params, examples, shown: 0, strokes: examples[0].strokes, byHand: false,
      pen: [0.5, 0.5], down: false };
  },

  describe({ params, strokes, byHand, shown, examples }) {
    const source = byHand ? "Your drawing" : `An example, drawn as a ${examples[shown].digit}`;
    if (!strokes.flat().length)
      return { inputs: null, P: null, said: "The paper is empty. Draw a digit from 0 to 9." };
    if (tooSmall(strokes))
      return { inputs: null, P: null, said: `${source} is too small to be a digit. Draw it larger.` };
    const inputs = reduced(strokes), P = probabilities(inputs, params);
    const [first, second] = [...P.keys()].sort((a, b) => P[b] - P[a]);
    return { inputs, P, best: first, said: `${source}: the network says ${first} with `
      + `${percent(P[first])}, then ${second} with ${percent(P[second])}.` };
  },

  build(state, change) {
    const fresh = () => (state.byHand ? state.strokes : []);
    const on = ([x, y]) => [clamp(x, 0, 1), clamp(y, 0, 1)].map((v) => Math.round(v * 1000) / 1000);
    const begin = (point) => change({ strokes: [...fresh(), [on(point)]], byHand: true, pen: on(point) });
    const goOn = (point) => {
      const all = state.strokes.slice(0, -1), last = state.strokes.at(-1);
      change({ strokes: [...all, [...last, on(point)]], pen: on(point) });
    };
    const buttons = line(
      button("Clear", () => change({ strokes: [], byHand: true, down: false }),
        { title: "Begin with empty paper", may: () => state.strokes.length > 0 }),
      button("Undo", () => change({ strokes: state.strokes.slice(0, -1), down: false }),
        { title: "Take the last stroke back", may: () => state.byHand && state.strokes.length > 0 }),
      button("Next example", () => {
        const shown = state.byHand ? state.shown : (state.shown + 1) % state.examples.length;
        change({ shown, strokes: state.examples[shown].strokes, byHand: false, down: false });
      }, { title: "See a drawing of another digit" }));
    const hint = h("p", { class: "aside" }, "Draw on the paper with mouse or finger. With the keyboard: "
      + "Tab to the paper, arrow keys move the pen, the space bar puts it down and lifts it.");

    const [paperSide, gap, top] = [212, 14, 20], seenSide = 160, barsTop = top + paperSide + 34;
    const label = (x, y, text, anchor = "start") => svg("text", { x, y, "text-anchor": anchor }, text);
    const scale = (v) => v * paperSide;
    const ink = svg("path", { fill: "none", stroke: "var(--ink)", "stroke-width": 10,
      "stroke-linecap": "round", "stroke-linejoin": "round" });
    const tip = svg("circle", { r: 5, fill: "none", stroke: "var(--focus)", "stroke-width": 3 });
    const sheet = svg("rect", { width: paperSide, height: paperSide, fill: "var(--paper)",
      stroke: "var(--gray)" });
    const paper = svg("g", { transform: `translate(1 ${top})` }, sheet, ink, tip);
    const seenLeft = paperSide + gap, size = seenSide / 8;
    const squares = Array.from({ length: 64 }, (_, i) => svg("rect", { x: seenLeft + (i % 8) * size,
      y: top + Math.floor(i / 8) * size, width: size, height: size, fill: "var(--ink)" }));
    const frame = svg("rect", { x: seenLeft, y: top, width: seenSide, height: seenSide,
      fill: "none", stroke: "var(--gray)" });
    const width = seenLeft + seenSide + 1, tall = 74, column = width / 10;
    const bars = Array.from({ length: 10 }, (_, d) => {
      const middle = (d + 0.5) * column;
      return svg("g", {},
        svg("rect", { x: middle - 12, width: 24, fill: "var(--second)" }),
        svg("text", { x: middle, "text-anchor": "middle", "font-size": 12 }),
        label(middle, barsTop + tall + 18, d, "middle"));
    });
    const floor = svg("line", { x1: 0, x2: width, y1: barsTop + tall, y2: barsTop + tall,
      stroke: "var(--ink)" });
    const picture = svg("svg", { viewBox: `0 0 ${width} ${barsTop + tall + 26}`, role: "group",
      "aria-label": "The paper, what the network sees, and its ten probabilities" },
    label(1, 13, "your paper"), label(seenLeft, 13, "what it sees: 8 × 8"), paper, ...squares, frame,
    floor, ...bars);

    const at = (event) => {
      const p = new DOMPoint(event.clientX, event.clientY).matrixTransform(paper.getScreenCTM().inverse());
      return [p.x / paperSide, p.y / paperSide];
    };
    const say = handle(paper, { at, grab: (...point) => begin(point), move: (...point) => goOn(point),
      nudge: (dx, dy) => {
        const point = [state.pen[0] + STEP * dx, state.pen[1] - STEP * dy];
        if (state.down) goOn(point);
        else change({ pen: on(point) });
      } });
    paper.addEventListener("keydown", (event) => {
      if (event.key !== " ") return;
      event.preventDefault();
      state.down = !state.down;
      if (state.down) begin(state.pen);
      else change();
    });
    paper.addEventListener("pointerdown", () => { state.down = false; });

    function drawBars({ P, best }) {
      bars.forEach((bar, d) => {
        const [block, text] = bar.children, high = (P?.[d] ?? 0) * tall;
        set(block, { y: barsTop + tall - high, height: high,
          fill: `var(--${d === best ? "first" : "second"})` });
        set(text, { y: barsTop + tall - high - 4, "font-weight": d === best ? 700 : 400 });
        write(text, P && P[d] >= 0.005 ? number(P[d], 2) : "");
      });
    }
    function draw(seen) {
      set(ink, { d: state.strokes.map((stroke) =>
        `M${stroke.map(([x, y]) => `${scale(x)} ${scale(y)}`).join("L")}${stroke.length > 1 ? "" : "h0"}`).join("") });
      set(tip, { cx: scale(state.pen[0]), cy: scale(state.pen[1]),
        fill: state.down ? "var(--focus)" : "none" });
      show(tip, state.byHand);
      squares.forEach((square, i) => set(square, { "fill-opacity": number(seen.inputs?.[i] ?? 0, 4) }));
      drawBars(seen);
      const [x, y] = state.pen.map((v) => number(100 * v, 0));
      say("the paper", `pen ${state.down ? "down" : "up"} at ${x} across, ${y} down`, x);
    }
    return { main: [buttons], more: [hint], picture, draw };
  },
};
