import type { FunctionName } from "../model/submission.ts";
import type { Value } from "../model/observation.ts";
import { decodeValues } from "./decode.ts";
import type { Reading } from "./decode.ts";

/** What the parameters of the three functions are called in a message. */
const PARAMETERS: Record<FunctionName, readonly string[]> = {
  forward_propagation_with_dropout: ["X", "parameters", "keep_prob", "rng"],
  backward_propagation_with_dropout: ["X", "Y", "cache", "keep_prob"],
  predict: ["X", "parameters"],
};

/** The arguments that read differently after a call, as in `X` or `cache.A2`. */
export function changedArguments(fn: FunctionName, before: Reading, after: Reading): string[] {
  if (sameReading(before, after)) return [];
  const old = decodeValues(before);
  const now = decodeValues(after);
  return old.flatMap((value, i) => {
    const name = PARAMETERS[fn][i] ?? `argument ${i + 1}`;
    return differences(name, value, now[i]);
  });
}

function sameReading(one: Reading, two: Reading): boolean {
  return one.text === two.text && sameBytes(one.numbers, two.numbers);
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
