// The training explorer: go through a recorded run, epoch by epoch.
import { button, choice, clamp, finite, h, hatching, line, number, plane, player, scientific, set, show, slider, svg, table, toggle, write } from "./kit.mjs";
import { grouped } from "./numbers.mjs";

const PIXELS = 60; // of the plane, per side
const TOP = 3; // losses above this are cut off, unless most are
const [LEVELS, SURE] = [[0.5], [0.1, 0.9]];

// Arithmetic, compared with Python ------------------------------------------------------------

/** Take the weights of one epoch apart: W1 has two rows, then come b1, W2 and b2. */
export function parameters(flat) {
  const n = (flat.length - 1) / 4, part = (i) => flat.slice(i * n, (i + 1) * n);
  return { W1: [part(0), part(1)], b1: part(2), W2: part(3), b2: flat[4 * n] };
}

/** Predict one row: ReLU, then a sigmoid. */
export function chance([x1, x2], { W1, b1, W2, b2 }) {
  const z = b1.reduce((sum, b, i) => sum + Math.max(0, W1[0][i] * x1 + W1[1][i] * x2 + b) * W2[i], b2);
  return 1 / (1 + Math.exp(-z));
}

/** List the hidden units, from 1, that are 0 for every row: they learn no more. */
export function dead(X, { W1, b1 }) {
  return b1.flatMap((b, i) =>
    (X.every(([x1, x2]) => W1[0][i] * x1 + W1[1][i] * x2 + b <= 0) ? [i + 1] : []));
}

const whole = (flat) => flat.every(Number.isFinite);

/** Predict a grid of PIXELS × PIXELS points over the plane, row by row from below. */
function predictions({ low, high }, weights) {
  const along = (j) => Array.from({ length: PIXELS }, (_, i) => low[j] + (i * (high[j] - low[j])) / (PIXELS - 1));
  const [xs, ys] = [along(0), along(1)];
  return { xs, ys, p: ys.map((y) => xs.map((x) => chance([x, y], weights))) };
}

/** Return the pieces of the line where p is a level: pairs of points, cell by cell. */
export function contour({ xs, ys, p }, level) {
  const pieces = [];
  const cross = (a, b, from, to) => from + ((level - a) / (b - a)) * (to - from);
  for (let i = 0; i + 1 < ys.length; i++)
    for (let j = 0; j + 1 < xs.length; j++) {
      const [a, b, c, d] = [p[i][j], p[i][j + 1], p[i + 1][j + 1], p[i + 1][j]];
      const found = [];
      if (a > level !== b > level) found.push([cross(a, b, xs[j], xs[j + 1]), ys[i]]);
      if (b > level !== c > level) found.push([xs[j + 1], cross(b, c, ys[i], ys[i + 1])]);
      if (c > level !== d > level) found.push([cross(d, c, xs[j], xs[j + 1]), ys[i + 1]]);
      if (d > level !== a > level) found.push([xs[j], cross(a, d, ys[i], ys[i + 1])]);
      for (let k = 0; k + 1 < found.length; k += 2) pieces.push([found[k], found[k + 1]]);
    }
  return pieces;
}

// Words ----------------------------------------------------------------------------------------

/** Write a loss with three decimals; without, where it is large. */
export function lossText(value) {
  if (!Number.isFinite(value)) return "not a finite number";
  if (value >= 1e6) return scientific(value, 0);
  if (value >= 100) return grouped(value);
  const [whole, rest = ""] = number(value, 3).split(".");
  return `${whole}.${rest.padEnd(3, "0")}`;
}

/** Write a weight in at most seven signs. */
export function weightText(value, decimals = 2) {
  if (!Number.isFinite(value)) return "∞";
  if (Math.abs(value) >= 1000) return scientific(value, 0);
  return number(value, Math.abs(value) >= 10 ? 0 : decimals);
}

function deadText(off, hidden) {
  if (!off.length) return `Dead hidden units: none of ${hidden}.`;
  if (off.length === hidden)
    return `Dead hidden units: all ${hidden}. Every training row gets the same prediction.`;
  return `Dead hidden units: ${off.length} of ${hidden} (${off.map((i) => `h${i}`).join(", ")}).`;
}

