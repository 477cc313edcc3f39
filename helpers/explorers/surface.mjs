// The loss surface explorer: turn it, read its heights, and let optimizers loose on it.
import { button, canvas, choice, clamp, finite, h, handle, line, number, player, remembered, slider, table, toggle, write } from "./kit.mjs";
import { OPTIMIZERS, axesOf, diverges, grid, heightText, inside, landscapeText, levels, placeText, rateText, walk } from "./surfaces.mjs";

const SIDE = { azimuth: -60, elevation: 30 }, ABOVE = { azimuth: -90, elevation: 90 };
const TALL = 0.6; // the height of half the box; its base reaches from −1 to 1
const STYLES = { // as in the static figure: color, dash, marker
  gradient_descent: { color: "ink", dash: [], mark: "●" },
  momentum: { color: "first", dash: [7, 4], mark: "■" },
  rmsprop: { color: "third", dash: [8, 3, 2, 3], mark: "◆" },
  adam: { color: "second", dash: [2, 3], mark: "▲" },
};

/** From (x, y, z) in the box to the picture, seen from far away: right, up, and toward the eye. */
export function project([x, y, z], azimuth, elevation) {
  const a = (azimuth * Math.PI) / 180, e = (elevation * Math.PI) / 180;
  const near = x * Math.cos(a) + y * Math.sin(a);
  return [y * Math.cos(a) - x * Math.sin(a), z * Math.cos(e) - near * Math.sin(e),
    near * Math.cos(e) + z * Math.sin(e)];
}

/** Return the lines of equal height in one cell, as pairs of places with x and y from 0 to 1. */
export function cellLines([v00, v10, v11, v01], height) {
  const corners = [[0, 0, v00], [1, 0, v10], [1, 1, v11], [0, 1, v01]];
  const found = corners.flatMap(([x, y, v], i) => {
    const [x2, y2, v2] = corners[(i + 1) % 4];
    if (v > height === v2 > height) return [];
    const part = (height - v) / (v2 - v);
    return [[x + part * (x2 - x), y + part * (y2 - y)]];
  });
  return found.length === 4 ? [found.slice(0, 2), found.slice(2)] : found.length ? [found] : [];
}

const walks = remembered((surface, chosen, start, lr, steps) => Object.fromEntries(
  OPTIMIZERS.filter((name) => chosen.includes(name)).map((name) => [name, walk(surface, start, name, lr, steps)])));
const shownAxes = remembered((surface, zoom, paths) => {
  const end = Object.values(paths).map((path) => path.at(-1)).find((row) => row.every(Number.isFinite));
  return axesOf(surface, zoom, end);
});
const ground = remembered((surface, left, right, bottom, top, axes) => grid(surface, ...axes));
const heights = (surface, axes) =>
  ground(surface, axes[0][0], axes[0].at(-1), axes[1][0], axes[1].at(-1), axes);

/** Write the row of the table for a path. */
function tableRow(label, path) {
  if (!path) return [label, "–", "–", "–"];
  const losses = path.map((row) => (Number.isNaN(row[2]) ? Infinity : row[2]));
  const step = losses.indexOf(Math.min(...losses)), end = path.at(-1)[2];
  return [label, diverges(path) ? "diverges" : placeText(path.at(-1)),
    Number.isFinite(end) ? heightText(end) : "overflow", `${heightText(path[step][2])}, step ${step}`];
}

