// Large numbers, written as helpers.figures writes them.
import { number } from "./kit.mjs";

/** Write without decimals, with commas between thousands. */
export const grouped = (value) => number(value, 0).replace(/\B(?=(\d{3})+$)/g, ",");
