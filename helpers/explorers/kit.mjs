// What every explorer is made of: numbers as the course writes them, named controls, handles that
// mouse, finger and arrow keys move, axes, and the frame with its text twin.

// Numbers ------------------------------------------------------------------------------------

const SPARE = 30; // digits beyond which no double can stop being a tie

/** Round as Python does, to the even digit where two are as near; JavaScript rounds up there. */
function rounded(write, decimals) {
  const long = write(decimals + SPARE);
  const end = long.includes("e") ? long.indexOf("e") : long.length;
  const kept = long.slice(0, end - SPARE).replace(/\.$/, "");
  const tie = /^50*$/.test(long.slice(end - SPARE, end));
  return tie && "02468".includes(kept.at(-1)) ? kept + long.slice(end) : write(decimals);
}

const unfinished = (value) => (Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "−inf");

/** Write a number with a real minus sign and no needless zeros, as helpers.figures.number does. */
export function number(value, decimals = 2) {
  if (!Number.isFinite(value)) return unfinished(value);
  let text = Math.abs(value) < 1e21
    ? rounded((digits) => value.toFixed(digits), decimals) : BigInt(value).toString();
  if (text.includes(".")) text = text.replace(/0+$/, "").replace(/\.$/, "");
  return text === "-0" ? "0" : text.replace("-", "−");
}

/** Write a number as a multiple of a power of ten, as helpers.figures.scientific does. */
export function scientific(value, decimals = 1) {
  if (value === 0 || !Number.isFinite(value)) return number(value);
  const [digits, power] = rounded((d) => value.toExponential(d), decimals).split("e");
  const raised = [...power.replace("+", "")].map((c) => (c === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[c]));
  return `${number(Number(digits), decimals)}·10${raised.join("")}`;
}

/** Write a number that may be very small, as helpers.figures.small does. */
export const small = (value, decimals = 3) =>
  value === 0 || Math.abs(value) >= 10 ** -decimals || Number.isNaN(value)
    ? number(value, decimals) : scientific(value);

/** Throw unless all these are finite numbers, or lists of such: for data that comes in. */
export function finite(...values) {
  for (const value of values.flat(Infinity))
    if (!Number.isFinite(value)) throw new Error(`${value} stands where a number is needed`);
}

/** Keep a value between two ends. */
export const clamp = (value, low, high) => Math.max(low, Math.min(high, value));

/** Round a value to a multiple of a step. */
export const snap = (value, step) => Math.round(value / step) * step;

// Elements -----------------------------------------------------------------------------------

/** Make an HTML element: h("p", { class: "aside" }, "text", child). */
export const h = (name, attributes = {}, ...children) =>
  filled(document.createElement(name), attributes, children);

/** Make an SVG element: svg("circle", { r: 4 }). */
export const svg = (name, attributes = {}, ...children) =>
  filled(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, children);

function filled(node, attributes, children) {
  set(node, attributes);
  node.append(...children);
  return node;
}

/** Set what changed; null or false takes an attribute off, onclick and the like are listened to. */
export function set(node, attributes) {
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (value === null || value === false) node.removeAttribute(key);
    else if (node.getAttribute(key) !== String(value)) node.setAttribute(key, value);
  }
}

/** Write a text where it changed. */
export function write(node, text) {
  if (node.textContent !== String(text)) node.textContent = text;
}

/** Show or hide an SVG element. */
export const show = (node, seen) => set(node, { visibility: seen ? "visible" : "hidden" });

/**
 * Make a table of texts that can change: `table(heads, rows).fill(texts)`, no row added.
 *
 * Under an empty first head stand the names of the rows.
 */
export function table(heads, rows, caption = "") {
  const cell = (head) => (head ? h("td") : h("th", { scope: "row" }));
  const cells = Array.from({ length: rows }, () => heads.map(cell));
  const above = heads.map((head) => (head ? h("th", { scope: "col" }, head) : h("td")));
  const row = h("table", {}, ...(caption ? [h("caption", {}, caption)] : []),
    h("thead", {}, h("tr", {}, ...above)), h("tbody", {}, ...cells.map((line) => h("tr", {}, ...line))));
  const fill = (texts) => texts.forEach((line, i) => line.forEach((t, j) => write(cells[i][j], t)));
  return { row, fill };
}

// Controls: each is { row, update() }; `get` reads the state, `put` changes it ----------------

/**
 * A slider with its readout and a step to each side.
 *
 * `say` writes a value, for eyes and ears. Give `low`, `high` and `step`, or the `values` themselves.
 * The name and the values may be functions, where they change with the state.
 */