export const explorer = {
  start({ surface, surfaces, labels, rates, shades }) {
    for (const { center, half, start } of Object.values(surfaces)) finite(center, half, start);
    finite(rates);
    return { surfaces, surface, labels, rates, shades, chosen: ["gradient_descent"],
      start: surfaces[surface].start, lr: rates[40], steps: 20, zoom: 1, ...SIDE };
  },

  /** What can be seen: compared with landscape_text and rate_text. */
  describe(state) {
    const { chosen, lr, azimuth, elevation, zoom, labels } = state, surface = state.surfaces[state.surface];
    const paths = walks(surface, chosen, state.start, lr, state.steps);
    const axes = shownAxes(surface, zoom, paths), { low, high } = heights(surface, axes);
    const rate = chosen.includes("gradient_descent") ? rateText(surface, lr) : "";
    const said = [landscapeText(surface, paths, axes, { low, high }, labels), rate,
      `Rate ${number(lr, 4)}, seen from azimuth ${number(azimuth)}°, elevation ${number(elevation)}°, zoom ${number(zoom)}.`];
    const rows = OPTIMIZERS.map((name) => tableRow(`${STYLES[name].mark} ${labels[name]}`, paths[name]));
    return { paths, axes, low, high, rows, said: said.filter(Boolean).join(" ") };
  },

  build(state, change) {
    const here = () => state.surfaces[state.surface];
    const turned = (azimuth, elevation) => change({
      azimuth: ((azimuth + 540) % 360) - 180, elevation: clamp(elevation, 0, 90) });
    let seen = null, hover = null, spots = []; // spots: where each corner of the grid is on the canvas
    const view = canvas("The loss surface", "1.12", (context, width, height, color) => {
      spots = seen ? paint(context, width, height, color, state, seen, hover) : [];
    });
    const reading = h("p", { class: "aside" });
    const read = (i) => {
      hover = i;
      const { axes: [w1s, w2s] } = seen, n = w1s.length;
      const place = i === null ? null : [w1s[i % n], w2s[Math.floor(i / n)]];
      write(reading, place ? `${here().names.map((name, j) => `${name} ${number(place[j], 3)}`).join(", ")}: loss ${heightText(heights(here(), seen.axes).L[i])}. Click to start here.`
        : "Drag to turn. Point at the ground for its height, click to start there.");
      return place;
    };

    const at = (event) => [event.offsetX, event.offsetY];
    let from = null;
    const sayView = handle(view.node, { at,
      grab: (x, y) => { turn.stop(); from = { x, y, azimuth: state.azimuth, elevation: state.elevation, far: false }; },
      move: (x, y) => {
        from.far ||= Math.hypot(x - from.x, y - from.y) > 4;
        if (from.far) turned(Math.round(from.azimuth - (x - from.x) / 2), Math.round(from.elevation + (y - from.y) / 2));
      },
      nudge: (dx, dy) => turned(state.azimuth + 5 * dx, state.elevation + 5 * dy) });
    view.node.addEventListener("pointerup", (event) => {
      const place = from && !from.far && read(spotUnder(spots, ...at(event)));
      if (place) change({ start: place });
      from = null;
    });
    view.node.addEventListener("pointermove", (event) => {
      if (event.buttons) return;
      read(spotUnder(spots, ...at(event)));
      view.draw();
    });
    view.node.addEventListener("pointerleave", () => { read(null); view.draw(); });

    const surface = choice("loss", Object.keys(state.surfaces), { get: () => state.surface,
      put: (name) => change({ surface: name, start: state.surfaces[name].start }) });
    const walkers = line(...OPTIMIZERS.map((name) => toggle(`${STYLES[name].mark} ${state.labels[name]}`, {
      get: () => state.chosen.includes(name),
      put: (on) => change({ chosen: on ? [...state.chosen, name] : state.chosen.filter((one) => one !== name) }) })));
    const rate = slider("rate", { values: state.rates, get: () => state.lr, put: (lr) => change({ lr }), say: (v) => number(v, 4) });
    const steps = slider("steps", { low: 1, high: 100, step: 1, get: () => state.steps, put: (v) => change({ steps: v }) });
    const starts = [0, 1].map((i) => slider(() => `start ${here().names[i]}`, {
      values: () => stopsOf(here(), i), get: () => state.start[i], say: (v) => number(v, 3),
      put: (v) => change({ start: state.start.map((old, j) => (j === i ? v : old)) }) }));
    const azimuth = slider("azimuth", { low: -180, high: 180, step: 5, get: () => state.azimuth, put: (v) => change({ azimuth: v }), say: (v) => `${number(v)}°` });
    const elevation = slider("elevation", { low: 0, high: 90, step: 5, get: () => state.elevation, put: (v) => change({ elevation: v }), say: (v) => `${number(v)}°` });
    const zoom = slider("zoom", { low: 1, high: 5, step: 0.25, get: () => state.zoom, put: (v) => change({ zoom: v }) });
    const turn = player("Turn", { perSecond: 60, tick: () => turned(state.azimuth + 0.5, state.elevation), title: "Turn it slowly" });
    const views = line(turn, button("From the side", () => change({ ...SIDE, zoom: 1 })),
      button("From above", () => change({ ...ABOVE }), { title: "The map: lines of equal height" }));
    const rows = table(["", "reaches", "loss", "lowest"], OPTIMIZERS.length);

    function draw(now) {
      seen = now;
      read(null);
      rows.fill(now.rows);
      sayView("view of the surface", `azimuth ${number(state.azimuth)}°, elevation ${number(state.elevation)}°`, state.azimuth);
      view.draw();
    }
    return { main: [surface, walkers, rate, steps], more: [...starts, views, azimuth, elevation, zoom],
      below: [rows], picture: h("div", {}, view.node, reading), draw };
  },
};

/** Return where a walk can begin along one axis: the corners of the whole grid. */
function stopsOf({ center, half }, i) {
  return Array.from({ length: 41 }, (_, k) => Number((center[i] + half[i] * (k / 20 - 1)).toFixed(12)));
}

