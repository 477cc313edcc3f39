// Call functions of an explorer's modules with what comes in, and print what they return.
import { text } from "node:stream/consumers";

const LOST = { NaN: "NaN", Infinity: "Infinity", "-Infinity": "-Infinity" }; // JSON has none of these
const write = (_, value) =>
  typeof value === "number" && String(value) in LOST ? { lost: String(value) } : value;
const read = (_, value) => (value?.lost ? Number(value.lost) : value);

const { file, name, calls } = JSON.parse(await text(process.stdin), read);
const found = name.split(".").reduce((from, part) => from[part], await import(file));
console.log(JSON.stringify(calls.map((call) => found(...call)), write));
