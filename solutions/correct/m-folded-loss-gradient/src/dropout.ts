import { Matrix } from "ml-matrix";

/**
 * Backward the textbook way: J = -(1/m) Σ y·log(a) + (1-y)·log(1-a),
 * so ∂J/∂a already has the 1/m in it and no later step needs to know m.
 */
type Grid = number[][];

class Tape {
  constructor(readonly keep: number, readonly rng: () => number) {}

  hidden(W: Matrix, A: Matrix, b: Matrix) {
    const Z = Matrix.add(W.mmul(A), b.mmul(Matrix.ones(1, A.columns)));
    const D: Grid = [];
    const out: Grid = [];
    for (let i = 0; i < Z.rows; i++) {
      D.push([]);
      out.push([]);
      for (let j = 0; j < Z.columns; j++) {
        const stays = this.rng() <= this.keep;
        D[i].push(stays ? 1 : 0);
        out[i].push(stays && Z.get(i, j) > 0 ? Z.get(i, j) / this.keep : 0);
      }
    }
    return { Z, D: new Matrix(D), A: new Matrix(out) };
  }

  output(W: Matrix, A: Matrix, b: Matrix) {
    const Z = Matrix.add(W.mmul(A), b.mmul(Matrix.ones(1, A.columns)));
    const P = new Matrix(Z.to2DArray().map((row) => row.map((z) => 1 / (1 + Math.exp(-z)))));
    return { Z, A: P };
  }
}

export function forward_propagation_with_dropout(X: Matrix, parameters: any, keep_prob: number, rng: () => number = Math.random) {
  const tape = new Tape(keep_prob, rng);
  const one = tape.hidden(parameters.W1, X, parameters.b1);
  const two = tape.hidden(parameters.W2, one.A, parameters.b2);
  const three = tape.output(parameters.W3, two.A, parameters.b3);
  return {
    A3: three.A,
    cache: {
      ...parameters,
      Z1: one.Z, D1: one.D, A1: one.A,
      Z2: two.Z, D2: two.D, A2: two.A,
      Z3: three.Z, A3: three.A,
    },
  };
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: any, keep_prob: number) {
  const { Z1, D1, A1, Z2, D2, A2, W2, A3, W3 } = cache as Record<string, Matrix>;
  const m = X.columns;

  const dJdA3 = A3.clone();
  for (let i = 0; i < A3.rows; i++) {
    for (let j = 0; j < m; j++) {
      const a = A3.get(i, j);
      const y = Y.get(i, j);
      dJdA3.set(i, j, (-(y / a) + (1 - y) / (1 - a)) / m);
    }
  }
  const dZ3 = Matrix.mul(dJdA3, Matrix.mul(A3, Matrix.sub(Matrix.ones(A3.rows, m), A3)));

  const through = (W: Matrix, dZ: Matrix, D: Matrix) => {
    const dA = W.transpose().mmul(dZ);
    for (let i = 0; i < dA.rows; i++) for (let j = 0; j < m; j++) dA.set(i, j, D.get(i, j) ? dA.get(i, j) / keep_prob : 0);
    return dA;
  };
  const gate = (dA: Matrix, Z: Matrix) => {
    const dZ = dA.clone();
    for (let i = 0; i < dA.rows; i++) for (let j = 0; j < m; j++) if (Z.get(i, j) < 0) dZ.set(i, j, 0);
    return dZ;
  };
  const rowSums = (M: Matrix) => M.mmul(Matrix.ones(m, 1));

  const dA2 = through(W3, dZ3, D2);
  const dZ2 = gate(dA2, Z2);
  const dA1 = through(W2, dZ2, D1);
  const dZ1 = gate(dA1, Z1);
  return {
    dZ3, dW3: dZ3.mmul(A2.transpose()), db3: rowSums(dZ3),
    dA2, dZ2, dW2: dZ2.mmul(A1.transpose()), db2: rowSums(dZ2),
    dA1, dZ1, dW1: dZ1.mmul(X.transpose()), db1: rowSums(dZ1),
  };
}

export function predict(X: Matrix, parameters: any) {
  const { A3 } = forward_propagation_with_dropout(X, parameters, 1, () => 0);
  return new Matrix([A3.getRow(0).map((a: number) => (a > 0.5 ? 1 : 0))]);
}
