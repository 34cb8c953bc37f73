import { Scope } from "quickjs-emscripten-core";
import type { QuickJSHandle } from "quickjs-emscripten-core";
import type { FunctionName } from "../model/submission.ts";
import type { Reading } from "./decode.ts";
import type { Instance } from "./instance.ts";
import { runJobs } from "./jobs.ts";
import type { PackedCall, RawOutcome } from "./messages.ts";
import type { KeptArg } from "./pack.ts";
import { readThrown } from "./thrown.ts";
import type { Locate, Thrown } from "./thrown.ts";

/** A program that is ready to be called. */
export interface Running {
  instance: Instance;
  functions: ReadonlyMap<FunctionName, QuickJSHandle>;
  /** What calls with `keep` returned, by call id. */
  kept: Map<string, QuickJSHandle>;
  locate: Locate;
  callMs: number;
}

/** Student code, or the building and reading around it, ended in something thrown. */
class ThrownError extends Error {
  override name = "ThrownError";
  readonly thrown: Thrown;
  constructor(thrown: Thrown) {
    super(thrown.name);
    this.thrown = thrown;
  }
}

type Ids = Pick<PackedCall, "id" | "fn">;

/** Makes one call and reads what came of it. Throws only where the engine itself broke. */
export function perform(running: Running, call: PackedCall): RawOutcome {
  const { instance } = running;
  const { id, fn } = call;
  const callee = running.functions.get(fn);
  if (callee === undefined) return { id, fn, kind: "skipped", because: `${fn} cannot be called` };
  instance.allow(running.callMs);
  return Scope.withScope((scope) => {
    const kept = findKept(running, call, scope);
    if (typeof kept === "string") return { id, fn, kind: "skipped", because: kept };
    try {
      const outcome = callOnce({ running, call, scope, callee, kept });
      return instance.interrupted() ? { id, fn, kind: "timed-out" } : outcome;
    } catch (error) {
      if (instance.interrupted()) return { id, fn, kind: "timed-out" };
      if (error instanceof ThrownError) return ofThrown({ id, fn }, error.thrown, 0);
      throw error;
    }
  });
}

interface Attempt {
  running: Running;
  call: PackedCall;
  scope: Scope;
  callee: QuickJSHandle;
  kept: QuickJSHandle[];
}

function callOnce(attempt: Attempt): RawOutcome {
  const { running, call, scope, callee } = attempt;
  const { instance, locate, kept } = running;
  const { student } = instance;
  const { id, fn } = call;
  const built = buildArguments(attempt);
  const readable = built.args.filter((_, i) => call.readable[i]);
  const before = call.readFirst ? { before: readValues(running, readable) } : {};
  const result = student.callFunction(callee, student.undefined, ...built.args);
  runJobs(instance);
  const draws = count(running, built.count);
  if (result.error) {
    return ofThrown({ id, fn }, readThrown(instance, scope.manage(result.error), locate), draws);
  }
  const mathRandomDraws = numberFrom(running, "countMathRandom");
  const reading = readValues(running, [result.value, ...readable]);
  if (call.keep) kept.set(id, result.value);
  else scope.manage(result.value);
  return { id, fn, kind: "returned", reading, ...before, draws, mathRandomDraws };
}

function ofThrown({ id, fn }: Ids, thrown: Thrown, draws: number): RawOutcome {
  const { kind, name, message, at } = thrown;
  const where = at === undefined ? {} : { at };
  if (kind === "stack-overflow") return { id, fn, kind, ...where };
  if (kind === "out-of-memory") return { id, fn, kind };
  return { id, fn, kind: "threw", name, message, draws, ...where };
}

/** The kept values that a call is given, or why it cannot be made. */
function findKept(running: Running, call: PackedCall, scope: Scope): QuickJSHandle[] | string {
  const found: QuickJSHandle[] = [];
  for (const arg of call.kept) {
    const whole = running.kept.get(arg.call);
    if (whole === undefined) return "the call that it builds on did not return";
    const part = arg.property === undefined ? whole : partOf(running, whole, arg);
    if (part === undefined) return `the call that it builds on did not return ${arg.property}`;
    if (part !== whole) scope.manage(part);
    found.push(part);
  }
  return found;
}

function partOf({ instance }: Running, whole: QuickJSHandle, arg: KeptArg) {
  const { judge } = instance;
  const key = judge.newString(arg.property ?? "");
  const result = key.consume((handle) => instance.reader("partOf", whole, handle));
  if (result.error) return undefined;
  return judge.typeof(result.value) === "undefined" ? undefined : result.value;
}

function buildArguments({ running, call, scope, kept }: Attempt) {
  const { instance } = running;
  const { student } = instance;
  const { numbers } = call;
  const seed = scope.manage(student.newNumber(call.seed));
  const end = scope.manage(student.newNumber(call.end));
  tool(running, "reseedMathRandom", seed, end).dispose();
  const text = scope.manage(student.newString(call.text));
  const buffer = scope.manage(student.newArrayBuffer(numbers.buffer));
  const built = scope.manage(tool(running, "build", text, buffer, ...kept));
  const list = scope.manage(student.getProp(built, "args"));
  if (call.watch) tool(running, "watchArguments", list).dispose();
  const args = call.readable.map((_, i) => scope.manage(student.getProp(list, i)));
  return { args, count: scope.manage(student.getProp(built, "count")) };
}

function tool(running: Running, name: string, ...args: QuickJSHandle[]): QuickJSHandle {
  const { instance, locate } = running;
  const result = instance.tool(name, ...args);
  if (result.error) throw new ThrownError(readThrown(instance, result.error, locate));
  return result.value;
}

function numberFrom(running: Running, name: string): number {
  return tool(running, name).consume((handle) => running.instance.student.getNumber(handle));
}

function count({ instance }: Running, counter: QuickJSHandle): number {
  const { student } = instance;
  const result = student.callFunction(counter, student.undefined);
  if (!result.error) return result.value.consume((handle) => student.getNumber(handle));
  result.error.dispose();
  return 0;
}

/** Reads values by the reader's own realm, all at once. */
function readValues(running: Running, values: QuickJSHandle[]): Reading {
  const { instance, locate } = running;
  const { judge } = instance;
  const result = instance.reader("readValues", ...values);
  if (result.error) throw new ThrownError(readThrown(instance, result.error, locate));
  return Scope.withScope((scope) => {
    const whole = scope.manage(result.value);
    const text = judge.getString(scope.manage(judge.getProp(whole, "text")));
    const lifetime = scope.manage(
      judge.getArrayBuffer(scope.manage(judge.getProp(whole, "numbers"))),
    );
    return { text, numbers: new Float64Array(lifetime.value.slice().buffer) };
  });
}
