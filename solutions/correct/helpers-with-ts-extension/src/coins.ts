import { Matrix } from "ml-matrix";

/** A 0/1 matrix of the shape of `like`; each entry is 1 with probability p. */
export function tossCoins(like: Matrix, p: number, rng: () => number): Matrix {
  const D = new Matrix(like.rows, like.columns);
  for (let i = 0; i < D.rows; i++) {
    for (let j = 0; j < D.columns; j++) {
      if (rng() < p) D.set(i, j, 1);
    }
  }
  return D;
}

/** Divides by p in place. */
export function rescale(M: Matrix, p: number): Matrix {
  return M.div(p);
}
