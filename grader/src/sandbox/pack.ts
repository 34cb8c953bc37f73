import type { Arg, Call, MatrixValue } from "../model/observation.ts";
import { readsAs } from "./changes.ts";
import type { PackedCall } from "./messages.ts";
import { seedOf } from "./seed.ts";
import type { BuildSpec, BuildText } from "./spec.ts";

/** A value that an earlier call returned, or a part of it. */
export type KeptArg = Extract<Arg, { kind: "kept" }>;

/** Arguments as the builder inside the sandbox takes them. */
export interface Packed {
  /** The `BuildText` as JSON. */
  text: string;
  numbers: Float64Array;
  kept: KeptArg[];
}

/** Packs a call for the worker. */
export function packCall(call: Call): PackedCall {
  const { id, fn, args, keep = false, watch = false } = call;
  const { text, numbers, kept } = packArguments(call);
  return {
    ...{ id, fn, text, numbers, kept, keep, watch, ...mathRandomOf(call) },
    readable: args.map(({ kind }) => kind !== "rng"),
    readFirst: readsAs(args) === undefined,
  };
}

/** What `Math.random` begins with in a call. */
export function mathRandomOf({ id, randomOf, extreme }: Call): { seed: number; end: number } {
  const end = extreme === undefined ? 0 : extreme === "high" ? 1 : -1;
  return { seed: seedOf(randomOf ?? id), end };
}

interface Parts {
  chunks: Float64Array[];
  length: number;
  kept: KeptArg[];
}

export function packArguments({ args, objects = [] }: Call): Packed {
  const parts: Parts = { chunks: [], length: 0, kept: [] };
  const specs = args.map((arg) => pack(arg, parts));
  const numbers = new Float64Array(parts.length);
  let offset = 0;
  for (const chunk of parts.chunks) {
    numbers.set(chunk, offset);
    offset += chunk.length;
  }
  const text: BuildText = { specs, objects };
  return { text: JSON.stringify(text), numbers, kept: parts.kept };
}

function add(parts: Parts, data: Float64Array): number {
  const offset = parts.length;
  parts.chunks.push(data);
  parts.length += data.length;
  return offset;
}

function pack(arg: Arg, parts: Parts): BuildSpec {
  switch (arg.kind) {
    case "scalar":
      return { kind: "scalar", offset: add(parts, Float64Array.of(arg.value)) };
    case "rng":
      return packRng(arg.draws, parts);
    case "kept":
      return { kind: "kept", index: parts.kept.push(arg) - 1 };
    case "matrix":
      return packMatrix(arg, parts);
    case "record": {
      const pairs = Object.entries(arg.entries).map(
        ([name, entry]) => [name, pack(entry, parts)] as const,
      );
      return { kind: "record", entries: Object.fromEntries(pairs) };
    }
  }
}

/** The same numbers go on in the same way, whichever call they are given to. */
function packRng(draws: Float64Array, parts: Parts): BuildSpec {
  const seed = seedOf(draws.subarray(0, 4).join());
  return { kind: "rng", offset: add(parts, draws), length: draws.length, seed };
}

function packMatrix(value: MatrixValue, parts: Parts): BuildSpec {
  const { block, container, element, typed = "Float64Array" } = value;
  const { rows, cols, data } = block;
  return { kind: "matrix", rows, cols, offset: add(parts, data), container, element, typed };
}
