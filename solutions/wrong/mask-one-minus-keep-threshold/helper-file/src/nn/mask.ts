import { Matrix } from "ml-matrix";
import { ops } from "./ops";

/** Ones where the unit survives. */
export function survivors(like: Matrix, keep: number, rng: () => number): Matrix {
  return ops.map(like, () => (rng() < 1 - keep ? 1 : 0));
}

export function dropOut(H: Matrix, mask: Matrix, keep: number): Matrix {
  const masked = ops.times(H, mask);
  return ops.map(masked, (a) => a / keep);
}
