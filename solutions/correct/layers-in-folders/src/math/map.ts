import { Matrix } from "ml-matrix";

export function mapEntries(M: Matrix, f: (value: number, i: number, j: number) => number): Matrix {
  const out = new Matrix(M.rows, M.columns);
  for (let i = 0; i < M.rows; i++) {
    for (let j = 0; j < M.columns; j++) {
      out.set(i, j, f(M.get(i, j), i, j));
    }
  }
  return out;
}
