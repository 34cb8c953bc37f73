import { Matrix } from "ml-matrix";
import { mapEntries } from "../../math/map.js";

export class Sigmoid {
  static forward(Z: Matrix): Matrix {
    return mapEntries(Z, (z) => 1 / (1 + Math.exp(-z)));
  }

  static gradientOfCrossEntropy(A: Matrix, Y: Matrix): Matrix {
    return Matrix.sub(A, Y);
  }

  static labels(A: Matrix): Matrix {
    return mapEntries(A, (a) => (a > 0.5 ? 1 : 0));
  }
}
