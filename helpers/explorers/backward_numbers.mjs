// One training step of the 4-3-1 network in numbers and words, as helpers.figures.backward_numbers.
import { scientific } from "./kit.mjs";
import { bracketed, written } from "./numbers.mjs";
import { bceFromLogit, columnMeans, mapped, product, relu, sigmoid, transposed } from "./reference.mjs";

export const PARAMETERS = ["W1", "b1", "W2", "b2"];
export const STEPS = ["X", "Z1", "A1", "Z2", "A2", "L", "dZ2", "dW2", "db2", "dA1", "mask", "dZ1", "dW1",
  "db1", "update", "L after"];
export const at = (name) => STEPS.indexOf(name);

export function forward({ X, W1, b1, W2, b2 }) {
  const Z1 = mapped(product(X, W1), (z, _, j) => z + b1[0][j]);
  const A1 = mapped(Z1, relu);
  const Z2 = mapped(product(A1, W2), (z, _, j) => z + b2[0][j]);
  return { Z1, A1, Z2, A2: mapped(Z2, sigmoid) };
}

/** Compute every quantity of a training step; scalars are numbers, all else arrays of rows. */
export function trainingStep({ X, y, lr, ...params }) {
  const m = X.length, n = { X, y, lr, ...params, ...forward({ X, ...params }) };
  const loss = (Z) => mapped(Z, (z, i, j) => bceFromLogit(y[i][j], z));
  const average = (A) => mapped(A, (a) => a / m);
  n.losses = loss(n.Z2);
  n.L = columnMeans(n.losses)[0][0];
  n.dZ2 = mapped(n.A2, (a, i, j) => a - y[i][j]);
  n.dW2 = average(product(transposed(n.A1), n.dZ2));
  n.db2 = columnMeans(n.dZ2);
  n.dA1 = product(n.dZ2, transposed(params.W2));
  n.mask = mapped(n.Z1, (z) => (z > 0 ? 1 : 0));
  n.dZ1 = mapped(n.dA1, (d, i, j) => d * n.mask[i][j]);
  n.dW1 = average(product(transposed(X), n.dZ1));
  n.db1 = columnMeans(n.dZ1);
  for (const name of PARAMETERS) n[`new ${name}`] = mapped(n[name],
    (p, i, j) => p - lr * n[`d${name}`][i][j]);
  const after = forward({ X, ...Object.fromEntries(PARAMETERS.map((name) => [name, n[`new ${name}`]])) });
  for (const name in after) n[`${name} after`] = after[name];
  n["L after"] = columnMeans(loss(after.Z2))[0][0];
  return n;
}

/** Write a prediction; one that is not 1 is not called 1. */
export function chance(a) {
  let decimals = 3;
  while (a < 1 && decimals < 12 && written(a, decimals) === "1") decimals += 1;
  return written(a, decimals);
}

/** Write a prediction in a few letters. */
export const near = (a) => (a < 1 && written(a) === "1" ? "≈ 1" : short(a));

/** Write a number so that it fits into a node. */
export function short(value) {
  const text = written(value);
  return text.length <= 7 ? text : scientific(value, 0);
}

const AXES = { X: "mi", y: "mo", W1: "ih", b1: "1h", W2: "ho", b2: "1o", losses: "mo", Z1: "mh", A1: "mh",
  dA1: "mh", mask: "mh", dZ1: "mh", Z2: "mo", A2: "mo", dZ2: "mo", "A2 after": "mo" };

/** Name the rows and the columns of a matrix. */
export function labels(name, n) {
  const axes = AXES[name] ?? AXES[name.replace(/^new /, "").replace(/^d/, "")];
  const numbered = (prefix, count) => Array.from({ length: count }, (_, i) => `${prefix}${i + 1}`);
  const names = {
    m: numbered("sample ", n.X.length), i: numbered("x", n.X[0].length), h: numbered("h", n.W1[0].length),
    o: [{ y: "y", losses: "loss" }[name] ?? "ŷ"], 1: [""],
  };
  return [names[axes[0]], names[axes[1]]];
}

const b = (value, decimals = 3) => bracketed(written(value, decimals));
const sum = (left, right) => left.map((a, i) => `${b(a)}·${b(right[i])}`).join(" + ");
const column = (A, j) => A.map((row) => row[j]);
const mean = (values) => `(${values.map((v) => b(v)).join(" + ")}) / ${values.length}`;
const all = (m) => ({ 1: "the one sample", 2: "both samples" })[m] ?? `all ${m} samples`;
const range = (count, place) => Array.from({ length: count }, (_, i) => place(i));
const size = (A) => `(${A.length}, ${A[0].length})`;

