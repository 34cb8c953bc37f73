import { Matrix } from "ml-matrix";
import type { Rng } from "../../types.js";
import { mapEntries } from "../../math/map.js";

export class Dropout {
  private readonly keep: number;

  constructor(keep: number) {
    this.keep = keep;
  }

  sample(rows: number, columns: number, rng: Rng): Matrix {
    return mapEntries(new Matrix(rows, columns), () => (rng() < this.keep ? 1 : 0));
  }

  /** The same step in both directions. */
  apply(M: Matrix, D: Matrix): Matrix {
    return mapEntries(M, (v, i, j) => (v * D.get(i, j)) / this.keep);
  }
}