/** Return the spot under the pointer, the one in front where several are as near; null if none is. */
function spotUnder(spots, x, y) {
  let best = null, least = 14;
  spots.forEach(([px, py, near], i) => {
    const distance = Math.hypot(px - x, py - y) - near; // in pixels; in front wins by one or two
    if (distance < least) [best, least] = [i, distance];
  });
  return best;
}

// The picture -----------------------------------------------------------------------------------------

/** Return what of the ground stays the same while it turns: corners, shades and lines. */
const relief = remembered((surface, axes, shades) => {
  const n = axes[0].length, { L, low, high } = heights(surface, axes);
  const up = (loss) => (high > low ? (2 * TALL * (loss - low)) / (high - low) - TALL : 0);
  const flat = (k) => (2 * k) / (n - 1) - 1;
  const corners = L.map((loss, i) => [flat(i % n), flat(Math.floor(i / n)), up(loss)]);
  const lines = levels(surface, low, high), cells = [];
  for (let i = 0; i < n - 1; i++) for (let j = 0; j < n - 1; j++) {
    const at = [i * n + j, i * n + j + 1, (i + 1) * n + j + 1, (i + 1) * n + j], values = at.map((k) => L[k]);
    const [least, most] = [Math.min(...values), Math.max(...values)];
    const part = high > low ? (values.reduce((a, b) => a + b) / 4 - low) / (high - low) : 0;
    const segments = lines.filter((level) => least < level && level <= most).flatMap((level) =>
      cellLines(values, level).map((ends) => ends.map(([x, y]) => [flat(j + x), flat(i + y), up(level)])));
    cells.push({ at, shade: shades[Math.round(part * (shades.length - 1))], segments });
  }
  return { n, corners, cells, up };
});

/** Draw it all; return where each corner of the grid is, for the pointer. */
function paint(context, width, height, color, state, { paths, axes, low, high }, hover) {
  const surface = state.surfaces[state.surface], { azimuth, elevation } = state;
  const { n, corners, cells, up } = relief(surface, axes, state.shades);
  const size = Math.min(width / 3.25, height / 2.85), middle = [0.53 * width, height / 2];
  const place = (point) => {
    const [x, y, near] = project(point, azimuth, elevation);
    return [middle[0] + size * x, middle[1] - size * y, near];
  };
  const spots = corners.map(place);
  drawBox(context, color, place, surface, axes, [low, high], state);
  drawGround(context, n, cells, spots, place, azimuth);
  const unit = ([w1, w2, loss]) => [[w1, axes[0]], [w2, axes[1]]].map(([v, axis]) =>
    (2 * (v - axis[0])) / (axis.at(-1) - axis[0]) - 1).concat(up(loss));
  const trace = (path, style) => drawPath(context, color,
    path.map((row) => (inside(row, ...axes) ? place(unit(row)) : null)), style);
  if (surface.recorded) trace(surface.recorded, { color: "gray", dash: [], wide: 5 });
  for (const [name, path] of Object.entries(paths)) trace(path, STYLES[name]);
  const start = [...state.start, Object.values(paths)[0]?.[0][2]];
  if (inside(start, ...axes)) ring(context, color, place(unit(start)), 9, "ink");
  if (hover !== null) ring(context, color, spots[hover], 6, "focus");
  drawLegend(context, color, height, surface, paths, state.labels);
  return spots;
}

/** Draw the cells from the far ones to the near ones, each with its lines. */
function drawGround(context, n, cells, spots, place, azimuth) {
  const a = (azimuth * Math.PI) / 180, order = [...Array(n - 1).keys()];
  const columns = Math.cos(a) >= 0 ? order : [...order].reverse(), rows = Math.sin(a) >= 0 ? order : [...order].reverse();
  context.lineJoin = "round";
  context.setLineDash([]);
  for (const i of rows) for (const j of columns) {
    const { at, shade, segments } = cells[i * (n - 1) + j];
    context.fillStyle = context.strokeStyle = shade;
    context.lineWidth = 0.7; // closes the seams
    context.beginPath();
    at.forEach((k, c) => context[c ? "lineTo" : "moveTo"](spots[k][0], spots[k][1]));
    context.closePath();
    context.fill();
    context.stroke();
    if (!segments.length) continue;
    context.strokeStyle = "rgba(255,255,255,.75)";
    context.lineWidth = 1.2;
    context.beginPath();
    for (const [one, other] of segments) {
      context.moveTo(...place(one).slice(0, 2));
      context.lineTo(...place(other).slice(0, 2));
    }
    context.stroke();
  }
}

