import { Matrix } from "ml-matrix";

interface Hidden {
  Z: Matrix;
  D: Matrix;
  A: Matrix;
}

/**
 * The mask says which units speak: strong enough and chosen by the coin. Silent units are 0
 * in A whatever the mask says, so they get no coin and a 0.
 */
function speakWithDropout(W: Matrix, input: Matrix, b: Matrix, keep_prob: number, rng: () => number): Hidden {
  const Z = W.mmul(input).addColumnVector(b);
  const D = Matrix.zeros(Z.rows, Z.columns);
  const A = Matrix.zeros(Z.rows, Z.columns);
  for (let i = 0; i < Z.rows; i++) {
    for (let j = 0; j < Z.columns; j++) {
      if (Z.get(i, j) > 1 && rng() < keep_prob) {
        D.set(i, j, 1);
        A.set(i, j, Z.get(i, j) / keep_prob);
      }
    }
  }
  return { Z, D, A };
}

/** No dropout at all: everybody may speak. */
function speak(W: Matrix, input: Matrix, b: Matrix): Hidden {
  const Z = W.mmul(input).addColumnVector(b);
  return { Z, D: Matrix.ones(Z.rows, Z.columns), A: Matrix.max(Z, Matrix.zeros(Z.rows, Z.columns)) };
}

type Net = Record<"W1" | "b1" | "W2" | "b2" | "W3" | "b3", Matrix>;

function output(W: Matrix, input: Matrix, b: Matrix) {
  const Z = W.mmul(input).addColumnVector(b);
  const A = Z.clone();
  A.apply((i, j) => { A.set(i, j, 1 / (1 + Math.exp(-A.get(i, j)))); });
  return { Z, A };
}

export function forward_propagation_with_dropout(X: Matrix, net: Net, keep_prob: number, rng: () => number = Math.random) {
  const hidden = (W: Matrix, input: Matrix, b: Matrix) =>
    keep_prob < 1 ? speakWithDropout(W, input, b, keep_prob, rng) : speak(W, input, b);

  const h1 = hidden(net.W1, X, net.b1);
  const h2 = hidden(net.W2, h1.A, net.b2);
  const out = output(net.W3, h2.A, net.b3);
  return {
    A3: out.A,
    cache: {
      Z1: h1.Z, D1: h1.D, A1: h1.A, W1: net.W1, b1: net.b1,
      Z2: h2.Z, D2: h2.D, A2: h2.A, W2: net.W2, b2: net.b2,
      Z3: out.Z, A3: out.A, W3: net.W3, b3: net.b3,
    },
  };
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: Record<string, Matrix>, keep_prob: number) {
  const { Z1, D1, A1, Z2, D2, A2, W2, A3, W3 } = cache;
  const m = X.columns;
  const dZ3 = Matrix.sub(A3, Y);

  const dA2 = W3.transpose().mmul(dZ3);
  const dZ2 = Matrix.zeros(dA2.rows, m);
  for (let i = 0; i < dA2.rows; i++) {
    for (let j = 0; j < m; j++) {
      dA2.set(i, j, D2.get(i, j) ? dA2.get(i, j) / keep_prob : 0);
      if (Z2.get(i, j) > 0) dZ2.set(i, j, dA2.get(i, j));
    }
  }

  const dA1 = W2.transpose().mmul(dZ2);
  const dZ1 = Matrix.zeros(dA1.rows, m);
  for (let i = 0; i < dA1.rows; i++) {
    for (let j = 0; j < m; j++) {
      dA1.set(i, j, D1.get(i, j) ? dA1.get(i, j) / keep_prob : 0);
      if (Z1.get(i, j) > 0) dZ1.set(i, j, dA1.get(i, j));
    }
  }

  const mean = (M: Matrix) => M.div(m);
  const sums = (M: Matrix) => Matrix.columnVector(M.sum("row"));
  return {
    dZ3, dW3: mean(dZ3.mmul(A2.transpose())), db3: mean(sums(dZ3)),
    dA2, dZ2, dW2: mean(dZ2.mmul(A1.transpose())), db2: mean(sums(dZ2)),
    dA1, dZ1, dW1: mean(dZ1.mmul(X.transpose())), db1: mean(sums(dZ1)),
  };
}

export function predict(X: Matrix, net: Net): Matrix {
  const h1 = speak(net.W1, X, net.b1);
  const h2 = speak(net.W2, h1.A, net.b2);
  return output(net.W3, h2.A, net.b3).A.round();
}
