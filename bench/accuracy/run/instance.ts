/** Runs a submission in this process, each call against a clock. For our own programs only. */

import vm from "node:vm";
import * as mlMatrix from "ml-matrix";
import { seeded } from "../random.ts";

/** One evaluation of a submission's modules: what it remembers, it remembers in here. */
export interface Instance {
  /** Calls one of the three functions. @throws what it throws, and where it takes too long */
  call(name: FunctionName, args: readonly unknown[]): Outcome;
}

export interface Outcome {
  value: unknown;
  mathRandomDraws: number;
}

export const FUNCTION_NAMES = [
  "forward_propagation_with_dropout",
  "backward_propagation_with_dropout",
  "predict",
] as const;
export type FunctionName = (typeof FUNCTION_NAMES)[number];

const CALL_MS = 700;

/** Compiles once; each call of the result gives a fresh instance. */
export function compile(code: string): () => Instance {
  const script = new vm.Script(`(function (require, module, exports, console) {${code}\n})`);
  return () => instantiate(script);
}

function instantiate(script: vm.Script): Instance {
  const module: { exports: Record<string, unknown> } = { exports: {} };
  // The script is one function expression, written a few lines above.
  const evaluate = script.runInThisContext() as (...args: unknown[]) => void;
  timed(() => evaluate(requireMatrix, module, module.exports, SILENT));
  const { random } = Math;
  // It goes on from call to call: what hangs on it differs between two calls that are the same otherwise.
  const stream = seeded("Math.random");
  return {
    call(name, args) {
      const fn = module.exports[name];
      if (typeof fn !== "function") throw new Error(`${name} is not an exported function`);
      let mathRandomDraws = 0;
      Math.random = () => {
        mathRandomDraws += 1;
        return stream();
      };
      try {
        const value = timed(() => Reflect.apply(fn, undefined, args));
        return { value, mathRandomDraws };
      } finally {
        Math.random = random;
      }
    },
  };
}

function requireMatrix(name: string): unknown {
  if (name !== "ml-matrix") throw new Error(`import of ${name}`);
  // For `import Matrix from "ml-matrix"` as well.
  return { ...mlMatrix, __esModule: true, default: mlMatrix.Matrix };
}

const SILENT = Object.fromEntries(
  [
    "log",
    "info",
    "warn",
    "error",
    "debug",
    "table",
    "assert",
    "group",
    "groupEnd",
    "time",
    "timeEnd",
    "dir",
    "trace",
    "count",
  ].map((name) => [name, () => undefined]),
);

const CALLER = new vm.Script("globalThis.benchCall()");

/** `vm` can end a loop that never ends, once the call goes through a script of its own. */
function timed(work: () => unknown): unknown {
  Reflect.set(globalThis, "benchCall", work);
  return CALLER.runInThisContext({ timeout: CALL_MS });
}
