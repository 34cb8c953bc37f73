/**
 * The student's realm, before any student code: what the host calls by its exports, and the few
 * globals that a program may expect beside the language itself. There is no clock, no timer, no
 * network, no file and nothing of the host in here.
 */

import { clonePlain } from "./clone.ts";
import { studentConsole } from "./console.ts";
import { matrixPrototype } from "./matrices.ts";
import { random } from "./rng.ts";

export { build } from "./build.ts";
export { allowConsole, takeConsole } from "./console.ts";
export { readGetter } from "./getters.ts";
export { readView } from "./matrices.ts";
export { startRecording, stopRecording, v, watchArguments } from "./recorder.ts";
export { countMathRandom, reseedMathRandom } from "./rng.ts";

/** Prototypes by which the reader, in its own realm, tells the student's objects apart. */
export const prototypes = {
  matrix: matrixPrototype,
  promise: Promise.prototype as object,
  set: Set.prototype as object,
  error: Error.prototype as object,
  generator: Object.getPrototypeOf(function* () {}).prototype as object,
};

// Some engines call this hook whenever anything looks at a stack, the grader included.
Object.defineProperty(Error, "prepareStackTrace", { get() {}, set() {}, configurable: false });

Math.random = random;
Object.defineProperty(globalThis, "console", {
  value: studentConsole,
  writable: true,
  configurable: true,
});
Object.defineProperty(globalThis, "structuredClone", {
  value: clonePlain,
  writable: true,
  configurable: true,
});
