import type { MatrixValue, Value } from "../model/observation.ts";

const CONTAINERS = ["Matrix", "rows", "typed-rows", "flat", "typed-flat", "number"] as const;
const MAX_ENTRIES = 1_000_000;
const MAX_DEPTH = 4;
const MAX_KEYS = 64;
const MAX_TEXT = 300;

/** Values that came out of the sandbox, as text and numbers, both still to be believed. */
export interface Reading {
  text: string;
  numbers: Float64Array;
}

/** The sandbox said something that its own reader never says. */
export class UnreadableError extends Error {
  override name = "UnreadableError";
}

/**
 * Turns a reading into values and checks all of it on the way, since whoever broke the engine
 * could have written these bytes.
 *
 * @throws {UnreadableError} where it is not what the reader writes
 */
export function decodeValues({ text, numbers }: Reading): Value[] {
  const specs: unknown = parse(text);
  if (!Array.isArray(specs)) throw new UnreadableError("not a list of values");
  return specs.map((spec) => decode(spec, numbers, 0));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UnreadableError("not JSON");
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function decode(spec: unknown, numbers: Float64Array, depth: number): Value {
  if (!isObject(spec) || depth > MAX_DEPTH) throw new UnreadableError("not a value");
  const { kind, what, entries } = spec;
  if (kind === "other" && typeof what === "string") {
    return { kind, what: what.slice(0, MAX_TEXT) };
  }
  if (kind === "record" && Array.isArray(entries) && entries.length <= MAX_KEYS) {
    return { kind, entries: decodeEntries(entries, numbers, depth) };
  }
  if (kind === "matrix") return decodeMatrix(spec, numbers);
  throw new UnreadableError("a value of no known kind");
}

function decodeEntries(entries: unknown[], numbers: Float64Array, depth: number) {
  const record = Object.create(null) as Record<string, Value>; // no prototype, so no `any` to fear
  for (const entry of entries) {
    if (!Array.isArray(entry) || typeof entry[0] !== "string") {
      throw new UnreadableError("not an entry of a record");
    }
    record[entry[0].slice(0, MAX_TEXT)] = decode(entry[1], numbers, depth + 1);
  }
  return record;
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0;
}

function decodeMatrix(spec: Record<string, unknown>, numbers: Float64Array): MatrixValue {
  const { rows, cols, offset, element, typed } = spec;
  const container = CONTAINERS.find((known) => known === spec["container"]);
  const isKnown = container !== undefined && (element === "number" || element === "boolean");
  if (!isCount(rows) || !isCount(cols) || !isCount(offset) || !isKnown) {
    throw new UnreadableError("not a matrix");
  }
  const size = rows * cols;
  if (size > MAX_ENTRIES || offset + size > numbers.length) {
    throw new UnreadableError("a matrix beyond its numbers");
  }
  // A view, so that a reading leaves the worker as one buffer instead of as dozens.
  const block = { rows, cols, data: numbers.subarray(offset, offset + size) };
  const value: MatrixValue = { kind: "matrix", block, container, element };
  return typeof typed === "string" && typed !== "" ? { ...value, typed } : value;
}
