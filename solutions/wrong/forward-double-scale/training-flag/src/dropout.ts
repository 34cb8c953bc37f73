import { Matrix } from "ml-matrix";

type Rng = () => number;
type Parameters = Record<"W1" | "b1" | "W2" | "b2" | "W3" | "b3", Matrix>;
type Cache = Parameters & Record<"Z1" | "D1" | "A1" | "Z2" | "D2" | "A2" | "Z3" | "A3", Matrix>;
type Gradients = Record<"dZ3" | "dW3" | "db3" | "dA2" | "dZ2" | "dW2" | "db2" | "dA1" | "dZ1" | "dW1" | "db1", Matrix>;

interface Mode {
  training: boolean;
  keep: number;
  rng: Rng;
}

function hiddenLayer(W: Matrix, A_prev: Matrix, b: Matrix, mode: Mode): { Z: Matrix; A: Matrix; D: Matrix } {
  const Z = W.mmul(A_prev).addColumnVector(b);
  const A = Z.clone();
  const D = Matrix.ones(Z.rows, Z.columns);
  for (let i = 0; i < Z.rows; i++) {
    for (let j = 0; j < Z.columns; j++) {
      let a = Math.max(0, Z.get(i, j));
      if (mode.training) {
        const keepUnit = mode.rng() < mode.keep;
        D.set(i, j, keepUnit ? 1 : 0);
        a = keepUnit ? a / mode.keep : 0;
        a = a / mode.keep;
      }
      A.set(i, j, a);
    }
  }
  return { Z, A, D };
}

function network(X: Matrix, p: Parameters, mode: Mode): { A3: Matrix; cache: Cache } {
  const layer1 = hiddenLayer(p.W1, X, p.b1, mode);
  const layer2 = hiddenLayer(p.W2, layer1.A, p.b2, mode);
  const Z3 = p.W3.mmul(layer2.A).addColumnVector(p.b3);
  const A3 = Matrix.mul(Z3, -1).exp().add(1).pow(-1);
  const cache: Cache = {
    ...p,
    Z1: layer1.Z, D1: layer1.D, A1: layer1.A,
    Z2: layer2.Z, D2: layer2.D, A2: layer2.A,
    Z3, A3,
  };
  return { A3, cache };
}

export function forward_propagation_with_dropout(X: Matrix, parameters: Parameters, keep_prob: number, rng: Rng = Math.random) {
  return network(X, parameters, { training: true, keep: keep_prob, rng });
}

function layerBackward(dA: Matrix, Z: Matrix, A_prev: Matrix) {
  const dZ = dA.clone();
  for (let i = 0; i < Z.rows; i++) {
    for (let j = 0; j < Z.columns; j++) {
      if (Z.get(i, j) <= 0) dZ.set(i, j, 0);
    }
  }
  return { dZ, ...dense(dZ, A_prev) };
}

function dense(dZ: Matrix, A_prev: Matrix) {
  const m = A_prev.columns;
  return { dW: dZ.mmul(A_prev.transpose()).div(m), db: Matrix.columnVector(dZ.mean("row")) };
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: Cache, keep_prob: number): Gradients {
  const dZ3 = Matrix.sub(cache.A3, Y);
  const out = dense(dZ3, cache.A2);

  const dA2 = cache.W3.transpose().mmul(dZ3);
  dA2.mul(cache.D2);
  dA2.div(keep_prob);
  const second = layerBackward(dA2, cache.Z2, cache.A1);

  const dA1 = cache.W2.transpose().mmul(second.dZ);
  dA1.mul(cache.D1);
  dA1.div(keep_prob);
  const first = layerBackward(dA1, cache.Z1, X);

  return {
    dZ3, dW3: out.dW, db3: out.db,
    dA2, dZ2: second.dZ, dW2: second.dW, db2: second.db,
    dA1, dZ1: first.dZ, dW1: first.dW, db1: first.db,
  };
}

export function predict(X: Matrix, parameters: Parameters): Matrix {
  const { A3 } = network(X, parameters, { training: false, keep: 1, rng: Math.random });
  const labels = Matrix.zeros(1, X.columns);
  labels.apply((i, j) => labels.set(i, j, A3.get(i, j) > 0.5 ? 1 : 0));
  return labels;
}
