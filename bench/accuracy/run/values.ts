/** Reads what a program returned, however it holds its numbers, and makes more of the same kind. */

import { Matrix } from "ml-matrix";

export type Rows = number[][];

type List = readonly unknown[];

/** The numbers as rows, booleans as 1 and 0; undefined where there is no such rectangle. */
export function readRows(value: unknown, rows: number, cols: number): Rows | undefined {
  const found = rectangle(value, rows, cols);
  if (found === undefined || found.length !== rows) return undefined;
  const isWhole = found.every(
    (row) =>
      row.length === cols && row.every((x) => typeof x === "number" || typeof x === "boolean"),
  );
  return isWhole ? found.map((row) => row.map(Number)) : undefined;
}

function rectangle(value: unknown, rows: number, cols: number): unknown[][] | undefined {
  if (typeof value === "number") return [[value]];
  if (isMatrixLike(value)) return value.to2DArray();
  const list = listOf(value);
  if (list === undefined) return undefined;
  // A typed array's own `map` would make numbers of them.
  const nested = Array.from(list, listOf);
  if (nested.every((row) => row !== undefined)) return nested.map((row) => [...row]);
  if (list.length !== rows * cols) return undefined;
  const flat = Array.from(list);
  return Array.from({ length: rows }, (_, i) => flat.slice(i * cols, (i + 1) * cols));
}

/** Values of the same kind as `like`, holding `numbers`. */
export function mirrored(like: unknown, numbers: Rows): unknown {
  const list = listOf(like);
  if (list === undefined) return new Matrix(numbers);
  const first = listOf(list[0]);
  if (first !== undefined) return numbers.map((row) => listLike(first, row));
  return listLike(list, numbers.flat());
}

function listLike(like: List | Float64Array, numbers: readonly number[]): unknown {
  if (!Array.isArray(like)) return Reflect.construct(like.constructor, [numbers]);
  return typeof like[0] === "boolean" ? numbers.map(Boolean) : [...numbers];
}

function listOf(value: unknown): (List & { constructor: NewableFunction }) | undefined {
  if (Array.isArray(value)) return value;
  // Every view but DataView is a list of numbers.
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return value as never;
  return undefined;
}

interface MatrixLike {
  to2DArray(): unknown[][];
}

function isMatrixLike(value: unknown): value is MatrixLike {
  return (
    typeof value === "object" &&
    value !== null &&
    typeof Reflect.get(value, "to2DArray") === "function"
  );
}

/** The value of one key of an object that a program returned. */
export function property(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}
