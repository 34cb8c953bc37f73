import { Matrix } from "ml-matrix";
import type { Memory } from "./forward.js";
import { heaviside, rowSums } from "./math.js";

export default function backwardPass(X: Matrix, Y: Matrix, memory: Memory, keepProb: number) {
  const n = X.columns;

  const dZ3 = Matrix.subtract(memory.A3, Y);

  let dA2 = memory.W3.transpose().mmul(dZ3);
  dA2 = Matrix.multiply(dA2, memory.D2);
  dA2 = Matrix.divide(dA2, keepProb);
  const dZ2 = Matrix.multiply(dA2, heaviside(memory.Z2));

  let dA1 = memory.W2.transpose().mmul(dZ2);
  dA1 = Matrix.multiply(dA1, memory.D1);
  dA1 = Matrix.divide(dA1, keepProb);
  const dZ1 = Matrix.multiply(dA1, heaviside(memory.Z1));

  return {
    dZ3,
    dW3: Matrix.divide(dZ3.mmul(memory.A2.transpose()), n),
    db3: Matrix.divide(rowSums(dZ3), n),
    dA2,
    dZ2,
    dW2: Matrix.divide(dZ2.mmul(memory.A1.transpose()), n),
    db2: Matrix.divide(rowSums(dZ2), n),
    dA1,
    dZ1,
    dW1: Matrix.divide(dZ1.mmul(X.transpose()), n),
    db1: Matrix.divide(rowSums(dZ1), n),
  };
}