/** Say where the run was best, and whether it diverged or memorizes. */
function remark({ epoch, loss, valLoss, best, diverged }) {
  const judged = valLoss ?? loss;
  const lowest = `The ${valLoss ? "validation" : "training"} loss is lowest at epoch ${best}: ${lossText(judged[best])}.`;
  const said = valLoss ? lowest
    : `${lowest} All rows are trained on, so there are none to validate with.`;
  if (diverged !== null)
    return `${said} The run diverged: at epoch ${diverged} the loss or a weight became too large for `
      + "the computer's numbers. Try a lower learning rate.";
  if (loss[epoch] > 10 * loss[0])
    return `${said} The training loss is more than 10 times that of the start: the steps are too long.`;
  const memorizes = valLoss && epoch > best && loss[epoch] < 0.9 * loss[best]
    && valLoss[epoch] > 1.25 * valLoss[best];
  return memorizes ? `${said} Since then the training loss has gone down and the validation loss up: `
    + "a sign of overfitting." : said;
}

/** What helpers.figures.training_run.epoch_text says. */
function epochText({ data, epoch, epochs, loss, valLoss, accuracy, X }) {
  const said = Number.isFinite(loss[epoch])
    ? `${Math.round((1 - accuracy[epoch]) * X.length)} of ${X.length} training rows on the wrong side`
    : "some predictions are not numbers";
  const validation = valLoss ? `, validation loss ${lossText(valLoss[epoch])}` : "";
  return `${data} after epoch ${epoch} of ${epochs.length - 1}: ${said}, training loss `
    + `${lossText(loss[epoch])}${validation}.`;
}

// The explorer ----------------------------------------------------------------------------------

export const explorer = {
  start({ data, X, y, Xv, yv, low, high, epochs, loss, accuracy, valLoss, valAccuracy, best, diverged,
    largest, before, compared }) {
    const fits = epochs.length && X.length === y.length && loss.length === epochs.length
      && (!valLoss || valLoss.length === epochs.length) && epochs.every((flat) => flat.length % 4 === 1);
    if (!fits) throw new Error("an epoch or a row is missing");
    finite(X, y, low, high, best, largest);
    return { data, X, y, Xv, yv, low, high, epochs, loss, accuracy, valLoss, valAccuracy, best, diverged,
      largest, before, compared, epoch: 0, chosen: 0, lines: false };
  },

  describe(state) {
    const { epoch, epochs, X, chosen, compared } = state;
    const flat = epochs[epoch], known = whole(flat), weights = parameters(flat);
    const off = known ? dead(X, weights) : [];
    const hidden = weights.b1.length;
    const one = chosen ? ` Hidden unit ${chosen} is above 0 where ${halfPlane(weights, chosen - 1)} > 0.` : "";
    const said = `${epochText(state)} ${remark(state)} ${deadText(off, hidden)}${one}`
      + (compared ? ` ${compared}` : "");
    return { weights, off, hidden, known, said };
  },

  build(state, change) {
    const last = state.epochs.length - 1, hidden = explorer.describe(state).hidden;
    const go = (epoch) => change({ epoch: clamp(epoch, 0, last) });
    const epoch = slider("epoch", { low: 0, high: last, step: 1, get: () => state.epoch,
      put: (value) => { play.stop(); go(value); } });
    const play = player("Play", { perSecond: 60, title: "Go through all epochs", tick: () => {
      go(state.epoch === last ? 0 : state.epoch + 1);
      return state.epoch < last;
    } });
    const to = (name, place, title) => button(name, () => { play.stop(); go(place); }, { title });
    const walk = line(play, to("Start", 0, "Go to the weights before training"),
      to("Lowest loss", state.best, "Go to the epoch with the lowest loss on the rows that judge"));
    const unit = choice("hidden unit", Array.from({ length: hidden + 1 }, (_, i) => i),
      { get: () => state.chosen, put: (chosen) => change({ chosen }), label: (i) => (i ? `h${i}` : "none") });
    const all = toggle("show where every hidden unit begins", { get: () => state.lines,
      put: (lines) => change({ lines }) });
    const sides = state.valLoss ? ["training", "validation"] : ["training"];
    const rows = table(["", ...sides], 2);
    const legend = h("p", { class: "aside" }, "○ label 0 · ■ label 1"
      + `${state.valLoss ? " · small: validation" : ""} · dashed: ŷ = 0.1 and 0.9 · ★ lowest loss `
      + "· † dead: 0 in every training row");

    const { plane: ground, ...parts } = drawnPlane(state);
    const curves = drawnLosses(state);
    const grid = drawnWeights(hidden, (chosen) => change({ chosen: chosen === state.chosen ? 0 : chosen }));
    set(ground.svg, { x: 0, y: 0, width: 300, height: 300 });
    set(curves.svg, { x: 300, y: 0, width: 270, height: 300 });
    set(grid.svg, { x: 0, y: 306, width: 570, height: 150 });
    const picture = svg("svg", { viewBox: "0 0 570 458", role: "group",
      "aria-label": "The boundary, the losses, and the weights of an epoch" },
    svg("defs", {}, hatching("ones", "var(--ones)", "var(--ones-edge)")), ground.svg, curves.svg, grid.svg);

    function draw(seen) {
      parts.draw(state, seen);
      curves.draw(state);
      grid.draw(state, seen);
      const of = (name, write) => [name, ...[["loss", "accuracy"], ["valLoss", "valAccuracy"]]
        .slice(0, sides.length).map((pair) => write(state[pair[name === "loss" ? 0 : 1]][state.epoch]))];
      rows.fill([of("loss", lossText), of("accuracy", (v) => (v === null ? "none" : number(v, 3)))]);
    }
    return { above: [epoch], main: [walk, unit, all], more: [rows, legend], picture, draw };
  },
};

