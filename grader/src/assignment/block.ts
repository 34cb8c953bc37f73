/** Arithmetic on blocks of numbers. Shapes are the caller's duty: nothing here checks them. */

import type { Block } from "../model/observation.ts";

export function block(rows: number, cols: number, entry: (i: number, j: number) => number): Block {
  const data = new Float64Array(rows * cols);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) data[i * cols + j] = entry(i, j);
  }
  return { rows, cols, data };
}

export function at(a: Block, i: number, j: number): number {
  return a.data[i * a.cols + j] ?? Number.NaN;
}

// Plain loops from here on: the judge spends its time in these.

export function map(a: Block, f: (x: number) => number): Block {
  const data = new Float64Array(a.data.length);
  for (let k = 0; k < data.length; k++) data[k] = f(a.data[k] ?? Number.NaN);
  return { rows: a.rows, cols: a.cols, data };
}

/** Entry by entry; both of the same shape. */
export function zip(a: Block, b: Block, f: (x: number, y: number) => number): Block {
  const data = new Float64Array(a.data.length);
  for (let k = 0; k < data.length; k++)
    data[k] = f(a.data[k] ?? Number.NaN, b.data[k] ?? Number.NaN);
  return { rows: a.rows, cols: a.cols, data };
}

/** A number for each entry that `pick` finds one for, in reading order. */
export function pickFrom(a: Block, pick: (x: number, k: number) => number | undefined): number[] {
  const found: number[] = [];
  for (let k = 0; k < a.data.length; k++) {
    const value = pick(a.data[k] ?? Number.NaN, k);
    if (value !== undefined) found.push(value);
  }
  return found;
}

export function times(a: Block, b: Block): Block {
  return zip(a, b, (x, y) => x * y);
}

export function scaled(a: Block, factor: number): Block {
  return map(a, (x) => x * factor);
}

/** The matrix product: (r, k) by (k, c) gives (r, c). */
export function product(a: Block, b: Block): Block {
  const data = new Float64Array(a.rows * b.cols);
  for (let i = 0; i < a.rows; i++) {
    for (let k = 0; k < a.cols; k++) {
      const x = at(a, i, k);
      for (let j = 0; j < b.cols; j++)
        data[i * b.cols + j] = (data[i * b.cols + j] ?? 0) + x * at(b, k, j);
    }
  }
  return { rows: a.rows, cols: b.cols, data };
}

export function transposed(a: Block): Block {
  return block(a.cols, a.rows, (i, j) => at(a, j, i));
}

/** W·A + b, with the column `b` (n, 1) added to every example. */
export function linear(W: Block, A: Block, b: Block): Block {
  const WA = product(W, A);
  return block(WA.rows, WA.cols, (i, j) => at(WA, i, j) + at(b, i, 0));
}

/** (n, m) to (n, 1). */
export function rowSums(a: Block): Block {
  return block(a.rows, 1, (i) => {
    let sum = 0;
    for (let j = 0; j < a.cols; j++) sum += at(a, i, j);
    return sum;
  });
}

export function relu(a: Block): Block {
  return map(a, (x) => (x > 0 ? x : 0));
}

export function sigmoid(a: Block): Block {
  return map(a, (x) => 1 / (1 + Math.exp(-x)));
}

/** 1 where the entry is positive, else 0. */
export function positive(a: Block): Block {
  return map(a, (x) => (x > 0 ? 1 : 0));
}

export function largest(a: Block): number {
  let max = 0;
  // Math.max, as it hands a NaN on.
  for (const x of a.data) max = Math.max(max, Math.abs(x));
  return max;
}

export function sameShape(a: Block, b: Block): boolean {
  return a.rows === b.rows && a.cols === b.cols;
}

/** Relative to the size of the matrix, and wide enough for single precision. */
export const TOLERANCE = 1e-4;

/**
 * Equal up to `TOLERANCE` times the largest entry of `expected`. Written so that a NaN on
 * either side is unequal, and so that -0 equals 0.
 */
export function close(found: Block, expected: Block, tolerance = TOLERANCE): boolean {
  if (!sameShape(found, expected)) return false;
  const bound = tolerance * Math.max(largest(expected), 1e-6);
  for (let k = 0; k < expected.data.length; k++) {
    const difference = Math.abs((found.data[k] ?? Number.NaN) - (expected.data[k] ?? Number.NaN));
    if (!(difference <= bound)) return false;
  }
  return true;
}

/** Where two blocks of one shape disagree first, in reading order. */
export function firstDifference(found: Block, expected: Block): [number, number] | undefined {
  const bound = TOLERANCE * Math.max(largest(expected), 1e-6);
  const k = expected.data.findIndex(
    (x, index) => !(Math.abs((found.data[index] ?? Number.NaN) - x) <= bound),
  );
  return k < 0 ? undefined : [Math.floor(k / expected.cols), k % expected.cols];
}
