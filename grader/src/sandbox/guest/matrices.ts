import { AbstractMatrix } from "ml-matrix";
import { float64Array, prototypeOf } from "./primordials.ts";

/** The parts of an ml-matrix object that reading needs. */
export interface AnyMatrix {
  rows: number;
  columns: number;
  get: (row: number, column: number) => unknown;
}

export const matrixPrototype: object = AbstractMatrix.prototype;

export function isMatrix(value: unknown): value is AnyMatrix {
  if (typeof value !== "object") return false;
  let link: object | null = value;
  for (let depth = 0; link !== null && depth < 8; depth += 1) {
    link = prototypeOf(link);
    if (link === matrixPrototype) return true;
  }
  return false;
}

/**
 * The entries of a matrix that keeps none of its own (a transposed view, a selection, a wrapper),
 * each asked for once. Row-major; nothing where an entry is not a number.
 */
export function readView(view: AnyMatrix, rows: number, cols: number): Float64Array | undefined {
  const numbers = new float64Array(rows * cols);
  for (let i = 0; i < rows; i += 1) {
    for (let j = 0; j < cols; j += 1) {
      const entry = view.get(i, j);
      if (typeof entry !== "number") return undefined;
      numbers[i * cols + j] = entry;
    }
  }
  return numbers;
}
