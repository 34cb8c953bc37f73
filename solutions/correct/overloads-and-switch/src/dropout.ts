import { Matrix } from "ml-matrix";

type Kind = "relu" | "sigmoid" | "mask" | "step" | "label";

function op(kind: "mask", M: Matrix, keep_prob: number, rng: () => number): Matrix;
function op(kind: Exclude<Kind, "mask">, M: Matrix): Matrix;
function op(kind: Kind, M: Matrix, keep_prob = 1, rng: () => number = () => 0): Matrix {
  const out = new Matrix(M.rows, M.columns);
  for (let i = 0; i < M.rows; i++) {
    for (let j = 0; j < M.columns; j++) {
      const v = M.get(i, j);
      switch (kind) {
        case "relu":
          out.set(i, j, v >= 0 ? v : 0);
          break;
        case "sigmoid":
          out.set(i, j, 1 / (1 + Math.exp(-v)));
          break;
        case "mask":
          out.set(i, j, rng() < keep_prob ? 1 : 0);
          break;
        case "step":
          out.set(i, j, v >= 0 ? 1 : 0);
          break;
        case "label":
          out.set(i, j, v > 0.5 ? 1 : 0);
          break;
        default: {
          const never: never = kind;
          throw new Error(`unknown operation ${String(never)}`);
        }
      }
    }
  }
  return out;
}

interface Parameters { W1: Matrix; b1: Matrix; W2: Matrix; b2: Matrix; W3: Matrix; b3: Matrix }
interface Cache extends Parameters { Z1: Matrix; D1: Matrix; A1: Matrix; Z2: Matrix; D2: Matrix; A2: Matrix; Z3: Matrix; A3: Matrix }

export function forward_propagation_with_dropout(X: Matrix, parameters: Parameters, keep_prob: number): { A3: Matrix; cache: Cache };
export function forward_propagation_with_dropout(X: Matrix, parameters: Parameters, keep_prob: number, rng: () => number): { A3: Matrix; cache: Cache };
export function forward_propagation_with_dropout(X: Matrix, parameters: Parameters, keep_prob: number, rng: () => number = Math.random) {
  const { W1, b1, W2, b2, W3, b3 } = parameters;
  const Z1 = W1.mmul(X).addColumnVector(b1);
  const D1 = op("mask", Z1, keep_prob, rng);
  const A1 = op("relu", Z1).mul(D1).div(keep_prob);
  const Z2 = W2.mmul(A1).addColumnVector(b2);
  const D2 = op("mask", Z2, keep_prob, rng);
  const A2 = op("relu", Z2).mul(D2).div(keep_prob);
  const Z3 = W3.mmul(A2).addColumnVector(b3);
  const A3 = op("sigmoid", Z3);
  return { A3, cache: { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 } };
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: Cache, keep_prob: number) {
  const m = X.columns;
  const dZ3 = Matrix.sub(cache.A3, Y);
  const dW3 = dZ3.mmul(cache.A2.transpose()).div(m);
  const db3 = Matrix.columnVector(dZ3.sum("row")).div(m);

  const dA2 = cache.W3.transpose().mmul(dZ3).mul(cache.D2).div(keep_prob);
  const dZ2 = op("step", cache.Z2).mul(dA2);
  const dW2 = dZ2.mmul(cache.A1.transpose()).div(m);
  const db2 = Matrix.columnVector(dZ2.sum("row")).div(m);

  const dA1 = cache.W2.transpose().mmul(dZ2).mul(cache.D1).div(keep_prob);
  const dZ1 = op("step", cache.Z1).mul(dA1);
  const dW1 = dZ1.mmul(X.transpose()).div(m);
  const db1 = Matrix.columnVector(dZ1.sum("row")).div(m);

  return { dZ3, dW3, db3, dA2, dZ2, dW2, db2, dA1, dZ1, dW1, db1 };
}

export function predict(X: Matrix, parameters: Parameters): Matrix {
  const { W1, b1, W2, b2, W3, b3 } = parameters;
  const A1 = op("relu", W1.mmul(X).addColumnVector(b1));
  const A2 = op("relu", W2.mmul(A1).addColumnVector(b2));
  return op("label", op("sigmoid", W3.mmul(A2).addColumnVector(b3)));
}
