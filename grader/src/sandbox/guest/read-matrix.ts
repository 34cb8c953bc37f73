import { descriptorOf, isArray, typedLength } from "./primordials.ts";
import { MAX_ENTRIES, put, putAll, reserve } from "./numbers.ts";
import { entryProblem, ownValue, typedNumbers } from "./words.ts";
import type { ReadSpec } from "../spec.ts";

export type MatrixRead = Extract<ReadSpec, { kind: "matrix" }>;

export function other(what: string): ReadSpec {
  return { kind: "other", what };
}

export function matrix(parts: Omit<MatrixRead, "kind">): MatrixRead {
  return { kind: "matrix", ...parts };
}

const tooLarge = "an array that is too large";

export function readScalar(value: number | boolean): ReadSpec {
  const offset = reserve(1);
  if (offset === undefined) return other(tooLarge);
  put(offset, +value);
  const element = typeof value === "boolean" ? "boolean" : "number";
  return matrix({ rows: 1, cols: 1, offset, container: "number", element, typed: "" });
}

export function readTyped(value: object, typed: string): ReadSpec {
  const cols = typedLength(value);
  if (cols === 0) return other("an empty array");
  const offset = reserve(cols);
  if (offset === undefined) return other(tooLarge);
  putAll(offset, value as Float64Array);
  return matrix({ rows: 1, cols, offset, container: "typed-flat", element: "number", typed });
}

export function readArray(value: unknown[]): ReadSpec {
  const { length } = value;
  if (length === 0) return other("an empty array");
  if (length > MAX_ENTRIES) return other(`an array of ${length} entries`);
  const first = ownValue(value, 0);
  if (isArray(first) || typedNumbers(first) !== undefined) return readRows(value);
  const offset = reserve(length);
  if (offset === undefined) return other(tooLarge);
  const seen = readEntries(value, length, offset);
  if ("bad" in seen) {
    return other(`an array with ${entryProblem(value, seen.bad)} as its entry ${seen.bad + 1}`);
  }
  const { element } = seen;
  return matrix({ rows: 1, cols: length, offset, container: "flat", element, typed: "" });
}

type Seen = { element: "number" | "boolean" } | { bad: number };

/** Copies own numbers and booleans to `offset`; stops at the first entry that is neither. */
function readEntries(list: object, length: number, offset: number): Seen {
  let booleans = 0;
  for (let j = 0; j < length; j += 1) {
    const descriptor = descriptorOf(list, j);
    const entry: unknown = descriptor === undefined ? undefined : descriptor.value;
    if (typeof entry === "boolean") booleans += 1;
    else if (typeof entry !== "number") return { bad: j };
    put(offset + j, +entry);
  }
  return { element: booleans === length ? "boolean" : "number" };
}

/** The length of one row; nothing where it is not a row. */
function rowLength(row: unknown): number | undefined {
  if (isArray(row)) return row.length;
  return typedNumbers(row) === undefined ? undefined : typedLength(row);
}

/** An array of rows, plain or typed. The rows are a rectangle or the value has a problem. */
function readRows(value: unknown[]): ReadSpec {
  const rows = value.length;
  const cols = rowLength(ownValue(value, 0)) ?? 0;
  if (cols === 0) return other("an array of empty rows");
  const offset = reserve(rows * cols);
  if (offset === undefined) return other(tooLarge);
  let booleanRows = 0;
  let typed = typedNumbers(ownValue(value, 0)) ?? "";
  for (let i = 0; i < rows; i += 1) {
    const row = ownValue(value, i);
    const length = rowLength(row);
    if (length === undefined)
      return other(`an array with ${entryProblem(value, i)} as row ${i + 1}`);
    if (length !== cols) {
      return other(`an array whose rows have different lengths (${cols} and ${length})`);
    }
    const name = typedNumbers(row) ?? "";
    if (name !== typed) typed = "";
    const seen = readRow(row as object, cols, offset + i * cols);
    if ("bad" in seen) {
      const what = entryProblem(row as object, seen.bad);
      return other(`an array with ${what} in row ${i + 1}, column ${seen.bad + 1}`);
    }
    if (seen.element === "boolean") booleanRows += 1;
  }
  const element = booleanRows === rows ? "boolean" : "number";
  const container = typed === "" ? "rows" : "typed-rows";
  return matrix({ rows, cols, offset, container, element, typed });
}

export function readRow(row: object, cols: number, offset: number): Seen {
  if (isArray(row)) return readEntries(row, cols, offset);
  putAll(offset, row as Float64Array);
  return { element: "number" };
}
