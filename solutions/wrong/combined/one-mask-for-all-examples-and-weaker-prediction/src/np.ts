// The handful of numpy calls that the notebook uses.
import { Matrix } from "ml-matrix";

type M = Matrix;

function build(rows: number, columns: number, f: (i: number, j: number) => number): M {
  const out = new Matrix(rows, columns);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) out.set(i, j, f(i, j));
  return out;
}

export const dot = (A: M, B: M): M => A.mmul(B);
export const transpose = (A: M): M => A.transpose();
export const multiply = (A: M, B: M): M => build(A.rows, A.columns, (i, j) => A.get(i, j) * B.get(i, j));
export const subtract = (A: M, B: M): M => build(A.rows, A.columns, (i, j) => A.get(i, j) - B.get(i, j));
export const divide = (A: M, s: number): M => build(A.rows, A.columns, (i, j) => A.get(i, j) / s);
export const add_bias = (A: M, b: M): M => build(A.rows, A.columns, (i, j) => A.get(i, j) + b.get(i, 0));
export const maximum0 = (A: M): M => build(A.rows, A.columns, (i, j) => Math.max(0, A.get(i, j)));
export const greater = (A: M, s: number): M => build(A.rows, A.columns, (i, j) => (A.get(i, j) > s ? 1 : 0));
export const less = (A: M, s: number): M => build(A.rows, A.columns, (i, j) => (A.get(i, j) < s ? 1 : 0));
export const sigmoid = (A: M): M => build(A.rows, A.columns, (i, j) => 1 / (1 + Math.exp(-A.get(i, j))));
export const rand = (rows: number, columns: number, rng: () => number): M => build(rows, columns, () => rng());

export const times = (A: M, s: number): M => build(A.rows, A.columns, (i, j) => A.get(i, j) * s);

/** Broadcasting of a column. */
export const same_columns = (v: M, columns: number): M => build(v.rows, columns, (i) => v.get(i, 0));

/** np.sum(A, axis=1, keepdims=True) */
export const sum_rows = (A: M): M => build(A.rows, 1, (i) => A.getRow(i).reduce((s, x) => s + x, 0));
