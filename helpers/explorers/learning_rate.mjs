// The learning-rate explorer: one rate, a path, a loss curve and three zones.
import { button, choice, clamp, finite, h, handle, line, number, plane, scientific, set, show, slider, snap, svg, table, write } from "./kit.mjs";

const SETTLED = 0.01; // a rate is good if at most this share of the distance is left at the end
const REACH = 2.2; // the pictures show weights from −2.2 to 2.2
const [BOTTOM, TOP] = [-6, 4]; // powers of ten of the losses that are shown
const [LOWEST, HIGHEST] = [1e-3, 100]; // of the rates on the bar
const GRID = 0.05; // starts are multiples of it

// Arithmetic, compared with Python ------------------------------------------------------------

/** Follow descent with momentum on L = ½(h1·w1² + h2·w2²): v becomes β·v + g, w loses lr·v. */
export function descend(curvatures, start, lr, beta, steps) {
  let w = start, v = start.map(() => 0);
  const path = [w];
  for (let step = 0; step < steps; step++) {
    v = v.map((part, i) => beta * part + curvatures[i] * w[i]);
    w = w.map((part, i) => part - lr * v[i]);
    path.push(w);
  }
  return path;
}

/** Return the loss at every point of a path. */
export const losses = (curvatures, path) =>
  path.map((w) => w.reduce((sum, part, i) => sum + 0.5 * curvatures[i] * part ** 2, 0));

/** Return what a step multiplies the distance by in the long run: |1 − lr·h| without momentum. */
export function factor(curvature, lr, beta) {
  const half = (1 + beta - lr * curvature) / 2, square = half ** 2 - beta;
  return square < 0 ? Math.sqrt(beta) : Math.abs(half) + Math.sqrt(square);
}

/** Return the rate above which descent diverges: 2(1 + β) over the largest curvature. */
export const limit = (curvatures, beta) => (2 * (1 + beta)) / Math.max(...curvatures);

const left = (curvatures, lr, beta, steps) =>
  Math.max(...curvatures.map((curvature) => factor(curvature, lr, beta))) ** steps;

/** Say in which zone a rate lies: slow, good or diverges. */
export function zone(curvatures, lr, beta, steps) {
  if (lr > limit(curvatures, beta) * (1 + 1e-9)) return "diverges";
  return left(curvatures, lr, beta, steps) <= SETTLED ? "good" : "slow";
}

/** Return the zones of the whole bar, each as [from, to, name]. */
export function zones(curvatures, beta, steps) {
  const name = (lr) => zone(curvatures, lr, beta, steps);
  const scale = (k) => LOWEST * (HIGHEST / LOWEST) ** (k / 200);
  const found = [[LOWEST, HIGHEST, name(LOWEST)]];
  for (let k = 1; k <= 200; k++) {
    const next = name(scale(k)), last = found.at(-1);
    if (next === last[2]) continue;
    let [low, high] = [scale(k - 1), scale(k)];
    for (let halving = 0; halving < 40; halving++) {
      const middle = Math.sqrt(low * high);
      if (name(middle) === last[2]) low = middle;
      else high = middle;
    }
    last[1] = high;
    found.push([high, HIGHEST, next]);
  }
  return found;
}

// Words ----------------------------------------------------------------------------------------

/** Write a learning rate without an exponent. */
export const rateText = (lr) => number(Number(lr.toPrecision(4)), 8);

/** Write a number of any size; overflow is infinity. */
export function sizeText(value) {
  if (!Number.isFinite(value)) return "∞ (overflow)";
  return value === 0 || (Math.abs(value) >= 0.001 && Math.abs(value) < 1e5)
    ? number(value, 3) : scientific(value);
}

/** Say what becomes of a start that has a part in every direction. */
function fate({ lr, beta, steps }, curvatures, overflows) {
  const most = limit(curvatures, beta), directions = new Set(curvatures).size;
  const swings = curvatures.some((h) => lr * h > (1 - Math.sqrt(beta)) ** 2 * (beta ? 1 + 1e-9 : 1));
  const name = zone(curvatures, lr, beta, steps);
  if (name === "diverges")
    return `Diverges: every step overshoots by more than the one before.${overflows ? " The numbers overflow." : ""}`;
  if (Math.abs(lr - most) <= 1e-9 * most)
    return `At the limit: it swings from side to side${directions > 1 ? " along the steep direction" : ""} and gets no closer.`;
  if (name === "good") return `Good: it converges${swings ? ", swinging from side to side" : ""}.`;
  if (swings) return `Slow: it swings across the minimum${directions > 1 ? ", or crawls along the flat direction" : ""}.`;
  return "Slow: it crawls. The steps are too short.";
}