export function slider(name, { low, high, step, values, get, put, say = number }) {
  const called = typeof name === "function" ? name : () => name;
  const stops = typeof values === "function" ? values : always(values ?? evenStops(low, high, step));
  const label = h("label"), readout = h("span", { class: "readout", "aria-hidden": "true" });
  const input = h("input", { type: "range", min: 0, step: 1, oninput: () => put(stops()[input.value]) });
  const toward = (by, sign) => h("button", { type: "button", tabindex: -1, onclick: () => {
    const next = clamp(Number(input.value) + by, 0, stops().length - 1);
    if (next !== Number(input.value)) put(stops()[next]);
  } }, sign);
  const less = toward(-1, "−"), more = toward(1, "+");
  const track = h("span", { class: "track" }, less, input, more);
  const row = h("div", { class: "row slider" }, label, readout, track);
  return { row, update() {
    const last = stops().length - 1, at = nearest(stops(), get()), said = say(get());
    set(track, { style: `flex-basis:${2 * last + 84}px` }); // two pixels for a stop, and the buttons
    set(input, { max: last, "aria-valuetext": said });
    if (Number(input.value) !== at) input.value = at;
    for (const [node, text] of [[label, called()], [readout, said]]) write(node, text);
    set(input, { id: called() });
    set(label, { for: called() });
    set(less, { "aria-label": `${called()} less` });
    set(more, { "aria-label": `${called()} more` });
  } };
}

const always = (value) => () => value;

/** Return low, low + step and so on to high, without the noise of adding. */
const evenStops = (low, high, step) => Array.from({ length: Math.round((high - low) / step) + 1 },
  (_, k) => Number((low + k * step).toPrecision(12)));

/** Return the index of the stop that is nearest to a value. */
function nearest(stops, value) {
  let best = 0;
  stops.forEach((stop, i) => {
    if (Math.abs(stop - value) < Math.abs(stops[best] - value)) best = i;
  });
  return best;
}

/** Buttons of which one is pressed. `options` are values; `label` writes one. */
export function choice(name, options, { get, put, label = String }) {
  const inputs = options.map((option) => h("input", { type: "radio", name,
    onchange: () => put(option) }));
  const row = h("fieldset", { class: "row choice" }, h("legend", {}, name),
    ...inputs.map((input, i) => h("label", {}, input, h("span", {}, label(options[i])))));
  return { row, update() {
    inputs.forEach((input, i) => { input.checked = options[i] === get(); });
  } };
}

/** A box to tick. */
export function toggle(name, { get, put }) {
  const input = h("input", { type: "checkbox", onchange: () => put(input.checked) });
  return { row: h("label", { class: "row" }, input, name), update() { input.checked = get(); } };
}

/** A number to type in. What is not a number between `low` and `high` is put back. */
export function entry(name, { low, high, step = "any", get, put }) {
  const input = h("input", { type: "number", min: low, max: high, step, "aria-label": name,
    onchange: () => {
      const value = input.valueAsNumber;
      if (Number.isFinite(value)) put(clamp(value, low, high));
      else input.value = get();
    } });
  return { row: input, update() {
    if (input.valueAsNumber !== get()) input.value = get();
  } };
}

/** A button; `may` says whether it can be pressed now. */
export function button(name, press, { title = "", may = () => true } = {}) {
  const row = h("button", { type: "button", title: title || null, onclick: press }, name);
  return { row, update() { row.disabled = !may(); } };
}

/** Several controls in one line. */
export const line = (...controls) => ({ row: h("div", { class: "row" }, ...controls.map(rowOf)),
  update() { controls.forEach((control) => control.update?.()); } });

const rowOf = (control) => control.row ?? control;

/**
 * A button that plays: `tick()` is called `perSecond` times a second until it returns false.
 *
 * Who asks for less motion gets one tick a second.
 */
export function player(name, { perSecond, tick, title = "" }) {
  let frame = 0, due = 0;
  const row = h("button", { type: "button", title: title || null, "aria-pressed": "false",
    onclick: () => (frame ? stop() : start()) }, name);
  const showState = () => {
    write(row, frame ? "Pause" : name);
    set(row, { "aria-pressed": String(Boolean(frame)) });
  };
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  function start() {
    due = performance.now();
    frame = requestAnimationFrame(step);
    showState();
  }
  function stop() {
    cancelAnimationFrame(frame);
    frame = 0;
    showState();
  }
  function step(now) {
    const pause = 1000 / (calm.matches ? 1 : perSecond);
    if (!row.isConnected) return stop();
    frame = requestAnimationFrame(step);
    for (let late = 0; now >= due && frame; late++) {
      due = late < 8 ? due + pause : now + pause; // a hidden page does not catch up for hours
      if (tick() === false) stop();
    }
  }
  return { row, update() {}, stop() { if (frame) stop(); } };
}

