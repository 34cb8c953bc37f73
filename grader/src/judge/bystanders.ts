/** Which calls have to be run beside the one in which something is off. */

import type { Culprit } from "../model/diagnosis.ts";
import type { Arg, Call } from "../model/observation.ts";
import { FUNCTION_NAMES, type FunctionName } from "../model/submission.ts";

/** A small call of each function that nobody accuses, to see which helpers it shares with one that is. */
export function bystanders(
  wanted: readonly string[],
  culprits: readonly Culprit[],
  calls: ReadonlyMap<string, Call>,
): string[] {
  if (wanted.length === 0) return [];
  const accused = new Set<FunctionName>(culprits.map((c) => c.fn));
  const running = new Set(
    wanted.flatMap((id) => withWhatItKeeps(id, calls)).map((call) => call.fn),
  );
  return FUNCTION_NAMES.filter((fn) => !accused.has(fn) && !running.has(fn)).flatMap(
    (fn) => smallest([...calls.values()].filter((call) => call.fn === fn))?.id ?? [],
  );
}

/** The call that is likely to do least, and leaves nothing out because keep_prob is 1. */
function smallest(calls: readonly Call[]): Call | undefined {
  const sized = calls.flatMap((call) =>
    call.args.some((arg) => arg.kind === "scalar" && arg.value === 1)
      ? []
      : [{ call, work: numbersIn(call.args) * examplesIn(call) }],
  );
  return sized.toSorted((a, b) => a.work - b.work)[0]?.call;
}

function examplesIn({ args: [X] }: Call): number {
  return X?.kind === "matrix" ? X.block.cols : 1;
}

/** A call that needs another one run first is the last choice. */
function numbersIn(args: readonly Arg[]): number {
  const sizes = args.map((arg) => {
    if (arg.kind === "kept") return Number.MAX_VALUE;
    if (arg.kind === "record") return numbersIn(Object.values(arg.entries));
    return arg.kind === "matrix" ? arg.block.data.length : 0;
  });
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** A call on the cache of an earlier call needs that one to be run first. */
export function withWhatItKeeps(id: string, calls: ReadonlyMap<string, Call>): Call[] {
  const call = calls.get(id);
  if (call === undefined) return [];
  const before = call.args.flatMap((arg) =>
    arg.kind === "kept" ? withWhatItKeeps(arg.call, calls) : [],
  );
  return [...before, call];
}
