import { Matrix } from "ml-matrix";

/** np.random.binomial(n, p, size): how many of n trials succeed, for each entry. */
function binomial(n: number, p: number, size: [number, number], rng: () => number): Matrix {
  const [rows, cols] = size;
  const out = new Matrix(rows, cols);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) {
      let successes = 0;
      for (let trial = 0; trial < n; trial++) {
        if (rng() < p) successes++;
      }
      out.set(i, j, successes);
    }
  }
  return out;
}

const np = {
  dot: (a: Matrix, b: Matrix) => a.mmul(b),
  maximum: (a: Matrix, s: number) => new Matrix(a.to2DArray().map((r) => r.map((v) => Math.max(v, s)))),
  sum1: (a: Matrix) => Matrix.columnVector(a.sum("row")),
  int64: (flags: boolean[][]) => new Matrix(flags.map((r) => r.map(Number))),
  greater: (a: Matrix, s: number) => a.to2DArray().map((r) => r.map((v) => v > s)),
  exp: (a: Matrix) => Matrix.exp(a),
};

function sigmoid(x: Matrix): Matrix {
  const s = np.exp(Matrix.mul(x, -1)).add(1);
  return s.pow(-1);
}

export function forward_propagation_with_dropout(X: Matrix, parameters: any, keep_prob: number, rng: () => number = Math.random) {
  // retrieve parameters
  const W1 = parameters["W1"];
  const b1 = parameters["b1"];
  const W2 = parameters["W2"];
  const b2 = parameters["b2"];
  const W3 = parameters["W3"];
  const b3 = parameters["b3"];

  const Z1 = np.dot(W1, X).addColumnVector(b1);
  let A1 = np.maximum(Z1, 0);
  const D1 = binomial(1, keep_prob, [A1.rows, A1.columns], rng);
  A1 = Matrix.mul(A1, D1);
  A1 = Matrix.div(A1, keep_prob);

  const Z2 = np.dot(W2, A1).addColumnVector(b2);
  let A2 = np.maximum(Z2, 0);
  const D2 = binomial(1, keep_prob, [A2.rows, A2.columns], rng);
  A2 = Matrix.mul(A2, D2);
  A2 = Matrix.div(A2, keep_prob);

  const Z3 = np.dot(W3, A2).addColumnVector(b3);
  const A3 = sigmoid(Z3);
  return { A3: A3, cache: { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 } };
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: any, keep_prob: number) {
  const m = X.columns;

  const dZ3 = Matrix.sub(cache["A3"], Y);
  const dW3 = Matrix.mul(np.dot(dZ3, cache["A2"].transpose()), 1 / m);
  const db3 = Matrix.mul(np.sum1(dZ3), 1 / m);

  let dA2 = np.dot(cache["W3"].transpose(), dZ3);
  dA2 = Matrix.mul(dA2, cache["D2"]);
  dA2 = Matrix.div(dA2, keep_prob);
  const dZ2 = Matrix.mul(dA2, np.int64(np.greater(cache["A2"], 0)));
  const dW2 = Matrix.mul(np.dot(dZ2, cache["A1"].transpose()), 1 / m);
  const db2 = Matrix.mul(np.sum1(dZ2), 1 / m);

  let dA1 = np.dot(cache["W2"].transpose(), dZ2);
  dA1 = Matrix.mul(dA1, cache["D1"]);
  dA1 = Matrix.div(dA1, keep_prob);
  const dZ1 = Matrix.mul(dA1, np.int64(np.greater(cache["A1"], 0)));
  const dW1 = Matrix.mul(np.dot(dZ1, X.transpose()), 1 / m);
  const db1 = Matrix.mul(np.sum1(dZ1), 1 / m);

  return { dZ3, dW3, db3, dA2, dZ2, dW2, db2, dA1, dZ1, dW1, db1 };
}

export function predict(X: Matrix, parameters: any) {
  const m = X.columns;
  const p = Matrix.zeros(1, m);
  // Forward propagation
  const { A3: a3 } = forward_propagation_with_dropout(X, parameters, 1.0);
  // convert probas to 0/1 predictions
  for (let i = 0; i < a3.columns; i++) {
    if (a3.get(0, i) > 0.5) {
      p.set(0, i, 1);
    } else {
      p.set(0, i, 0);
    }
  }
  return p;
}