// Handles and axes -----------------------------------------------------------------------------

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/**
 * Let mouse, finger and arrow keys move an SVG or HTML element.
 *
 * `at(event)` turns a pointer's place into what `move(x, y)` takes; `nudge(dx, dy)` is called with
 * steps of one, up being positive. The returned function tells the name and the value to ears.
 */
export function handle(node, { at, grab = () => {}, move, nudge }) {
  set(node, { class: "handle", tabindex: 0, role: "slider" });
  const follow = (event) => move(...at(event));
  const release = () => node.removeEventListener("pointermove", follow);
  node.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    event.preventDefault();
    node.focus({ preventScroll: true });
    node.setPointerCapture(event.pointerId);
    grab(...at(event));
    node.addEventListener("pointermove", follow);
  });
  for (const end of ["pointerup", "pointercancel", "lostpointercapture"])
    node.addEventListener(end, release);
  // What a finger drags does not scroll the page; CSS says so to HTML only, not to parts of an SVG.
  node.addEventListener("touchstart", (event) => event.preventDefault(), { passive: false });
  node.addEventListener("keydown", (event) => {
    if (!ARROWS[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    nudge(...ARROWS[event.key]);
  });
  return (name, value, now = 0) =>
    set(node, { "aria-label": name, "aria-valuetext": value, "aria-valuenow": now });
}

let planes = 0; // several can stand in one explorer, and each clips what leaves it

/**
 * Axes in an SVG. `x` and `y` are the ranges; ticks are numbers, which `xTick` and `yTick` write; a
 * name says what is drawn.
 *
 * Returns `{ svg, back, front, px, py, at }`: groups to draw in (`back` is clipped to the axes),
 * scales from values to the drawing, and from a pointer's place to values.
 */
export function plane(name, { x, y, xTicks = [], yTicks = [], xLabel = "", yLabel = "",
  xTick = (v) => number(v), yTick = (v) => number(v), width = 420, height = 400, left = 46, bottom = 42, top = 12, right = 12, grid = false }) {
  const [w, t] = [width - left - right, height - top - bottom];
  const px = (v) => left + ((v - x[0]) / (x[1] - x[0])) * w;
  const py = (v) => top + t - ((v - y[0]) / (y[1] - y[0])) * t;
  const id = `inside-${planes += 1}`;
  const inside = svg("clipPath", { id },
    svg("rect", { x: left, y: top, width: w, height: t }));
  const back = svg("g", { "clip-path": `url(#${id})` }), front = svg("g");
  const rule = (x1, y1, x2, y2, color) => svg("line", { x1, y1, x2, y2, stroke: `var(--${color})` });
  const label = (at, anchor, text, turn = null) =>
    svg("text", { x: at[0], y: at[1], "text-anchor": anchor, transform: turn }, text);
  const floor = top + t, middle = top + t / 2;
  const drawing = svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": name },
    svg("defs", {}, inside),
    ...(grid ? xTicks.map((v) => rule(px(v), top, px(v), floor, "faint")) : []),
    ...(grid ? yTicks.map((v) => rule(left, py(v), left + w, py(v), "faint")) : []),
    back, rule(left, floor, left + w, floor, "ink"), rule(left, top, left, floor, "ink"),
    ...xTicks.flatMap((v) => [rule(px(v), floor, px(v), floor + 5, "ink"),
      label([px(v), floor + 19], "middle", xTick(v))]),
    ...yTicks.flatMap((v) => [rule(left, py(v), left - 5, py(v), "ink"),
      label([left - 8, py(v) + 5], "end", yTick(v))]),
    label([left + w / 2, height - 4], "middle", xLabel),
    label([12, middle], "middle", yLabel, yLabel.length > 3 ? `rotate(-90 12 ${middle})` : null),
    front);
  const at = (event) => {
    const p = new DOMPoint(event.clientX, event.clientY)
      .matrixTransform(drawing.getScreenCTM().inverse());
    return [x[0] + ((p.x - left) / w) * (x[1] - x[0]), y[0] + ((top + t - p.y) / t) * (y[1] - y[0])];
  };
  return { svg: drawing, back, front, px, py, at };
}

