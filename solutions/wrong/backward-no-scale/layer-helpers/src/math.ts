import { Matrix } from "ml-matrix";

/** A new matrix with f of every entry. */
export function map(M: Matrix, f: (value: number) => number): Matrix {
  const out = M.clone();
  for (let r = 0; r < M.rows; r++) {
    for (let c = 0; c < M.columns; c++) {
      out.set(r, c, f(M.get(r, c)));
    }
  }
  return out;
}

export const positivePart = (z: number): number => (z > 0 ? z : 0);

export const step = (z: number): number => (z > 0 ? 1 : 0);

export const logistic = (z: number): number => 1 / (1 + Math.exp(-z));
