// One training step of the 4-3-1 network, a quantity at a time: forward, backward, update.
import { button, choice, entry, finite, h, line, slider, write } from "./kit.mjs";
import { PARAMETERS, STEPS, at, chance, explain, labels, near, short, trainingStep } from "./backward_numbers.mjs";
import { diagram, placeOf } from "./diagram.mjs";
import { between } from "./editing.mjs";
import { written } from "./numbers.mjs";

const MOST = 100; // inputs, weights and biases lie between −MOST and MOST

/** What stands on the edges and beside the nodes: which matrices, and whether they can be edited. */
function shownAt(name) {
  const late = name === "update" || name === "L after";
  return {
    W1: name === "dW1" ? "dW1" : late ? "new W1" : "W1",
      W2: name === "dW2" ? "dW2" : late ? "new W2" : "W2",
    b1: name === "db1" ? "db1" : late ? "new b1" : "b1",
      b2: name === "db2" ? "db2" : late ? "new b2" : "b2",
  };
}

/** Above, in and below the hidden nodes: [title, values, notes]. */
function hiddenLayer(name, n, s) {
  const step = at(name), [z, on] = [n.Z1[s], n.mask[s]], state = on.map((slope) => (slope ? "on" : "off"));
  const write = (row) => row.map(short);
  if (step < at("Z1")) return ["hidden layer", z.map(() => "?"), z.map(() => "")];
  if (name === "Z1") return ["Z1", write(z), z.map(() => "")];
  if (step < at("dA1")) return ["A1 = ReLU(Z1)", write(n.A1[s]), z.map((v) => `z = ${written(v)}`)];
  if (name === "dA1") return ["dA1", write(n.dA1[s]), n.A1[s].map((a) => `a = ${written(a)}`)];
  if (name === "mask") return ["mask = slope of ReLU", on.map((v) => written(v)),
    z.map((v, j) => `${state[j]}, z = ${written(v)}`)];
  if (step <= at("db1")) return ["dZ1 = dA1 * mask", write(n.dZ1[s]), state];
  if (name === "update") return ["the new b1", z.map(() => "b"), z.map(() => "")];
  return ["A1 after", write(n["A1 after"][s]), z.map(() => "")];
}

/** Above, in and below the output node. */
function outputNode(name, n, s) {
  const step = at(name), a = near(n.A2[s][0]), label = `y = ${n.y[s][0]}`;
  if (step < at("Z2")) return ["output", "?", label];
  if (name === "Z2") return ["Z2", short(n.Z2[s][0]), label];
  if (step <= at("L")) return ["A2 = ŷ", a, `z = ${written(n.Z2[s][0])}, ${label}`];
  if (step <= at("db1")) return ["dZ2 = A2 − y", short(n.dZ2[s][0]),
    `ŷ = ${a}, ${label}`.replace("= ≈", "≈")];
  if (name === "update") return ["the new b2", "b", label];
  return ["A2 after", near(n["A2 after"][s][0]), `was ${a}, ${label}`];
}

/** Which nodes and edges a step touches. */
function touched(name, n, { k, i }) {
  const into = n.W1.map((_, row) => `edge 0 ${row} ${k}`), out = n.W2.map((_, row) => `edge 1 ${row} 0`);
  const [unit, output, input] = [`node 1 ${k}`, "node 2 0", `node 0 ${i}`];
  return { X: n.X[0].map((_, j) => `node 0 ${j}`), Z1: [unit, ...into], Z2: [output, ...out],
    dW2: [unit, output, `edge 1 ${k} 0`],
    dA1: [unit, output, `edge 1 ${k} 0`], dW1: [input, unit, `edge 0 ${i} ${k}`],
      update: [input, unit, `edge 0 ${i} ${k}`],
    A2: [output], L: [output], dZ2: [output], db2: [output, "bias 2 0"], db1: [unit, `bias 1 ${k}`],
      "L after": [output] }[name] ?? [unit];
}