/**
 * A canvas at the screen's own pixels, drawn again where its size or the theme changes.
 *
 * `paint(context, width, height, color)` draws in CSS pixels; `color("ink")` is one of the table.
 */
export function canvas(name, ratio, paint) {
  const node = h("canvas", { "aria-label": name, style: `aspect-ratio:${ratio}` });
  const context = node.getContext("2d");
  function draw() {
    const { clientWidth: width, clientHeight: height } = node, sharp = devicePixelRatio || 1;
    if (!width) return;
    const pixels = [Math.round(width * sharp), Math.round(height * sharp)];
    if (node.width !== pixels[0] || node.height !== pixels[1]) [node.width, node.height] = pixels;
    context.setTransform(sharp, 0, 0, sharp, 0, 0);
    context.clearRect(0, 0, width, height);
    const style = getComputedStyle(node);
    paint(context, width, height, (color) => style.getPropertyValue(`--${color}`));
  }
  new ResizeObserver(draw).observe(node);
  new MutationObserver(draw).observe(document.body, { attributes: true });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  return { node, draw };
}

/** Return a function that computes anew only where one of its arguments is another one. */
export function remembered(compute) {
  let last = null, found;
  return (...given) => {
    if (!last || given.some((value, i) => !Object.is(value, last[i]))) {
      found = compute(...given);
      last = given;
    }
    return found;
  };
}

/** Slanted lines as a filling, for an area that must not be told by its color alone. */
export function hatching(id, fill, edge) {
  return svg("pattern", { id, width: 9, height: 9, patternUnits: "userSpaceOnUse",
    patternTransform: "rotate(45)" }, svg("rect", { width: 9, height: 9, fill }),
  svg("line", { y2: 9, stroke: edge, "stroke-width": 1.5 }));
}

// The frame ------------------------------------------------------------------------------------

/**
 * Define the element that shows an explorer in place of the static figure it holds.
 *
 * An explorer is `{ start(data), describe(state), build(state, change) }`. `start` makes the state
 * and throws where the data is damaged. `describe` is pure: what can be seen, and `said`, the
 * sentence for it. `build` returns `{ above, main, more, below, picture, draw(seen) }`:
 * controls beside the picture, those that can stand under them, what takes the whole width above
 * and below, and the drawing.
 */
export function define(name, explorer, css) {
  if (customElements.get(name)) return;
  customElements.define(name, class extends HTMLElement {
    connectedCallback() {
      if (this.shadowRoot) return;
      const root = this.attachShadow({ mode: "open" });
      try {
        mount(this, root, explorer, JSON.parse(this.dataset.state), css);
      } catch (error) {
        console.warn(`${name}:`, error);
        for (const still of this.getElementsByTagName("details")) still.open = true;
        root.replaceChildren(h("slot"), h("p", { role: "status" },
          "This explorer cannot be moved, because its data is damaged. Run its cell again."));
      }
    }
  });
}

/** Let reading what is not there be an error, not undefined. */
const complete = (data) => new Proxy(data, { get(from, name) {
  if (!(name in from)) throw new Error(`${String(name)} is missing`);
  return from[name];
} });

const QUIET = 250; // milliseconds without a move until the sentence is said: no ticker

function mount(host, root, explorer, data, css) {
  const state = explorer.start(complete(data));
  const twin = h("p"), said = h("div", { role: "status", class: "unseen" });
  const change = (values = {}) => {
    Object.assign(state, values);
    update();
  };
  const { picture, draw, ...placed } = explorer.build(state, change);
  const part = (name) => h("div", { class: name }, ...(placed[name] ?? []).map(rowOf));
  root.append(h("style", {}, css), h("div", { class: "explorer", role: "group", "aria-label": data.title },
    part("above"), part("main"), h("div", { class: "picture" }, picture), part("more"), part("below"),
    h("details", { class: "words" }, h("summary", {}, "In words"), twin),
    said));
  let timer = 0;
  function update() {
    const seen = explorer.describe(state);
    for (const control of Object.values(placed).flat()) control.update?.();
    draw(seen);
    write(twin, seen.said);
    clearTimeout(timer);
    timer = setTimeout(() => write(said, seen.said), QUIET);
    host.dispatchEvent(new CustomEvent("drawn"));
  }
  update();
  clearTimeout(timer);
  write(said, twin.textContent); // what stands there from the start is not announced
}