/** Draw the base, and on the edges in front the names and ends of all three axes. */
function drawBox(context, color, place, { names }, axes, ends, { azimuth, elevation }) {
  const a = (azimuth * Math.PI) / 180, front = [Math.cos(a) >= 0 ? 1 : -1, Math.sin(a) >= 0 ? 1 : -1];
  const base = [[-1, -1], [1, -1], [1, 1], [-1, 1]].map(([x, y]) => place([x, y, -TALL]));
  context.strokeStyle = color("gray");
  context.fillStyle = color("ink");
  context.lineWidth = 1;
  context.setLineDash([]);
  context.beginPath();
  base.forEach(([x, y], i) => context[i ? "lineTo" : "moveTo"](x, y));
  context.closePath();
  context.stroke();
  const label = (text, point) => print(context, text, place(point), 0.5);
  for (const [axis, across] of [[0, 1], [1, 0]]) {
    const spot = (along) => { // a little outside the edge in front
      const point = [0, 0, -TALL];
      point[axis] = along;
      point[across] = 1.16 * front[across];
      return point;
    };
    label(names[axis], spot(0));
    for (const end of [-0.9, 0.9])
      label(number(axes[axis][0] + ((end + 1) / 2) * (axes[axis].at(-1) - axes[axis][0])), spot(end));
  }
  if (elevation > 75) return; // from above, the height is one point
  const corner = [[-1, -1], [1, -1], [1, 1], [-1, 1]].reduce((best, one) =>
    (place([...one, 0])[0] < place([...best, 0])[0] ? one : best));
  const [bottom, top] = [-TALL, TALL].map((z) => place([...corner, z]));
  context.beginPath();
  context.moveTo(bottom[0], bottom[1]);
  context.lineTo(top[0], top[1]);
  context.stroke();
  const beside = (text, y) => print(context, text, [top[0] - 6, y], 1);
  beside(heightText(ends[0]), bottom[1]);
  beside(heightText(ends[1]), top[1]);
  beside("loss", (bottom[1] + top[1]) / 2);
}

/** Write a text that begins, has its middle or ends at a place (0, ½, 1), and stays on the canvas. */
function print(context, text, [x, y], anchor) {
  context.font = "13px system-ui, sans-serif";
  context.textBaseline = "middle";
  const wide = context.measureText(text).width;
  context.fillText(text, clamp(x - anchor * wide, 2, context.canvas.clientWidth - wide - 2), y);
}

/** Draw a path over the ground, so that none of it hides; null is a place outside the picture. */
function drawPath(context, color, places, { color: name, dash, mark, wide = 2.2 }) {
  const stroke = (style, lineWidth, dashes) => {
    context.strokeStyle = style;
    context.lineWidth = lineWidth;
    context.setLineDash(dashes);
    context.beginPath();
    places.forEach((p, i) => p && context[places[i - 1] ? "lineTo" : "moveTo"](p[0], p[1]));
    context.stroke();
  };
  stroke(color("paper"), wide + 3, []);
  stroke(color(name), wide, dash);
  context.setLineDash([]);
  if (mark) for (const p of places) if (p) drawMark(context, color, p, mark, name);
}

const MARKS = { // corners, in pixels around the middle
  "■": [[-3.5, -3.5], [3.5, -3.5], [3.5, 3.5], [-3.5, 3.5]],
  "◆": [[0, -5], [5, 0], [0, 5], [-5, 0]],
  "▲": [[0, -5], [4.6, 4], [-4.6, 4]],
};

function drawMark(context, color, [x, y], mark, name) {
  context.beginPath();
  if (MARKS[mark]) MARKS[mark].forEach(([dx, dy], i) => context[i ? "lineTo" : "moveTo"](x + dx, y + dy));
  else context.arc(x, y, 3.8, 0, 7);
  context.closePath();
  context.lineWidth = 1;
  context.fillStyle = color(name);
  context.strokeStyle = color("paper");
  context.fill();
  context.stroke();
}

function ring(context, color, [x, y], radius, name) {
  for (const [style, width] of [["paper", 5], [name, 2.5]]) {
    context.strokeStyle = color(style);
    context.lineWidth = width;
    context.beginPath();
    context.arc(x, y, radius, 0, 7);
    context.stroke();
  }
}

/** Say in the corners which path is which, and which of them diverge. */
function drawLegend(context, color, height, { recorded }, paths, labels) {
  const shown = Object.keys(paths).map((name) => [labels[name], STYLES[name]]);
  if (recorded) shown.unshift(["the recorded training", { color: "gray", dash: [], wide: 5 }]);
  shown.forEach(([text, style], i) => {
    const y = 12 + 19 * i;
    drawPath(context, color, [[8, y], [34, y]], { ...style, mark: null });
    if (style.mark) drawMark(context, color, [21, y], style.mark, style.color);
    context.fillStyle = color("ink");
    print(context, text, [41, y], 0);
  });
  const lost = Object.keys(paths).filter((name) => diverges(paths[name])).map((name) => labels[name]);
  context.fillStyle = color("ink");
  if (lost.length) print(context, `diverges: ${lost.join(", ")}`, [8, height - 10], 0);
}
