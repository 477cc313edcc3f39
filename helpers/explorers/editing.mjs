// Numbers that are changed where they stand: a field opens on the spot.
import { h } from "./kit.mjs";

/**
 * Turn what was typed into a number, or throw an Error whose message says what to do.
 * `rule` says what is asked for, { text, holds }.
 */
export function read(name, typed, rule) {
  const text = typed.trim().replace("−", "-");
  const value = text === "" ? NaN : Number(text);
  if (Number.isNaN(value)) throw new Error(`${name} is ${notANumber(text)}.`);
  if (!rule.holds(value)) throw new Error(`${name} must be ${rule.text}, but is ${text}.`);
  return value;
}

function notANumber(text) {
  if (!text) return "empty: type a number";
  if (/^[+-]?\d*,\d+$/.test(text)) return `written with a comma: type ${text.replace(",", ".")}`;
  return `not a number: “${text.slice(0, 20)}”`;
}

export const between = (most) => ({ text: `between −${most} and ${most}`,
  holds: (v) => Math.abs(v) <= most });

/** Write a number as one would type it. */
export const typed = (value) => String(Number(value.toPrecision(6)));

/**
 * Open a field over the number of an item, { back, group }, of `stage`. Enter, Tab or leaving it takes
 * the number over, Escape leaves it as it was, the arrow keys step. `say` gets what is wrong, or "".
 */
export function edit(stage, { back, group }, { name, get, put, rule, step = 0.05 }, say) {
  const field = h("input", { type: "text", inputmode: "decimal", "aria-label": name, class: "field" });
  const [box, outer] = [back.getBoundingClientRect(), stage.getBoundingClientRect()];
  field.style.left = `${box.left + box.width / 2 - outer.left}px`;
  field.style.top = `${box.top + box.height / 2 - outer.top}px`;
  field.value = typed(get());
  let open = true;
  const close = (keep) => {
    if (!open) return;
    open = false;
    if (keep) take(field.value);
    field.remove();
  };
  const take = (text) => {
    try {
      put(read(name, text, rule));
      say("");
    } catch (error) {
      say(`${error.message} The last good number is kept: ${typed(get())}.`);
    }
  };
  field.addEventListener("keydown", (event) => {
    event.stopPropagation();
    const by = { ArrowUp: step, ArrowDown: -step }[event.key];
    if (by) {
      event.preventDefault();
      take(typed(get() + by));
      field.value = typed(get());
    } else if (event.key === "Enter" || event.key === "Escape") {
      event.preventDefault();
      close(event.key === "Enter");
      group.focus();
    }
  });
  field.addEventListener("blur", () => close(true));
  stage.append(field);
  field.focus();
  field.select();
}