function direction(gradient, what) {
  if (gradient === 0) return `The gradient is 0: a tiny change of ${what} leaves the loss as it is.`;
  const [way, sign] = gradient > 0 ? ["lower", "above"] : ["raise", "below"];
  return `The gradient is ${sign} 0: to reduce the loss, ${way} ${what} a little.`;
}

/** Write the loss of a sample; where ŷ is rounded to 0 or 1, from the sum. */
function lossOfOne(n, s) {
  const loss = written(n.losses[s][0]), z = n.Z2[s][0], a = chance(n.A2[s][0]), one = n.y[s][0] === 1;
  if (Math.abs(z) > 15) return `log(1 + e^(${written(one ? -z : z)})) = ${loss}`;
  return one ? `−log(${a}) = ${loss}` : `−log(1 − ${a}) = ${loss}`;
}

// Each: the formula, its shapes, the same with numbers, what it means, what is made, of what.
const EXPLANATIONS = {
  X(n, { s }) {
    const count = n.X[0].length, label = n.y[s][0];
    return ["X and y are given", `${size(n.X)} and ${size(n.y)}`,
      `X[${s}] = [${n.X[s].map((v) => written(v)).join(", ")}], y[${s}] = [${label}]`,
      `Sample ${s + 1} comes in as ${count} numbers; its label is ${label}. Nothing has been computed yet.`,
      { X: range(count, (j) => [s, j]), y: [[s, 0]] }, {}];
  },
  Z1(n, { s, k }) {
    const count = n.X[0].length, z = n.Z1[s][k];
    const side = z > 0 ? "above 0" : z < 0 ? "below 0" : "exactly 0";
    return ["Z1 = X @ W1 + b1", `${size(n.X)} @ ${size(n.W1)} + ${size(n.b1)} → ${size(n.Z1)}`,
      `Z1[${s}, ${k}] = ${sum(n.X[s], column(n.W1, k))} + ${b(n.b1[0][k])} = ${written(z)}`,
      `Hidden neuron ${k + 1} weighs the inputs of sample ${s + 1} and adds its bias: the sum is ${side}.`,
      { Z1: [[s, k]] }, { X: range(count, (j) => [s, j]), W1: range(count, (i) => [i, k]), b1: [[0, k]] }];
  },
  A1(n, { s, k }) {
    const z = n.Z1[s][k];
    const said = z > 0 ? "on for sample S: its sum is above 0, so ReLU passes it on unchanged."
      : "off for sample S: its sum is not above 0, so ReLU gives 0.";
    return ["A1 = ReLU(Z1) = max(0, Z1)", `ReLU of ${size(n.Z1)} → ${size(n.A1)}`,
      `A1[${s}, ${k}] = max(0, ${written(z)}) = ${written(n.A1[s][k])}`,
      `Hidden neuron ${k + 1} is ${said.replace("S", s + 1)}`, { A1: [[s, k]] }, { Z1: [[s, k]] }];
  },
  Z2(n, { s }) {
    const z = n.Z2[s][0], units = n.W2.length, side = z > 0 ? "above" : "below";
    const said = z === 0 ? "exactly 0, so ŷ will be 0.5." : `${side} 0, so ŷ will be ${side} 0.5.`;
    return ["Z2 = A1 @ W2 + b2", `${size(n.A1)} @ ${size(n.W2)} + ${size(n.b2)} → ${size(n.Z2)}`,
      `Z2[${s}, 0] = ${sum(n.A1[s], column(n.W2, 0))} + ${b(n.b2[0][0])} = ${written(z)}`,
      `The output weighs the hidden neurons for sample ${s + 1}: the sum is ${said}`,
      { Z2: [[s, 0]] }, { A1: range(units, (j) => [s, j]), W2: range(units, (i) => [i, 0]), b2: [[0, 0]] }];
  },
  A2(n, { s }) {
    const z = n.Z2[s][0], label = n.y[s][0], side = z > 0 === (label === 1) ? "right" : "wrong";
    const said = z === 0 ? "exactly between the labels" : `on the ${side} side of 0.5 for its label`;
    return ["A2 = ŷ = sigmoid(Z2) = 1 / (1 + e^(−Z2))", `sigmoid of ${size(n.Z2)} → ${size(n.A2)}`,
      `A2[${s}, 0] = 1 / (1 + e^(${written(-z)})) = ${chance(n.A2[s][0])}`,
      `The prediction for sample ${s + 1} is ${said}, ${label}.`, { A2: [[s, 0]] }, { Z2: [[s, 0]] }];
  },
  L(n, { s }) {
    const m = n.X.length, label = n.y[s][0], every = range(m, (i) => [i, 0]);
    return ["L = mean of −[y·log ŷ + (1 − y)·log(1 − ŷ)]", `mean over ${size(n.A2)} → one number`,
      `sample ${s + 1}: ${lossOfOne(n, s)}; L = ${mean(n.losses.flat())} = ${written(n.L)}`,
      `Sample ${s + 1} has label ${label}, so its loss is −log of ${label ? "ŷ" : "1 − ŷ"}. L is the mean over ${all(m)}.`,
      { losses: every }, { y: every, A2: every }];
  },
  dZ2(n, { s }) {
    const error = n.dZ2[s][0], [side, way] = error > 0 ? ["high", "lower"] : ["low", "higher"];
    const said = error === 0 ? "is at its label, as far as a computer can tell: no error goes back"
      : `is ${written(Math.abs(error))} too ${side}: a ${way} sum Z2 would reduce its loss`;
    return ["dZ2 = A2 − y", `${size(n.A2)} − ${size(n.y)} → ${size(n.dZ2)}`,
      `dZ2[${s}, 0] = ${chance(n.A2[s][0])} − ${n.y[s][0]} = ${written(error)}`,
      `The prediction for sample ${s + 1} ${said}.`, { dZ2: [[s, 0]] }, { A2: [[s, 0]], y: [[s, 0]] }];
  },
  dW2(n, { k }) {
    const m = n.X.length, gradient = n.dW2[k][0], every = (j) => range(m, (i) => [i, j]);
    const said = column(n.A1, k).some((a) => a !== 0) ? direction(gradient, "this weight")
      : `Hidden neuron ${k + 1} was off for ${all(m)}: its weight could not change ŷ.`;
    return ["dW2 = A1.T @ dZ2 / m", `${size(transposed(n.A1))} @ ${size(n.dZ2)} / ${m} → ${size(n.dW2)}`,
      `dW2[${k}, 0] = (${sum(column(n.A1, k), column(n.dZ2, 0))}) / ${m} = ${written(gradient)}`,
      `What hidden neuron ${k + 1} sent, times the error at ŷ, averaged over ${all(m)}. ${said}`,
      { dW2: [[k, 0]] }, { A1: every(k), dZ2: every(0) }];
  },
  db2(n) {
    const gradient = n.db2[0][0];
    return ["db2 = dZ2.mean(axis=0, keepdims=True)", `mean of ${size(n.dZ2)} over axis 0 → ${size(n.db2)}`,
      `db2[0, 0] = ${mean(n.dZ2.flat())} = ${written(gradient)}`,
      `The bias is added for every sample alike, so its gradient is the mean error. ${direction(gradient, "b2")}`,
      { db2: [[0, 0]] }, { dZ2: range(n.X.length, (i) => [i, 0]) }];
  },
  dA1(n, { s, k }) {
    const passed = n.dA1[s][k], way = passed > 0 ? "raise" : "reduce";
    const said = passed === 0
      ? `More or less from hidden neuron ${k + 1} would not change the loss of sample ${s + 1}.`
      : `More from hidden neuron ${k + 1} would ${way} the loss of sample ${s + 1}.`;
    return ["dA1 = dZ2 @ W2.T", `${size(n.dZ2)} @ ${size(transposed(n.W2))} → ${size(n.dA1)}`,
      `dA1[${s}, ${k}] = ${b(n.dZ2[s][0])}·${b(n.W2[k][0])} = ${written(passed)}`,
      `The error at ŷ goes back along the weight from hidden neuron ${k + 1} to ŷ. ${said}`,
      { dA1: [[s, k]] }, { dZ2: [[s, 0]], W2: [[k, 0]] }];
  },
  mask(n, { s, k }) {
    const z = n.Z1[s][k], unit = `Hidden neuron ${k + 1}`, [sign, slope] = z > 0 ? [">", "1"] : ["≤", "0"];
    const said = z > 0 ? `${unit} was on for sample ${s + 1}: the slope is 1, so the error passes.`
      : z < 0 ? `${unit} was off for sample ${s + 1}: the slope is 0, so no error passes.`
      : `The sum is exactly 0, where ReLU has a kink. The course takes slope 0 there: ${unit} passes no error for sample ${s + 1}.`;
    return ["mask = ReLU′(Z1) = (Z1 > 0)", `${size(n.Z1)} > 0 → ${size(n.mask)}`,
      `mask[${s}, ${k}] = ${slope}, because ${written(z)} ${sign} 0`, said, { mask: [[s, k]] },
        { Z1: [[s, k]] }];
  },
  dZ1(n, { s, k }) {
    const unit = `Hidden neuron ${k + 1}`;
    const said = n.mask[s][k] ? `${unit} was on for sample ${s + 1}, so its error passes unchanged.`
      : `${unit} was off for sample ${s + 1}, so no error passes.`;
    return ["dZ1 = dA1 * mask", `${size(n.dA1)} * ${size(n.mask)} → ${size(n.dZ1)}`,
      `dZ1[${s}, ${k}] = ${b(n.dA1[s][k])}·${written(n.mask[s][k])} = ${written(n.dZ1[s][k])}`,
      said, { dZ1: [[s, k]] }, { dA1: [[s, k]], mask: [[s, k]] }];
  },
  dW1(n, { i, k }) {
    const m = n.X.length, gradient = n.dW1[i][k], every = (j) => range(m, (row) => [row, j]);
    const said = column(n.mask, k).some((on) => on) ? direction(gradient, "this weight")
      : `Hidden neuron ${k + 1} was off for ${all(m)}: no error arrives at its weights.`;
    return ["dW1 = X.T @ dZ1 / m", `${size(transposed(n.X))} @ ${size(n.dZ1)} / ${m} → ${size(n.dW1)}`,
      `dW1[${i}, ${k}] = (${sum(column(n.X, i), column(n.dZ1, k))}) / ${m} = ${written(gradient)}`,
      `Input x${i + 1} times the error at the sum of hidden neuron ${k + 1}, averaged over ${all(m)}. ${said}`,
      { dW1: [[i, k]] }, { X: every(i), dZ1: every(k) }];
  },
  db1(n, { k }) {
    const gradient = n.db1[0][k];
    return ["db1 = dZ1.mean(axis=0, keepdims=True)", `mean of ${size(n.dZ1)} over axis 0 → ${size(n.db1)}`,
      `db1[0, ${k}] = ${mean(column(n.dZ1, k))} = ${written(gradient)}`,
      `The mean error at the sum of hidden neuron ${k + 1}. ${direction(gradient, "this bias")}`,
      { db1: [[0, k]] }, { dZ1: range(n.X.length, (row) => [row, k]) }];
  },
  update(n, { i, k }) {
    const old = n.W1[i][k], made = n["new W1"][i][k], gradient = n.dW1[i][k];
    let [way, reason] = made === old ? ["stays", "its gradient is 0"]
      : made > old ? ["goes up", "its gradient is below 0"] : ["goes down", "its gradient is above 0"];
    if (made === old && gradient !== 0) reason = "its gradient times the learning rate is too small to count";
    else if (made !== old && written(old, 5) === written(made, 5)) {
      way += ", by less than the decimals show";
    }
    return ["P = P − lr · dP, for each of W1, b1, W2, b2", "each P keeps its shape",
      `new W1[${i}, ${k}] = ${written(old, 5)} − ${written(n.lr, 5)}·${b(gradient, 5)} = ${written(made, 5)}`,
      `Every parameter takes a step against its gradient. This weight ${way}: ${reason}.`,
      { "new W1": [[i, k]], "new b1": [], "new W2": [], "new b2": [] },
      { W1: [[i, k]], dW1: [[i, k]], db1: [], dW2: [], db2: [] }];
  },
  "L after"(n) {
    const before = n.L, after = n["L after"], change = written(Math.abs(after - before), 6);
    const said = after === before ? "The loss did not change."
      : after < before ? `The loss fell by ${change}: the step went the right way.`
      : `The loss rose by ${change}: for these numbers the step was too long.`;
    const every = range(n.X.length, (i) => [i, 0]);
    return ["L after: the loss of a forward pass with the new parameters",
      `mean over ${size(n["A2 after"])} → one number`,
      `L before = ${written(before, 6)}, L after = ${written(after, 6)}`, said,
      { "A2 after": every }, { A2: every, y: every }];
  },
};

/** Say how one entry of a quantity comes about, for a pick of sample s, hidden neuron k, input i. */
export function explain(step, n, pick) {
  const [formula, shapes, filled, sentence, results, feeds] = EXPLANATIONS[step](n, pick);
  return { formula, shapes, filled, sentence, results, feeds };
}