/** Write what a hidden unit adds up. */
function halfPlane({ W1, b1 }, i) {
  const signed = (v) => `${v < 0 ? "−" : "+"} ${weightText(Math.abs(v))}`;
  return `${weightText(W1[0][i])}·x1 ${signed(W1[1][i])}·x2 ${signed(b1[i])}`;
}

const trace = (points) => `M${points.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L")}`;

/** The plane of the two inputs: rows, the side of class 1, the boundary, what hidden units see. */
function drawnPlane({ low, high, X, y, Xv, yv }) {
  const ticks = (j) => Array.from({ length: 21 }, (_, i) => i - 10)
    .filter((v) => v >= low[j] && v <= high[j] && (high[j] - low[j] < 6 || v % 2 === 0));
  const axes = plane("The plane of the two inputs", { x: [low[0], high[0]], y: [low[1], high[1]],
    xTicks: ticks(0), yTicks: ticks(1), xLabel: "x₁", yLabel: "x₂", width: 300, height: 300 });
  const side = svg("path", { fill: "url(#ones)" });
  const half = svg("polygon", { fill: "var(--mark)", "fill-opacity": 0.35 });
  const bends = svg("path", { fill: "none", stroke: "var(--gray)", "stroke-width": 1.2 });
  const border = svg("path", { fill: "none", stroke: "var(--ink)", "stroke-width": 2.5 });
  const sure = svg("path", { fill: "none", stroke: "var(--gray)", "stroke-dasharray": "5 4" });
  const bend = svg("path", { fill: "none", stroke: "var(--focus)", "stroke-width": 2.5 });
  const lost = svg("text", { x: 172, y: 130, "text-anchor": "middle" }, "no boundary: not numbers");
  axes.back.append(side, half, bends, sure, border, bend);
  const mark = ([x1, x2], label, r) => (label
    ? svg("rect", { x: axes.px(x1) - r, y: axes.py(x2) - r, width: 2 * r, height: 2 * r, fill: "var(--one)" })
    : svg("circle", { cx: axes.px(x1), cy: axes.py(x2), r, fill: "var(--paper)", stroke: "var(--zero)", "stroke-width": r / 2.5 }));
  axes.front.append(...(Xv ?? []).map((x, i) => mark(x, yv[i], 1.8)), ...X.map((x, i) => mark(x, y[i], 4.5)), lost);

  const cells = (grid) => { // runs of one row become one rectangle each
    const [dx, dy] = [axes.px(grid.xs[1]) - axes.px(grid.xs[0]), axes.py(grid.ys[1]) - axes.py(grid.ys[0])];
    return grid.ys.flatMap((v, i) => {
      const runs = [];
      grid.p[i].forEach((p, j) => {
        if (p > 0.5 && grid.p[i][j - 1] > 0.5) runs.at(-1)[1] = j;
        else if (p > 0.5) runs.push([j, j]);
      });
      return runs.map(([from, to]) => `M${(axes.px(grid.xs[from]) - dx / 2).toFixed(1)} ${(axes.py(v) - dy / 2).toFixed(1)}`
        + `h${(dx * (to - from + 1)).toFixed(1)}v${dy.toFixed(1)}h${(-dx * (to - from + 1)).toFixed(1)}z`);
    }).join("");
  };
  const lines = (grid, levels) => levels.flatMap((level) => contour(grid, level))
    .map((piece) => trace(piece.map(([a, b]) => [axes.px(a), axes.py(b)]))).join("");
  const corners = [[low[0], low[1]], [high[0], low[1]], [high[0], high[1]], [low[0], high[1]]];
  const seenBy = ({ W1, b1 }, i) => { // the part of the plane where a hidden unit is above 0, and its edge
    const sum = (x) => W1[0][i] * x[0] + W1[1][i] * x[1] + b1[i], edge = [];
    const area = corners.flatMap((corner, k) => {
      const after = corners[(k + 1) % 4], [here, there] = [sum(corner), sum(after)];
      const kept = here > 0 ? [corner] : [];
      if (here > 0 === there > 0) return kept;
      const point = corner.map((v, j) => v + ((after[j] - v) * here) / (here - there));
      edge.push(point);
      return [...kept, point];
    });
    const place = (points) => points.map(([a, b]) => [axes.px(a), axes.py(b)]);
    return { area: place(area), edge: place(edge) };
  };
  const draw = (state, { weights, known, hidden }) => {
    show(lost, !known);
    const grid = known ? predictions(state, weights) : null;
    set(side, { d: grid ? cells(grid) : "" });
    set(border, { d: grid ? lines(grid, LEVELS) : "" });
    set(sure, { d: grid ? lines(grid, SURE) : "" });
    const every = known && state.lines ? Array.from({ length: hidden }, (_, i) => seenBy(weights, i).edge) : [];
    set(bends, { d: every.filter((edge) => edge.length === 2).map(trace).join("") });
    const one = known && state.chosen ? seenBy(weights, state.chosen - 1) : { area: [], edge: [] };
    set(half, { points: one.area.map((p) => p.join(",")).join(" ") });
    set(bend, { d: one.edge.length === 2 ? trace(one.edge) : "" });
  };
  return { plane: axes, draw };
}