/** Describe every node, edge and bias of the diagram: what stands there, and what it is called. */
function sceneOf(name, n, pick) {
  const { s } = pick, shown = shownAt(name), strong = new Set(touched(name, n, pick)), parts = {};
  const [title1, values, notes] = hiddenLayer(name, n, s), [title2, value, note] = outputNode(name, n, s);
  const decimals = name === "update" ? 5 : name.startsWith("dW") ? 3 : 2;
  const add = (key, part) => { parts[key] = { ...part, strong: strong.has(key) }; };
  const node = (key, called, text, below = "", off = false) => add(key, { name: called, text, note: below, off,
    label: `${called}: ${text === "?" ? "not known yet" : text}${below ? `, ${below}` : ""}` });
  n.X[s].forEach((x, i) => node(`node 0 ${i}`, `x${i + 1}`, short(x)));
  values.forEach((text, j) => node(`node 1 ${j}`, `h${j + 1}`, text, notes[j],
    at(name) >= at("A1") && name !== "update" && !(n[name === "L after" ? "Z1 after" : "Z1"][s][j] > 0)));
  node("node 2 0", "ŷ", value, note);
  ["W1", "W2"].forEach((which, gap) => n[shown[which]].forEach((row, i) => row.forEach((w, j) => {
    const [from, to] = [gap ? `h${i + 1}` : `x${i + 1}`, gap ? "ŷ" : `h${j + 1}`];
    add(`edge ${gap} ${i} ${j}`, { text: written(w, decimals), sign: w, faint: true,
      label: `${shown[which]} from ${from} to ${to}: ${written(w, decimals)}` });
  })));
  ["b1", "b2"].forEach((which, gap) => n[shown[which]][0].forEach((b, j) => {
    const text = `${shown[which].replace(/\d/, "").replace("new ", "")} = ${written(b, name === "update" ? 5 : 3)}`;
    add(`bias ${gap + 1} ${j}`, { text, label: `${shown[which]} of ${gap ? "ŷ" : `h${j + 1}`}: ${text}` });
  }));
  return { parts, titles: [`X, sample ${s + 1}`, title1, title2], notes: notesOf(name, n, s) };
}

/** Which way the numbers flow, and the loss once it is known. */
function notesOf(name, n, s) {
  const step = at(name), way = name === "update" ? "update" : step > at("update") ? "forward again →"
    : step <= at("L") ? "forward →" : "← backward";
  if (step < at("L")) return [way];
  if (name === "L after") return [way, `L = ${written(n["L after"], 6)}`, `was ${written(n.L, 6)}`];
  return [way, `loss ${written(n.losses[s][0])}`, `mean L = ${written(n.L)}`];
}

const FRAMES = { result: "outline:2px solid;outline-offset:-2px;font-weight:600",
  feeds: "outline:2px dashed;outline-offset:-2px" };

/** Write a matrix as a table; frames mark the entries that are worked out. */
function matrix(name, n, marked, kind) {
  const [rows, columns] = labels(name, n), A = n[name], decimals = name.startsWith("new ") ? 5 : 3;
  const framed = (i, j) => (marked.some(([r, c]) => r === i && c === j) ? FRAMES[kind] : null);
  return h("table", {}, h("caption", {}, `${name} (${A.length}, ${A[0].length})`),
    h("thead", {}, h("tr", {}, h("td"), ...columns.map((text) => h("th", { scope: "col" }, text)))),
    h("tbody", {}, ...A.map((row, i) =>
      h("tr", {}, h("th", { scope: "row", style: "font-weight:400" }, rows[i]),
      ...row.map((v, j) => h("td", { style: framed(i, j) }, written(v, decimals)))))));
}

/** Say in words which row and column the entry that is worked out stands in. */
function whereOf({ results }, n) {
  const [name, marked] = Object.entries(results)[0];
  if (marked.length !== 1) return "";
  const [[i, j]] = marked, [rows, columns] = labels(name, n);
  const parts = [["row", i, rows[i]], ["column", j, columns[j]]].filter(([, , label]) => label)
    .map(([kind, place, label]) => `${kind} ${place} is ${label}`);
  return parts.length ? `Counted from 0: ${parts.join(", ")}.` : "";
}

const NUMBERS = ["X", "y", "lr", ...PARAMETERS];

