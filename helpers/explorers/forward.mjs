// One example on its way through a network of two layers: click a node or an edge, edit what is there.
import { button, finite, h, line, number, slider, write } from "./kit.mjs";
import { forward } from "./backward_numbers.mjs";
import { diagram, placeOf } from "./diagram.mjs";
import { between } from "./editing.mjs";
import { bracketed } from "./numbers.mjs";

const MOST = 10; // inputs, weights and biases lie between −MOST and MOST
const three = (value) => number(value, 3);

/** Write a weighted sum with its numbers: 0.2·0.35 + 0.5·(−0.15) + 0. */
const writtenSum = (inputs, weights, bias) =>
  [...inputs.map((x, i) => `${bracketed(three(x))}·${bracketed(number(weights[i]))}`),
    bracketed(number(bias))].join(" + ");

const hidden = (j) => `h${j + 1}`;
const unitName = (layer, j) => (layer === 2 ? "ŷ" : hidden(j));

/** The steps of a pass: the inputs, each weighted sum, the activations, and the same for the output. */
const stepsOf = (units) => [{ layer: 0 }, ...Array.from({ length: units }, (_, j) => ({ layer: 1, j })),
  { layer: 1 }, { layer: 2, j: 0 }, { layer: 2 }];

/** Say what a node, an edge or a bias is, with its numbers; `known` says how far the pass has come. */
function about(key, { x, W1, b1, W2, b2 }, { Z1, A1, Z2, A2 }, known) {
  const [kind, layer, i, j] = placeOf(key);
  if (kind === "edge") {
    const [from, value, weight] = layer ? [hidden(i), A1[0][i], W2[i][j]] : [`x${i + 1}`, x[i], W1[i][j]],
      to = unitName(layer + 1, j);
    const adds = layer && !known.active ? `${from} is not known yet.`
      : `It adds ${bracketed(three(value))}·${bracketed(number(weight))} = ${three(value * weight)} to the sum of ${to}.`;
    return `The weight from ${from} to ${to} is ${number(weight)}. ${adds}`;
  }
  if (kind === "bias") return `The bias of ${unitName(layer, i)} is ${number((layer === 1 ? b1 : b2)[0][i])}. It is added to the weighted inputs.`;
  if (layer === 0) return `x${i + 1} = ${three(x[i])}: an input of this example.`;
  const [inputs, W, b, z, a] = layer === 1 ? [x, W1, b1, Z1[0][i], A1[0][i]]
    : [A1[0], W2, b2, Z2[0][i], A2[0][i]];
  const summed = `The sum of ${unitName(layer, i)}: z = ${writtenSum(inputs, W.map((row) => row[i]), b[0][i])} = ${three(z)}.`;
  if (!(layer === 1 ? known.active : known.output)) return summed;
  const f = layer === 1 ? "ReLU" : "sigmoid";
  return `${summed} Then ${unitName(layer, i)} = ${f}(${three(z)}) = ${three(a)}${layer === 1 && !(z > 0) ? ": silent for this example" : ""}.`;
}

/** Say what a step computes. */
function aboutStep({ layer, j }, state, n, known) {
  if (layer === 0) return "The inputs are set. Nothing has been computed yet. Press Next.";
  if (j !== undefined) return about(`node ${layer} ${j}`, state, n, known);
  if (layer === 2) return about("node 2 0", state, n, known);
  return `The activation of each sum: ${n.Z1[0].map((z, i) => `${hidden(i)} = ReLU(${three(z)}) = ${three(n.A1[0][i])}`).join("; ")}.`;
}

/** How far the pass has come at a step. */
function knownAt(step, units) {
  return { sums: Math.min(step, units), active: step > units, sum: step > units + 1,
    output: step > units + 2 };
}

/** Describe every node, edge and bias of the diagram: what stands there, and what it is called. */
function parts({ x, W1, b1, W2, b2, step }, { Z1, A1, Z2, A2 }, known) {
  const units = b1[0].length, now = stepsOf(units)[step], found = {};
  const strong = (layer, j) => now.layer === layer && (now.j === undefined || now.j === j);
  x.forEach((value, i) => {
    found[`node 0 ${i}`] = { text: three(value), name: `x${i + 1}`, strong: now.layer === 0,
      label: `input x${i + 1}: ${three(value)}` };
  });
  [W1, W2].forEach((W, gap) => W.forEach((row, i) => row.forEach((w, j) => {
    found[`edge ${gap} ${i} ${j}`] = { text: number(w), sign: w,
      strong: now.layer === gap + 1 && now.j === j, faint: true,
      label: `weight from ${gap ? hidden(i) : `x${i + 1}`} to ${unitName(gap + 1, j)}: ${number(w)}` };
  })));
  Z1[0].forEach((z, j) => {
    found[`node 1 ${j}`] = node(hidden(j), z, A1[0][j], known.sums > j, known.active, strong(1, j));
  });
  found["node 2 0"] = node("ŷ", Z2[0][0], A2[0][0], known.sum, known.output, strong(2, 0));
  found["node 2 0"].off = false;
  [...b1[0].map((b, j) => [1, j, b]), [2, 0, b2[0][0]]].forEach(([layer, j, b]) => {
    found[`bias ${layer} ${j}`] = { text: `b = ${number(b)}`,
      label: `bias of ${unitName(layer, j)}: ${number(b)}` };
  });
  return found;
}