/** The losses of the whole run, with the epoch marked; most of them high means a log scale. */
function drawnLosses({ loss, valLoss, best, before }) {
  const judged = valLoss ?? loss, known = [...loss, ...(valLoss ?? [])].filter(Number.isFinite);
  const largest = Math.max(...known, 0.1), last = loss.length - 1;
  const high = loss.filter((v) => !(v <= TOP)).length > loss.length / 2;
  const power = (v) => Math.log10(Math.max(v, 1e-3));
  const [bottom, top] = high ? [-3, Math.ceil(power(Math.min(largest, 1e30)))] : [0, Math.min(Math.max(1.2 * largest, 0.8), TOP)];
  const ticks = high ? [-3, 0, top] : [0, top > 1.5 ? 1 : 0.5, ...(top > 2 ? [2] : top > 1 ? [1] : [])];
  const axes = plane("The losses, epoch by epoch", { x: [0, last], y: [bottom, top], xTicks: [0, last / 2, last],
    yTicks: [...new Set(ticks)], xLabel: "epoch", yLabel: "loss", width: 270, height: 300, left: 48,
    yTick: high ? (v) => scientific(10 ** v).replace("1·", "") : number });
  const height = (v) => axes.py(clamp(Number.isFinite(v) ? (high ? power(v) : v) : top, bottom, top));
  const curve = (values, look) => svg("path", { fill: "none", d: trace(values.map((v, i) => [axes.px(i), height(v)])), ...look });
  const looks = [{ stroke: "var(--third)", "stroke-width": 2 }, { stroke: "var(--fourth)", "stroke-width": 2, "stroke-dasharray": "6 4" }];
  const now = svg("line", { y1: axes.py(bottom), y2: axes.py(top), stroke: "var(--gray)" });
  const dots = looks.slice(0, valLoss ? 2 : 1).map(({ stroke }) => svg("circle", { r: 5, fill: stroke, stroke: "var(--ink)" }));
  const star = svg("text", { x: axes.px(best), y: height(judged[best]) + 6, "text-anchor": "middle", "font-size": 18 }, "★");
  const names = ["training", "validation"].slice(0, dots.length).map((name, i) =>
    svg("text", { x: 262, y: 26 + 18 * i, "text-anchor": "end" }, `${i ? "- -" : "—"} ${name}`));
  axes.back.append(...(before ? [curve(before, { stroke: "var(--gray)", "stroke-dasharray": "2 3" })] : []),
    curve(loss, looks[0]), ...(valLoss ? [curve(valLoss, looks[1])] : []), now);
  axes.front.append(star, ...dots, ...names, ...(before ? [svg("text", { x: 262, y: 26 + 18 * dots.length, "text-anchor": "end" }, "··· before")] : []));
  const draw = ({ epoch }) => {
    set(now, { x1: axes.px(epoch), x2: axes.px(epoch) });
    dots.forEach((dot, i) => set(dot, { cx: axes.px(epoch), cy: height([loss, valLoss][i][epoch]) }));
  };
  return { svg: axes.svg, draw };
}

