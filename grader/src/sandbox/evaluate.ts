import type { QuickJSHandle } from "quickjs-emscripten-core";
import type { CompiledFile } from "../model/compiled.ts";
import type { Limits } from "../model/limits.ts";
import type { SourceProblem } from "../model/program.ts";
import { FUNCTION_NAMES } from "../model/submission.ts";
import type { FunctionName } from "../model/submission.ts";
import type { Instance } from "./instance.ts";
import { runJobs } from "./jobs.ts";
import { readThrown } from "./thrown.ts";
import type { Locate } from "./thrown.ts";

/** A program after its modules have run. */
export interface Evaluated {
  problems: SourceProblem[];
  functions: Map<FunctionName, QuickJSHandle>;
  otherExports: string[];
}

interface Plan {
  entry: CompiledFile;
  limits: Limits;
  locate: Locate;
}

type Step = { namespace: QuickJSHandle } | { problem: SourceProblem };

/** Runs a program's modules and takes what they export. Never throws for what they do. */
export function evaluate(instance: Instance, plan: Plan): Evaluated {
  instance.allow(plan.limits.callMs);
  const step = importEntry(instance, plan);
  if (instance.interrupted()) return stopped({ id: "import-timed-out", detail: tooLong(plan) });
  return "problem" in step ? stopped(step.problem) : takeExports(instance, step.namespace);
}

function tooLong({ entry, limits }: Plan): string {
  return `importing ${entry.path} took longer than ${limits.callMs} ms`;
}

function stopped(problem: SourceProblem): Evaluated {
  return { problems: [problem], functions: new Map(), otherExports: [] };
}

function importEntry(instance: Instance, { entry, locate }: Plan): Step {
  const { student } = instance;
  const result = student.evalCode(entry.code, entry.path, { type: "module" });
  if (result.error) return { problem: failed(instance, result.error, locate) };
  runJobs(instance);
  // A module without top-level await is its namespace already; with it, a promise of that.
  const state = student.getPromiseState(result.value);
  if (state.type === "pending") {
    return { problem: { id: "import-failed", detail: "a top-level await never finished" } };
  }
  if (state.type === "rejected") return { problem: failed(instance, state.error, locate) };
  return { namespace: state.value };
}

function failed(instance: Instance, error: QuickJSHandle, locate: Locate): SourceProblem {
  const thrown = readThrown(instance, error, locate);
  const { kind, name, message, at } = thrown;
  if (kind === "out-of-memory") {
    return { id: "import-out-of-memory", detail: "importing the program used up its memory" };
  }
  const where = at === undefined ? "" : ` (${at.file}, line ${at.line})`;
  const detail = `${name}: ${message}${where}`;
  return { id: "import-failed", detail, ...(at === undefined ? {} : { location: at }) };
}

function takeExports(instance: Instance, namespace: QuickJSHandle): Evaluated {
  const names = exportedNames(instance, namespace);
  const { student } = instance;
  const functions: Evaluated["functions"] = new Map();
  const problems: SourceProblem[] = [];
  for (const fn of FUNCTION_NAMES) {
    if (!names.includes(fn)) {
      problems.push({ id: "export-missing", fn, detail: `there is no export named ${fn}` });
      continue;
    }
    const handle = student.getProp(namespace, fn);
    const type = student.typeof(handle);
    if (type === "function") functions.set(fn, handle);
    else
      problems.push({ id: "export-not-a-function", fn, detail: `${fn} is ${withArticle(type)}` });
  }
  const known: readonly string[] = FUNCTION_NAMES;
  return { problems, functions, otherExports: names.filter((name) => !known.includes(name)) };
}

function withArticle(type: string): string {
  if (type === "undefined") return type;
  return `${type === "object" ? "an" : "a"} ${type}`;
}

const MAX_NAMES = 100;

function exportedNames(instance: Instance, namespace: QuickJSHandle): string[] {
  const result = instance.reader("namesOf", namespace);
  if (result.error) return [];
  const text = result.value.consume((handle) => instance.judge.getString(handle));
  const names: unknown = JSON.parse(text);
  if (!Array.isArray(names)) return [];
  return names.filter((name) => typeof name === "string").slice(0, MAX_NAMES);
}