export const explorer = {
  start(data) {
    const first = Object.fromEntries(NUMBERS.map((name) => [name, data[name]]));
    finite(Object.values(first), data.labels, data.step, trainingStep(first).L);
    return { ...first, first, titles: data.titles, places: data.labels, step: data.step, s: 0, k: 1, i: 0,
      chosen: "", problem: "" };
  },

  /** What can be seen: compared with training_step and explain of helpers.figures.backward_numbers. */
  describe({ step, titles, s, k, i, ...state }) {
    const n = trainingStep(Object.fromEntries(NUMBERS.map((name) => [name, state[name]])));
    const name = STEPS[step], explained = explain(name, n, { s, k, i });
    return { n, name, ...explained, scene: sceneOf(name, n, { s, k, i }), where: whereOf(explained, n),
      said: `Step ${step} of ${STEPS.length - 1}. ${name}: ${titles[name]}. ${explained.filled}. `
        + explained.sentence };
  },

  build(state, change) {
    const go = (step) => change({ step });
    const last = STEPS.length - 1;
    const next = button("Next", () => go(state.step + 1),
      { title: "Go on to the next quantity", may: () => state.step < last });
    const back = button("Back", () => go(state.step - 1),
      { title: "Go one quantity back", may: () => state.step > 0 });
    const step = slider("step", { low: 0, high: last, step: 1, get: () => state.step, put: go,
      say: (i) => STEPS[i] });
    const sample = choice("sample", state.X.map((_, i) => i),
      { get: () => state.s, put: (s) => change({ s }), label: (i) => String(i + 1) });
    const label = choice("its label y", [0, 1], { get: () => state.y[state.s][0],
      put: (y) => change({ y: state.y.map((row, i) => (i === state.s ? [y] : row)) }) });
    const rate = entry("learning rate",
      { low: 1e-6, high: MOST, get: () => state.lr, put: (lr) => change({ lr }) });
    const reset = button("Reset the numbers", () => change({ ...state.first, problem: "" }),
      { title: "Bring back the numbers of the course" });
    const texts = { head: h("p", { style: "font-weight:600" }), sentence: h("p"),
      formula: h("p", { style: "font-weight:600" }), shapes: h("p"), filled: h("p"),
      where: h("p", { class: "aside" }) };
    const problem = h("p", { role: "alert" });
    const hint = h("p", { class: "aside" },
      "Click a neuron, an input or an edge to follow it. An input, an edge or a bias that is clicked "
      + "again, or Enter, takes another number.");

    function pick(key) {
      const [kind, layer, a, b] = placeOf(key);
      const follow = kind === "edge" ? (layer ? { k: a } : { i: a, k: b })
        : layer === 0 ? { i: a } : layer === 1 ? { k: a } : {};
      change({ chosen: key, ...follow });
    }
    /** Where the number of an item stands in the state; a step that shows something else cannot change it. */
    function editable(key) {
      const [kind, layer, a, b] = placeOf(key);
      if (kind === "node" && layer) return null;
      const [name, row, column] = kind === "node" ? ["X", state.s, a]
        : kind === "edge" ? [`W${layer + 1}`, a, b] : [`b${layer}`, 0, a];
      const shown = { ...shownAt(STEPS[state.step]), X: "X" }[name];
      if (shown !== name) {
        change({ problem: `This step shows ${shown}. To change ${name}, go to another step.` });
        return null;
      }
      return { name: `${name}[${row}, ${column}]`, rule: between(MOST), get: () => state[name][row][column],
        put: (v) => change({ [name]: state[name].map((line, r) =>
          line.map((old, c) => (r === row && c === column ? v : old))) }) };
    }
    const drawn = diagram({ sizes: [state.X[0].length, state.W1[0].length, 1], labels: state.places,
      name: "The network", pick, editable, complain: (text) => change({ problem: text }), marked: false });
    const tables = h("div", { class: "row", style: "gap:.3em 1.2em;align-items:start;font-size:13px" });

    function draw({ n, name, formula, shapes, filled, sentence, where, results, feeds, scene }) {
      drawn.update(scene.parts, scene.titles, state.chosen, scene.notes);
      write(texts.head, `${name}: ${state.titles[name]}`);
      write(texts.sentence, sentence);
      write(texts.formula, formula);
      write(texts.shapes, `Shapes: ${shapes}`);
      write(texts.filled, filled);
      write(texts.where, where);
      write(problem, state.problem && `⚠ ${state.problem}`);
      const found = [[feeds, "feeds"], [results, "result"]].flatMap(([of, kind]) =>
        Object.entries(of).map(([called, marked]) => matrix(called, n, marked, kind)));
      tables.replaceChildren(...found);
    }
    const key = h("p", { class: "aside" },
      "Solid frame: the result. Dashed frame: what it is made from. All numbers are rounded.");
    return { main: [line(next, back), step], more: [...Object.values(texts), problem, line(sample, label),
      line(h("label", {}, "learning rate"), rate, reset), hint],
      below: [tables, key], picture: drawn.stage, draw };
  },
};