/** Weights and biases as squares, one column for each hidden unit; a click on one chooses it. */
function drawnWeights(hidden, choose) {
  const width = 570, left = 58, step = Math.min((width - left) / (hidden + 1), 60), full = 15;
  const center = (column) => left + (column + 0.5) * step;
  const drawing = svg("svg", { viewBox: `0 0 ${width} 150`, role: "group", "aria-label": "Weights and biases" });
  ["from x1", "from x2", "bias", "to ŷ"].forEach((name, row) =>
    drawing.append(svg("text", { x: left - 6, y: 42 + 31 * row, "text-anchor": "end", "font-size": 12 }, name)));
  const columns = Array.from({ length: hidden }, (_, i) => {
    const back = svg("rect", { x: center(i) - step / 2 + 1, y: 4, width: step - 2, height: 144, rx: 4, fill: "transparent" });
    const name = svg("text", { x: center(i), y: 18, "text-anchor": "middle", "font-weight": 600 });
    const group = svg("g", { style: "cursor:pointer", onclick: () => choose(i + 1) }, back, name);
    drawing.append(group);
    return { group, back, name };
  });
  drawing.append(svg("text", { x: center(hidden), y: 18, "text-anchor": "middle", "font-weight": 600 }, "ŷ"));
  const cell = (parent, column, row) => {
    const square = svg("rect", {}), text = svg("text", { x: center(column), y: 51 + 31 * row,
      "text-anchor": "middle", "font-size": hidden > 8 ? 8 : 10 });
    parent.append(square, text);
    return (value, share) => {
      const side = full * Math.sqrt(Number.isFinite(value) ? Math.min(Math.abs(value) / share, 1) : 1);
      set(square, { x: center(column) - side / 2, y: 32 + 31 * row - side / 2, width: side, height: side,
        fill: `var(--${value < 0 ? "minus" : "plus"})` });
      const said = weightText(value, hidden > 8 ? 1 : 2);
      write(text, value > 0 && said !== "0" ? `+${said}` : said);
    };
  };
  const cells = columns.map(({ group }, i) => [0, 1, 2, 3].map((row) => cell(group, i, row)));
  const last = cell(drawing, hidden, 2);
  const draw = ({ chosen, largest }, { weights, off }) => {
    const { W1, b1, W2, b2 } = weights;
    columns.forEach(({ back, name }, i) => {
      const isDead = off.includes(i + 1);
      write(name, `h${i + 1}${isDead ? "†" : ""}`);
      set(back, { fill: isDead ? "var(--faint)" : "transparent",
        stroke: chosen === i + 1 ? "var(--focus)" : "none", "stroke-width": 2 });
      [W1[0][i], W1[1][i], b1[i], W2[i]].forEach((value, row) => cells[i][row](value, largest));
    });
    last(b2, largest);
  };
  return { svg: drawing, draw };
}
