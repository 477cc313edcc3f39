// Loss surfaces: their heights and slopes, how optimizers walk on them, and what all that is in
// words. Everything here is compared with helpers.figures.loss_surface and helpers.reference.
import { clamp, number, scientific, small } from "./kit.mjs";
import { sigmoid } from "./reference.mjs";

// Heights and slopes ------------------------------------------------------------------------------

const sum = (values) => values.reduce((total, value) => total + value, 0);
const mean = (values) => sum(values) / values.length;

/** Return the loss of one row from its pre-activation. */
function rowLoss(z, y, loss) {
  return loss === "bce" ? Math.max(z, 0) - y * z + Math.log1p(Math.exp(-Math.abs(z)))
    : 0.5 * (sigmoid(z) - y) ** 2;
}

/** Return its slope with respect to the pre-activation. */
function rowSlope(z, y, loss) {
  const a = sigmoid(z);
  return loss === "bce" ? a - y : (a - y) * a * (1 - a);
}

/** Return the pre-activations of the last layer at params + s·along[0] + t·along[1], row by row. */
function network({ params, along: [first, second], X }, s, t) {
  const moved = params.map(([W, b], i) => [
    W.map((row, k) => row.map((w, j) => w + s * first[i][0][k][j] + t * second[i][0][k][j])),
    b.map((v, j) => v + s * first[i][1][j] + t * second[i][1][j])]);
  const inputs = [];
  const through = X.map((x) => moved.reduce((a, [W, b], i) => {
    inputs.push(a);
    const z = b.map((v, j) => a.reduce((total, value, k) => total + value * W[k][j], v));
    return i < moved.length - 1 ? z.map((v) => Math.max(v, 0)) : z;
  }, x));
  return { moved, inputs, z: through.map(([v]) => v) };
}

/** Return how fast the last pre-activation of each row changes along one direction of the plane. */
function networkRates({ moved, inputs }, along, rows) {
  return Array.from({ length: rows }, (_, row) => {
    let rate = null; // that of this layer's inputs; X itself does not change
    moved.forEach(([W], i) => {
      const a = inputs[row * moved.length + i], after = inputs[row * moved.length + i + 1];
      const [D, d] = along[i], hidden = i < moved.length - 1;
      rate = d.map((v, j) => (hidden && after[j] <= 0 ? 0
        : a.reduce((total, value, k) => total + value * D[k][j] + (rate ? rate[k] * W[k][j] : 0), v)));
    });
    return rate[0];
  });
}

const KINDS = {
  quadratic: {
    height: ({ curvatures: [c1, c2] }, w1, w2) => 0.5 * (c1 * w1 * w1 + c2 * w2 * w2),
    slope: ({ curvatures: [c1, c2] }, w1, w2) => [c1 * w1, c2 * w2],
  },
  product: {
    height: (_, w1, w2) => 0.5 * (w1 * w2 - 1) ** 2,
    slope: (_, w1, w2) => [(w1 * w2 - 1) * w2, (w1 * w2 - 1) * w1],
  },
  neuron: {
    height: ({ X, y, loss }, w, b) => mean(X.map((x, i) => rowLoss(w * x + b, y[i], loss))),
    slope({ X, y, loss }, w, b) {
      const slopes = X.map((x, i) => rowSlope(w * x + b, y[i], loss));
      return [mean(slopes.map((slope, i) => slope * X[i])), mean(slopes)];
    },
  },
  network: {
    height: (surface, s, t) => mean(network(surface, s, t).z.map((z, i) => rowLoss(z, surface.y[i], "bce"))),
    slope(surface, s, t) {
      const at = network(surface, s, t), slopes = at.z.map((z, i) => rowSlope(z, surface.y[i], "bce"));
      return surface.along.map((along) =>
        mean(networkRates(at, along, slopes.length).map((rate, i) => rate * slopes[i])));
    },
  },
};

export const height = (surface, w1, w2) => KINDS[surface.kind].height(surface, w1, w2);
export const slope = (surface, w1, w2) => KINDS[surface.kind].slope(surface, w1, w2);

// Optimizers ----------------------------------------------------------------------------------------

// Each turns slopes into steps, and keeps what it remembers to itself: helpers.reference.optimizers.
const RULES = {
  gradient_descent: () => (g) => g,
  momentum(beta = 0.9) {
    let v = [0, 0];
    return (g) => (v = v.map((old, i) => beta * old + g[i]));
  },
  rmsprop(rho = 0.9, eps = 1e-8) {
    let s = [0, 0];
    return (g) => {
      s = s.map((old, i) => rho * old + (1 - rho) * g[i] * g[i]);
      return g.map((slope, i) => slope / (Math.sqrt(s[i]) + eps));
    };
  },
  adam(beta1 = 0.9, beta2 = 0.999, eps = 1e-8) {
    let m = [0, 0], v = [0, 0], t = 0;
    return (g) => {
      t += 1;
      m = m.map((old, i) => beta1 * old + (1 - beta1) * g[i]);
      v = v.map((old, i) => beta2 * old + (1 - beta2) * g[i] * g[i]);
      return m.map((mi, i) => mi / (1 - beta1 ** t) / (Math.sqrt(v[i] / (1 - beta2 ** t)) + eps));
    };
  },
};
export const OPTIMIZERS = Object.keys(RULES);