function verdict(state, curvatures, start, overflows) {
  const own = curvatures.filter((_, i) => start[i] !== 0);
  if (!own.length) return "The start is the minimum: the gradient is 0 there, and no rate moves it.";
  const said = fate(state, own, overflows);
  if (new Set(own).size === new Set(curvatures).size) return said;
  const missing = Math.max(...own) < Math.max(...curvatures) ? "steep" : "flat";
  return `${said} The zones hold for a general start; this start has no part in the ${missing} `
    + `direction, and its own limit is ${rateText(limit(own, state.beta))}.`;
}

function factorsText({ lr, beta, steps }, curvatures) {
  const each = [...new Set(curvatures)];
  const rest = `After ${steps} steps the worst direction has ${sizeText(left(curvatures, lr, beta, steps))} `
    + "times its distance left";
  if (!beta)
    return `One step multiplies the distance by ${each.map((one) =>
      `1 − ${rateText(lr)}·${rateText(one)} = ${sizeText(1 - lr * one)}`).join(", ")}. ${rest}.`;
  return `With β = ${number(beta)} a step multiplies the distance, in the long run, by ${each.map((one) =>
    `${sizeText(factor(one, lr, beta))} where the curvature is ${rateText(one)}`).join(", ")}. `
    + `${rest}, roughly.`;
}

function zonesText({ lr, beta, steps }, curvatures, spans) {
  const good = spans.find(([, , name]) => name === "good");
  const range = good ? `Good rates go from ${rateText(good[0])} to ${rateText(good[1])}`
    : `No rate is good within ${steps} steps`;
  return `${range}; above ${rateText(limit(curvatures, beta))} it diverges. `
    + `The rate ${rateText(lr)} is in the zone “${zone(curvatures, lr, beta, steps)}”.`;
}

// The explorer ----------------------------------------------------------------------------------

const ROWS = [0, 1, 2, 10, 100];

