import { Matrix } from "ml-matrix";

function over(M: Matrix, f: (x: number) => number) {
  const out = M.clone();
  for (let i = 0; i < out.rows; i++) out.setRow(i, M.getRow(i).map(f));
  return out;
}

export const relu = (Z: Matrix) => over(Z, (z) => (z > 0 ? z : 0));
export const reluPrime = (Z: Matrix) => over(Z, (z) => (z > 0 ? 1 : 0));
export const sigmoid = (Z: Matrix) => over(Z, (z) => 1 / (1 + Math.exp(-z)));
