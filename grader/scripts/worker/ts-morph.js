// Stands in for ts-morph in the built worker: the compiler that ts-morph brings, and nothing else,
// from `dist/compiler/`. With the machine code that the build kept, V8 need not read 9 MB of text
// again; another version of Node refuses that code, and then it just takes longer.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { Script } from "node:vm";

const file = new URL("./compiler/typescript.js", import.meta.url);
const filename = fileURLToPath(file);
const script = new Script(readFileSync(file, "utf8"), { filename, cachedData: kept() });
const module = { exports: {} };
script.runInThisContext()(module.exports, createRequire(file), module, filename, dirname(filename));

export const ts = module.exports;

/** V8's code for all that has run until now, for `typescript.cache`. */
export function codeSoFar() {
  return script.createCachedData();
}

function kept() {
  try {
    return readFileSync(new URL("./compiler/typescript.cache", import.meta.url));
  } catch {
    return undefined;
  }
}
