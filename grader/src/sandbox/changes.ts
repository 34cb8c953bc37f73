import type { Arg, Value } from "../model/observation.ts";
import type { FunctionName } from "../model/submission.ts";

/** What the parameters of the three functions are called in a message. */
const PARAMETERS: Record<FunctionName, readonly string[]> = {
  forward_propagation_with_dropout: ["X", "parameters", "keep_prob", "rng"],
  backward_propagation_with_dropout: ["X", "Y", "cache", "keep_prob"],
  predict: ["X", "parameters"],
};

/** The arguments that read differently after a call, as in `X` or `cache.A2`. */
export function changedArguments(
  fn: FunctionName,
  before: readonly Value[],
  after: readonly Value[],
): string[] {
  return before.flatMap((value, i) => {
    const name = PARAMETERS[fn][i] ?? `argument ${i + 1}`;
    return differences(name, value, after[i]);
  });
}

/**
 * What arguments read as when they have just been built. Nothing where only reading them can tell:
 * what an earlier call returned, and containers that may round.
 */
export function readsAs(args: readonly Arg[]): Value[] | undefined {
  const values = args.flatMap((arg) => (arg.kind === "rng" ? [] : [readsAsOne(arg)]));
  return values.every((value) => value !== undefined) ? values : undefined;
}

function readsAsOne(arg: Exclude<Arg, { kind: "rng" }>): Value | undefined {
  switch (arg.kind) {
    case "kept":
      return undefined;
    case "matrix":
      return arg.container === "Matrix" ? arg : undefined;
    case "scalar": {
      const block = { rows: 1, cols: 1, data: Float64Array.of(arg.value) };
      return { kind: "matrix", block, container: "number", element: "number" };
    }
    case "record": {
      const names = Object.keys(arg.entries);
      const values = readsAs(Object.values(arg.entries));
      if (values === undefined || values.length !== names.length) return undefined;
      // Only ever compared, name by name.
      return {
        kind: "record",
        entries: Object.fromEntries(names.map((name, k) => [name, values[k] as Value])),
      };
    }
  }
}

/** Compares bits, so that NaN equals itself and -0 differs from 0. */
function sameBytes(one: Float64Array, two: Float64Array): boolean {
  const bytesOf = (data: Float64Array) =>
    Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  return bytesOf(one).equals(bytesOf(two));
}

function differences(name: string, old: Value, now: Value | undefined): string[] {
  if (now === undefined || old.kind !== now.kind) return [name];
  if (old.kind === "matrix" && now.kind === "matrix") return sameMatrix(old, now) ? [] : [name];
  if (old.kind === "record" && now.kind === "record") {
    const names = new Set([...Object.keys(old.entries), ...Object.keys(now.entries)]);
    return [...names].flatMap((key) =>
      entryDifferences(`${name}.${key}`, old.entries[key], now.entries[key]),
    );
  }
  return old.kind === "other" && now.kind === "other" && old.what === now.what ? [] : [name];
}

function entryDifferences(name: string, old: Value | undefined, now: Value | undefined): string[] {
  return old === undefined ? [name] : differences(name, old, now);
}

type Matrix = Extract<Value, { kind: "matrix" }>;

function sameMatrix(one: Matrix, two: Matrix): boolean {
  return (
    one.block.rows === two.block.rows &&
    one.block.cols === two.block.cols &&
    one.container === two.container &&
    sameBytes(one.block.data, two.block.data)
  );
}
