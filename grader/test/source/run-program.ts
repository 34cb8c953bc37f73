/** Runs compiled files in `node:vm`, to compare a program with its instrumented copy. */

import { Script } from "node:vm";
import * as mlMatrix from "ml-matrix";
import { ts } from "ts-morph";
import type { CompiledFile, CompiledProgram } from "../../src/model/compiled.ts";

export interface Recorded {
  site: number;
  value: unknown;
}

export interface Run {
  exports: Record<string, unknown>;
  /** Numbers drawn from `Math.random`, in order. */
  draws: number[];
  records: Recorded[];
}

type Module = Record<string, unknown>;
type Wrapper = (exports: Module, require: (specifier: string) => unknown, math: unknown) => void;

/** Evaluates the entry, with a `Math.random` that always draws the same numbers. */
export function runProgram(
  files: readonly CompiledFile[],
  imports: CompiledProgram["imports"],
): Run {
  const run: Run = { exports: {}, draws: [], records: [] };
  const math = Object.create(Math, { random: { value: counted(run.draws) } }) as unknown;
  const record = (site: number, value: unknown): unknown => {
    run.records.push({ site, value });
    return value;
  };
  const loaded = new Map<string, Module>();
  const load = (path: string): Module => {
    const known = loaded.get(path);
    if (known !== undefined) return known;
    const exports: Module = {};
    loaded.set(path, exports);
    const code = files.find((file) => file.path === path)?.code ?? "";
    const require = (specifier: string): unknown => {
      if (specifier === "ml-matrix") return mlMatrix;
      return specifier === "grader:trace"
        ? { v: record }
        : load(imports[`${path}\n${specifier}`] ?? "");
    };
    wrapped(code, path)(exports, require, math);
    return exports;
  };
  run.exports = load(files[0]?.path ?? "");
  return run;
}

/** A module as a function: `node:vm` runs modules only behind a flag. */
function wrapped(code: string, path: string): Wrapper {
  const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2023 };
  // Imports come first wherever they are written; calls of `require` do not.
  const recorder = /^import .* from "grader:trace";$/m.exec(code)?.[0] ?? "";
  const { outputText } = ts.transpileModule(`${recorder} ${code}`.replace(`\n${recorder}`, "\n"), {
    compilerOptions,
  });
  const script = new Script(`(function (exports, require, Math) {${outputText}\n})`, {
    filename: path,
  });
  // The script is the function that is written on the line above.
  return script.runInThisContext() as Wrapper;
}

/** A generator of numbers in [0, 1) that notes what it gives (Park and Miller 1988). */
function counted(draws: number[]): () => number {
  let state = 20_240_501;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    const draw = state / 2_147_483_647;
    draws.push(draw);
    return draw;
  };
}
