import type { Matrix } from "ml-matrix";
import { mapEntries } from "../../math/map.js";

export class Relu {
  static forward(Z: Matrix): Matrix {
    return mapEntries(Z, (z) => Math.max(0, z));
  }

  static backward(dA: Matrix, Z: Matrix): Matrix {
    return mapEntries(dA, (g, i, j) => (Z.get(i, j) > 0 ? g : 0));
  }
}