function node(name, z, a, summed, active, strong) {
  const text = active ? three(a) : summed ? three(z) : "?";
  const rounded = three(z) === "0" && z !== 0 ? "z ≈ 0" : `z = ${three(z)}`;
  return { text, name, strong, note: active ? rounded : summed ? "this is z" : "", off: active && !(z > 0),
    label: `${name}: ${text === "?" ? "not known yet" : text}`
      + (active ? `, ${rounded}` : summed ? ", the sum" : "") };
}

export const explorer = {
  start(data) {
    const { samples, W1, b1, W2, b2, labels, sample } = data;
    finite(samples, labels, forward({ X: samples, W1, b1, W2, b2 }).A2);
    return { samples, x: samples[sample], W1, b1, W2, b2, first: { W1, b1, W2, b2 }, labels, step: 0,
      chosen: "", problem: "" };
  },

  /** What can be seen: its numbers are compared with helpers.reference.forward. */
  describe(state) {
    const n = forward({ ...state, X: [state.x] }), steps = stepsOf(state.b1[0].length),
      known = knownAt(state.step, state.b1[0].length);
    const formula = state.chosen ? about(state.chosen, state, n, known)
      : aboutStep(steps[state.step], state, n, known);
    return { ...n, formula, parts: parts(state, n, known),
      said: `Step ${state.step} of ${steps.length - 1}. ${formula}` };
  },

  build(state, change) {
    const steps = stepsOf(state.b1[0].length), last = steps.length - 1;
    const go = (step) => change({ step, chosen: "" });
    const next = button("Next", () => go(state.step + 1),
      { title: "Go one step on", may: () => state.step < last });
    const back = button("Back", () => go(state.step - 1),
      { title: "Go one step back", may: () => state.step > 0 });
    const step = slider("step", { low: 0, high: last, step: 1, get: () => state.step, put: go });
    const samples = line(
      ...state.samples.map((x, i) => button(`Sample ${i + 1}`, () => change({ x, problem: "" }),
        { title: `Set the inputs of sample ${i + 1}` })),
      button("Reset the weights", () => change({ ...state.first, problem: "" }),
        { title: "Bring back the weights and biases of the course" }));
    const formula = h("p", { style: "font-size:15px" }), problem = h("p", { role: "alert" });
    const hint = h("p", { class: "aside" },
      "Click a node, an edge or a bias, or go there with the arrow keys: its formula stands here. "
      + "An input, an edge or a bias that is clicked again, or Enter, takes another number.");

    /** A node that is not known yet brings its step; what is chosen shows its formula. */
    function pick(key) {
      const [kind, layer, j] = placeOf(key);
      const at = kind === "node" ? steps.findIndex((one) => one.layer === layer && one.j === j) : 0;
      change({ chosen: key, step: Math.max(state.step, at) });
    }
    /** Where the number of an item stands in the state. */
    function editable(key) {
      const [kind, layer, i, j] = placeOf(key);
      const item = (name, get, put) => ({ name, get, put, rule: between(MOST) });
      if (kind === "edge") {
        const name = `W${layer + 1}`;
        return item(`${name}[${i}, ${j}]`, () => state[name][i][j],
          (v) => change({ [name]: state[name].map((row, r) =>
            row.map((old, c) => (r === i && c === j ? v : old))) }));
      }
      if (kind === "bias") {
        const name = `b${layer}`;
        return item(`${name}[0, ${i}]`, () => state[name][0][i],
          (v) => change({ [name]: [state[name][0].map((old, c) => (c === i ? v : old))] }));
      }
      return layer ? null : item(`x${i + 1}`, () => state.x[i],
        (v) => change({ x: state.x.map((old, c) => (c === i ? v : old)) }));
    }
    const drawn = diagram({ sizes: [state.x.length, state.b1[0].length, 1], labels: state.labels,
      name: "The network", pick, editable, complain: (text) => change({ problem: text }) });

    function draw(seen) {
      drawn.update(seen.parts, ["input", "sums, then ReLU", "sum, then sigmoid"], state.chosen);
      write(formula, seen.formula);
      write(problem, state.problem && `⚠ ${state.problem}`);
    }
    return { main: [line(next, back), step], more: [formula, problem, samples, hint], picture: drawn.stage,
      draw };
  },
};
