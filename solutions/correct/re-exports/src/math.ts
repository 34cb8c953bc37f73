import { Matrix } from "ml-matrix";

const lift = (f: (x: number) => number) => (M: Matrix) => {
  const out = M.clone();
  out.apply((i, j) => {
    out.set(i, j, f(M.get(i, j)));
  });
  return out;
};

export const relu = lift((z) => Math.max(0, z));
export const heaviside = lift((z) => (z > 0 ? 1 : 0));
export const sigmoid = lift((z) => 1 / (1 + Math.exp(-z)));
export const rowSums = (M: Matrix) => Matrix.columnVector(M.sum("row"));