export const explorer = {
  start({ surfaces, surface, lr, rates, start, beta, steps }) {
    if (!surfaces[surface] || start.length !== 2) throw new Error("a surface or the start is missing");
    finite(lr, beta, steps, rates, start, Object.values(surfaces));
    return { surfaces, surface, lr, rates, begin: start, beta, steps };
  },

  describe(state) {
    const curvatures = state.surfaces[state.surface], start = state.begin.slice(0, curvatures.length);
    const path = descend(curvatures, start, state.lr, state.beta, state.steps);
    const heights = losses(curvatures, path);
    const spans = zones(curvatures, state.beta, state.steps);
    const said = `${verdict(state, curvatures, start, !Number.isFinite(heights.at(-1)))} `
      + `${factorsText(state, curvatures)} ${zonesText(state, curvatures, spans)}`;
    return { curvatures, path, heights, spans, said };
  },

  build(state, change) {
    const surface = choice("surface", Object.keys(state.surfaces),
      { get: () => state.surface, put: (value) => change({ surface: value }) });
    const rate = slider("lr", { values: state.rates, get: () => state.lr,
      put: (lr) => change({ lr }), say: rateText });
    const beta = slider("β", { low: 0, high: 0.95, step: 0.05, get: () => state.beta,
      put: (value) => change({ beta: value }) });
    const flat = () => state.surfaces[state.surface].length === 1;
    const weight = (v) => Number(clamp(snap(v, GRID), -2, 2).toFixed(2));
    const begin = (x, y) => change({ begin: [weight(x), flat() ? state.begin[1] : weight(y)] });
    const plain = line(button("Without momentum", () => change({ beta: 0 }),
      { may: () => state.beta !== 0 }));
    const rows = table(["step", "w1", "w2", "loss"], ROWS.length);
    const legend = h("p", { class: "aside" },
      "■ start: drag it. ◆ rate: drag it along the bar. ☆ minimum. Or Tab and the arrow keys.");

    const map = plane("The surface from above, and the path", { x: [-REACH, REACH], y: [-REACH, REACH],
      xTicks: [-2, 0, 2], yTicks: [-2, 0, 2], xLabel: "w₁", yLabel: "w₂", width: 320, height: 320 });
    const curve = plane("The loss over one weight, and the path", { x: [-REACH, REACH], y: [-0.3, 5.2],
      xTicks: [-2, 0, 2], yTicks: [0, 2, 4], xLabel: "w", yLabel: "L", width: 320, height: 320 });
    const history = plane("The loss after each step", { x: [0, state.steps], y: [BOTTOM, TOP],
      xTicks: [0, state.steps / 2, state.steps], yTicks: [-6, -4, -2, 0, 2, 4], xLabel: "step",
      yLabel: "L", width: 250, height: 320, left: 54, yTick: (power) => scientific(10 ** power).replace("1·", "") });
    const logged = (lr) => Math.log10(lr);
    const bar = plane("Learning rates and their zones", { x: [-3, 2], y: [0, 1],
      xTicks: [-3, -2, -1, 0, 1, 2], xLabel: "learning rate (log scale)", width: 570, height: 122,
      left: 20, top: 26, xTick: (power) => rateText(10 ** power) });
    const place = (axes, x, y, width, height) => set(axes.svg, { x, y, width, height });
    place(map, 0, 0, 320, 320);
    place(curve, 0, 0, 320, 320);
    place(history, 320, 0, 250, 320);
    place(bar, 0, 324, 570, 122);
    const picture = svg("svg", { viewBox: "0 0 570 448", role: "group",
      "aria-label": "The path, its losses, and the zones of the learning rate" },
    map.svg, curve.svg, history.svg, bar.svg);

    const drawings = [map, curve].map((axes) => {
      const ground = svg("g", { fill: "none", stroke: "var(--gray)" });
      const steps = svg("path", { fill: "none", stroke: "var(--first)", "stroke-width": 1.4 });
      const dots = svg("path", { fill: "none", stroke: "var(--first)", "stroke-width": 7,
        "stroke-linecap": "round" });
      const first = svg("g", {}, svg("circle", { r: 16, fill: "transparent" }),
        svg("rect", { x: -7, y: -7, width: 14, height: 14, fill: "var(--ink)" }));
      axes.back.append(ground, steps, dots);
      axes.front.append(svg("text", { x: axes.px(0), y: axes.py(0) + 6, "text-anchor": "middle",
        "font-size": 18 }, "☆"), first);
      const nudge = (dx, dy) => begin(state.begin[0] + GRID * dx, state.begin[1] + GRID * dy);
      const say = handle(first, { at: axes.at, move: begin, nudge });
      return { axes, ground, steps, dots, first, say };
    });
    const fall = svg("path", { fill: "none", stroke: "var(--first)", "stroke-width": 2 });
    const away = svg("path", { fill: "var(--first)" });
    history.back.append(fall);
    history.front.append(away);
    const blocks = Array.from({ length: 5 }, () => svg("g", {}, svg("rect", { y: bar.py(1),
      height: bar.py(0) - bar.py(1) }), svg("text", { y: bar.py(0.7) + 5, "text-anchor": "middle" })));
    const edge = svg("line", { y1: bar.py(1), y2: bar.py(0), stroke: "var(--ink)", "stroke-width": 2 });
    const edgeText = svg("text", { y: bar.py(1) - 8, "text-anchor": "middle" });
    const needle = svg("g", {}, svg("circle", { r: 16, fill: "transparent" }),
      svg("line", { y1: -15, y2: 14, stroke: "var(--first)", "stroke-width": 2 }),
      svg("path", { d: "M0 -9L9 0L0 9L-9 0Z", fill: "var(--first)" }));
    bar.svg.prepend(svg("defs", {}, hatch("diverging", "M0 0L9 9M9 0L0 9"), hatch("crawling", "M0 9L9 0")));
    bar.back.append(...blocks, edge);
    bar.front.append(edgeText, needle);
    const nearest = (lr) => state.rates.reduce((best, one) =>
      (Math.abs(logged(one) - logged(lr)) < Math.abs(logged(best) - logged(lr)) ? one : best));
    const sayRate = handle(needle, { at: bar.at, move: (x) => change({ lr: nearest(10 ** x) }),
      nudge: (dx, dy) => {
        const at = state.rates.indexOf(nearest(state.lr)) + dx + dy;
        change({ lr: state.rates[clamp(at, 0, state.rates.length - 1)] });
      } });

    function drawGround({ curvatures }) {
      const [h1, h2] = curvatures;
      if (flat()) {
        const points = Array.from({ length: 89 }, (_, i) => -REACH + i * 0.05);
        drawings[1].ground.replaceChildren(svg("path", { d: trace(points.map((w) =>
          [curve.px(w), curve.py(0.5 * h1 * w ** 2)])) }));
        return;
      }
      const top = 0.5 * (h1 + h2) * REACH ** 2;
      drawings[0].ground.replaceChildren(...Array.from({ length: 9 }, (_, i) => {
        const level = top * (0.02 + (0.98 * i) / 8) ** 2;
        const radius = (curvature) => Math.sqrt((2 * level) / curvature) * (map.px(1) - map.px(0));
        return svg("ellipse", { cx: map.px(0), cy: map.py(0), rx: radius(h1), ry: radius(h2),
          "stroke-width": 0.8 });
      }));
    }
    function drawPath({ path, heights }) {
      const { axes, steps, dots, first, say } = drawings[Number(flat())];
      show(map.svg, !flat());
      show(curve.svg, flat());
      const end = path.findIndex((w) => !w.every((v) => Math.abs(v) <= 1e4));
      const seen = path.slice(0, end < 0 ? path.length : end)
        .map((w, i) => [axes.px(w[0]), axes.py(flat() ? heights[i] : w[1])]);
      set(steps, { d: trace(seen) });
      set(dots, { d: seen.map((p) => `M${p}h0`).join("") });
      set(first, { transform: `translate(${axes.px(state.begin[0])} ${axes.py(flat() ? heights[0] : state.begin[1])})` });
      say("start", `w1 ${number(state.begin[0])}${flat() ? "" : `, w2 ${number(state.begin[1])}`}`, state.begin[0]);
    }
    function drawHistory({ heights }) {
      const end = heights.findIndex((loss) => !(loss <= 10 ** TOP) || loss < 10 ** BOTTOM);
      const power = (loss) => clamp(Number.isNaN(loss) ? TOP : Math.log10(loss), BOTTOM, TOP);
      const shown = end < 0 ? heights : heights.slice(0, end + 1);
      const points = shown.map((loss, i) => [history.px(i), history.py(power(loss))]);
      set(fall, { d: trace(points) });
      const [x, y] = points.at(-1), up = power(shown.at(-1)) === TOP ? -1 : 1;
      show(away, end >= 0);
      set(away, { d: `M${x - 7} ${y}h14L${x} ${y + 12 * up}Z` });
    }
    function drawZones({ curvatures, spans }) {
      const fills = { good: "var(--ones)", slow: "url(#crawling)", diverges: "url(#diverging)" };
      blocks.forEach((block, i) => {
        show(block, i < spans.length);
        if (i >= spans.length) return;
        const [from, to, name] = spans[i], [a, b] = [from, to].map((lr) => bar.px(logged(lr)));
        const [rect, text] = block.children;
        set(rect, { x: a, width: b - a, fill: fills[name] });
        set(text, { x: (a + b) / 2 });
        write(text, b - a > 52 ? name : "");
      });
      const most = bar.px(logged(limit(curvatures, state.beta)));
      set(edge, { x1: most, x2: most });
      set(edgeText, { x: most });
      write(edgeText, `limit ${rateText(limit(curvatures, state.beta))}`);
      set(needle, { transform: `translate(${bar.px(logged(state.lr))} ${bar.py(0.26)})` });
      sayRate("learning rate", rateText(state.lr), logged(state.lr));
    }
    function draw(seen) {
      drawGround(seen);
      drawPath(seen);
      drawHistory(seen);
      drawZones(seen);
      rows.fill(ROWS.map((step) => [step, sizeText(seen.path[step][0]),
        flat() ? "" : sizeText(seen.path[step][1]), sizeText(seen.heights[step])]));
    }
    return { main: [surface, rate, beta], more: [plain, rows, legend], picture, draw };
  },
};

const trace = (points) => `M${points.map(([x, y]) => `${x.toFixed(2)} ${y.toFixed(2)}`).join("L")}`;

const hatch = (id, d) => svg("pattern", { id, width: 9, height: 9, patternUnits: "userSpaceOnUse" },
  svg("rect", { width: 9, height: 9, fill: "var(--paper)" }), svg("path", { d, stroke: "var(--faint)" }));
