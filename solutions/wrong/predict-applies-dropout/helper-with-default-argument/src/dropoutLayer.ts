import { Matrix } from "ml-matrix";
import { mapMatrix } from "./activations.js";
import type { Rng } from "./types.js";

/** A mask of zeros and ones; each entry is 1 with probability keepProb. */
export function makeMask(rows: number, columns: number, keepProb: number, rng: Rng): Matrix {
  const uniform = Matrix.rand(rows, columns, { random: rng });
  return mapMatrix(uniform, (u) => (u < keepProb ? 1 : 0));
}

export interface Dropped {
  out: Matrix;
  mask: Matrix;
}

export function dropoutForward(A: Matrix, keepProb: number, rng: Rng): Dropped {
  const mask = makeMask(A.rows, A.columns, keepProb, rng);
  const masked = Matrix.mul(A, mask);
  const out = Matrix.div(masked, keepProb);
  return { out, mask };
}

export function dropoutBackward(dA: Matrix, mask: Matrix, keepProb: number): Matrix {
  return Matrix.mul(dA, mask).div(keepProb);
}
