// Call functions of an explorer's modules, a request on each line, until there is no more input.
import { createInterface } from "node:readline";
import { runInThisContext } from "node:vm";

// JSON lacks these numbers; Python reads and writes them by their names, without quotes.
const LOST = /"lost (NaN|-?Infinity)"/g;
const write = (_, value) =>
  typeof value === "number" && !Number.isFinite(value) ? `lost ${value}` : value;

async function answer({ file, name, calls, begun }) {
  const found = name.split(".").reduce((from, part) => from[part], await import(file));
  return calls.map(([first, ...rest]) => found(begun ? { ...begun, ...first } : first, ...rest));
}

for await (const line of createInterface({ input: process.stdin })) {
  const said = await answer(runInThisContext(`(${line})`)).then((found) => ({ found }),
    (error) => ({ error: error.stack }));
  console.log(JSON.stringify(said, write).replace(LOST, "$1"));
}