/** Follow an optimizer: rows of both weights and the loss, the start included. */
export function walk(surface, start, optimizer, lr, steps) {
  const rule = RULES[optimizer](), path = [];
  let w = start;
  for (let i = 0; i <= steps; i++) {
    path.push([...w, height(surface, ...w)]);
    const step = rule(slope(surface, ...w));
    w = w.map((value, j) => value - lr * step[j]);
  }
  return path;
}

const isFinite2 = (row) => row.every(Number.isFinite);

/** Whether a path ends higher than it began, or nowhere. */
export function diverges(path) {
  const end = path.at(-1)[2];
  return !Number.isFinite(end) || end > 1.5 * path[0][2] + 1e-9;
}

// The part that is shown ------------------------------------------------------------------------------

const POINTS = 41; // along each axis

/** Return the values of both weights that are shown; zoom goes toward a place. */
export function axesOf({ center, half }, zoom, toward) {
  return center.map((c, i) => {
    const h = half[i], reach = h / zoom, middle = clamp((toward ?? center)[i], c - h + reach, c + h - reach);
    return Array.from({ length: POINTS },
      (_, k) => Number((middle - reach + (2 * reach * k) / (POINTS - 1)).toFixed(12)));
  });
}

/** Compute the heights over a grid, row after row, and the lowest and highest of them. */
export function grid(surface, w1s, w2s) {
  const L = w2s.flatMap((w2) => w1s.map((w1) => height(surface, w1, w2)));
  return { L, low: Math.min(...L), high: Math.max(...L) };
}

/** Return the heights that have a line: evenly apart, or more of them near the bottom. */
export function levels({ even }, low, high) {
  const inner = even ? 9 : 10, digits = low === 0 ? 2 : 3;
  const parts = Array.from({ length: inner }, (_, k) => (k + 1) / (inner + 1));
  const found = parts.map((part) => low + (high - low) * (even ? part : part * part));
  return [...new Set(found.map((level) => Number(level.toPrecision(digits))))].sort((a, b) => a - b);
}

/** Whether a row of a path is inside the picture. */
export const inside = (row, w1s, w2s) => isFinite2(row) && row[0] >= w1s[0] && row[0] <= w1s.at(-1)
  && row[1] >= w2s[0] && row[1] <= w2s.at(-1);

// In words ----------------------------------------------------------------------------------------------

export const heightText = (loss) => (Math.abs(loss) < 1e4 ? small(loss, 4) : scientific(loss));
export const placeText = ([w1, w2]) =>
  `(${[w1, w2].map((v) => (Math.abs(v) < 1e4 ? number(v, 3) : heightText(v))).join(", ")})`;

function pathText(path) {
  const steps = path.length - 1, begins = `from ${placeText(path[0])}, loss ${heightText(path[0][2])}`;
  const lost = path.findIndex((row) => !isFinite2(row));
  if (lost >= 0) return `${begins}; it diverges: at step ${lost} the numbers overflow`;
  const many = `${steps} step${steps === 1 ? "" : "s"}`;
  const end = `${placeText(path.at(-1))}, loss ${heightText(path.at(-1)[2])}`;
  return diverges(path) ? `${begins}; it diverges: after ${many} it is at ${end}`
    : `${begins}, in ${many} to ${end}`;
}

function leaves(path, w1s, w2s) {
  const out = path.map((row) => !inside(row, w1s, w2s)), first = out.indexOf(true);
  if (first < 0) return "";
  const back = out.at(-1) ? "" : " It is back at the end.";
  return ` Step ${first} of ${path.length - 1} is outside the picture.${back}`;
}

/** Say what the figure of a landscape shows: helpers.figures.loss_surface.landscape_text. */
export function landscapeText(surface, paths, [w1s, w2s], { low, high }, labels) {
  const { formula, names, even, recorded } = surface;
  const loss = formula.startsWith("the ") ? `T${formula.slice(1)}` : `The loss ${formula}`;
  const area = [w1s, w2s].map((v, i) => `${names[i]} from ${number(v[0])} to ${number(v.at(-1))}`);
  const spacing = even ? "the same difference between all lines" : "more near the bottom";
  const said = [`${loss} over ${area.join(" and ")}, as a surface and as lines of equal height `
    + `(${spacing}), between ${heightText(low)} and ${heightText(high)}.`];
  if (recorded) said.push(`The training that was recorded goes ${pathText(recorded)}.`);
  for (const [name, path] of Object.entries(paths)) {
    const label = labels[name][0].toUpperCase() + labels[name].slice(1);
    said.push(`${label} ${pathText(path)}.${leaves(path, w1s, w2s)}`);
  }
  return said.join(" ");
}

/** Say what module 07 predicts of gradient descent with this rate; nothing where it is silent. */
export function rateText({ curvatures }, lr) {
  if (!curvatures) return "";
  const limit = 2 / Math.max(...curvatures);
  if (Math.abs(lr - limit) < 1e-9)
    return `This is exactly the limit 2/curvature = ${number(limit, 3)}: gradient descent bounces.`;
  const side = lr > limit ? "above" : "below";
  return `For gradient descent the rate is ${side} the limit 2/curvature = ${number(limit, 3)}.`;
}
