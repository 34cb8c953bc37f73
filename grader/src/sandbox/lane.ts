import type { Limits } from "../model/limits.ts";
import type { Program } from "../model/program.ts";
import { FUNCTION_NAMES } from "../model/submission.ts";
import type { Submission } from "../model/submission.ts";
import { allowConsole, takeConsole } from "./console.ts";
import { evaluate } from "./evaluate.ts";
import type { Evaluated } from "./evaluate.ts";
import { newInstance } from "./instance.ts";
import type { Instance, Supply } from "./instance.ts";
import type { CallResult, PackedCall, Prepared, RawOutcome } from "./messages.ts";
import { perform } from "./perform.ts";
import type { Running } from "./perform.ts";
import { takeRecording } from "./recording.ts";
import { makeLocate } from "./thrown.ts";

/** What one instance runs. */
export interface Plan extends Prepared {
  submission: Submission;
  limits: Limits;
}

/** A program in an instance of its own. */
export interface OpenLane {
  opened: Pick<Program, "problems" | "callable" | "otherExports"> & { console: string };
  call(call: PackedCall): CallResult;
  /** Ends it. Only where no call has spoiled it. */
  close(): void;
}

/** Runs a program's modules in a fresh instance. Never rejects for what they do. */
export async function openLane(supply: Supply, plan: Plan): Promise<OpenLane> {
  const { submission, limits, files, imports } = plan;
  const entry = files.find((file) => file.path === submission.entry);
  if (entry === undefined) throw new Error("the compiled program has no entry");
  const code = new Map(files.map((file) => [file.path, file.code]));
  const modules = { code, imports, traced: plan.sites !== undefined };
  const instance = await newInstance(supply, limits.memoryBytes, modules);
  allowConsole(instance, limits.consoleChars);
  // Nobody asks where a traced call threw: the plain one has said so.
  const locate = plan.sites === undefined ? makeLocate(files, submission) : () => undefined;
  const { functions, problems, otherExports } = evaluateSafely(instance, { entry, limits, locate });
  const callable = FUNCTION_NAMES.filter((fn) => functions.has(fn));
  const running: Running = { instance, functions, kept: new Map(), locate, callMs: limits.callMs };
  const opened = { problems, callable, otherExports, console: takeConsole(instance) };
  const isTraced = plan.sites !== undefined;
  return {
    opened,
    call: (call) => callSafely(running, call, isTraced),
    close: () => instance.release(),
  };
}

function evaluateSafely(instance: Instance, plan: Parameters<typeof evaluate>[1]): Evaluated {
  try {
    return evaluate(instance, plan);
  } catch (error) {
    const id = instance.full() ? "import-out-of-memory" : "import-crashed";
    const problem = { id, detail: `importing ${plan.entry.path}: ${wordsFor(error)}` } as const;
    return { problems: [problem], functions: new Map(), otherExports: [] };
  }
}

/** The engine's own traps, in words that say nothing about this machine. */
function wordsFor(error: unknown): string {
  return error instanceof RangeError ? "the stack overflowed" : "the sandbox broke";
}

const SPOILING: readonly RawOutcome["kind"][] = ["timed-out", "out-of-memory", "crashed"];

function callSafely(running: Running, call: PackedCall, isTraced: boolean): CallResult {
  const { instance } = running;
  try {
    if (isTraced) instance.tool("startRecording");
    const outcome = perform(running, call);
    const recording = isTraced ? { recording: takeRecording(instance) } : {};
    const spoiled = SPOILING.includes(outcome.kind);
    const console = takeConsole(instance);
    return { outcome, console, spoiled, ...recording };
  } catch (error) {
    return { outcome: brokenOutcome(instance, call, error), console: "", spoiled: true };
  }
}

/** The engine itself gave way: V8's stack, a WebAssembly trap, bytes that make no sense. */
function brokenOutcome(instance: Instance, { id, fn }: PackedCall, error: unknown): RawOutcome {
  if (instance.interrupted()) return { id, fn, kind: "timed-out" };
  if (instance.full()) return { id, fn, kind: "out-of-memory" };
  if (error instanceof RangeError) return { id, fn, kind: "stack-overflow" };
  return { id, fn, kind: "crashed", message: wordsFor(error) };
}
