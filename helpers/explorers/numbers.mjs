// Numbers of any size, written as helpers.figures writes them.
import { number, scientific, small } from "./kit.mjs";

/** Write a number of any size in about nine characters. */
export function written(value, decimals = 3) {
  if (Math.abs(value) >= 1e4) return scientific(value);
  return small(value, Math.abs(value) >= 100 && decimals === 3 ? 1 : decimals);
}

/** Write without decimals, with commas between thousands. */
export const grouped = (value) => number(value, 0).replace(/\B(?=(\d{3})+$)/g, ",");

/** Put a negative number that follows a sign into brackets. */
export const bracketed = (text) => (text.startsWith("−") ? `(${text})` : text);
