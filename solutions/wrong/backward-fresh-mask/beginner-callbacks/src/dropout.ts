import { Matrix } from "ml-matrix";

// Dropout exercise. keep_prob = probability to keep a neuron.

export function forward_propagation_with_dropout(
  X: Matrix,
  parameters: { W1: Matrix; b1: Matrix; W2: Matrix; b2: Matrix; W3: Matrix; b3: Matrix },
  keep_prob: number,
  rng: () => number = Math.random,
) {
  let W1 = parameters.W1;
  let b1 = parameters.b1;
  let W2 = parameters.W2;
  let b2 = parameters.b2;
  let W3 = parameters.W3;
  let b3 = parameters.b3;

  // ---------- layer 1 ----------
  let Z1 = W1.mmul(X);
  Z1 = Z1.addColumnVector(b1);
  let A1 = new Matrix(Z1.rows, Z1.columns);
  A1.apply(function (i, j) {
    A1.set(i, j, Math.max(0, Z1.get(i, j)));
  });
  let D1 = new Matrix(A1.rows, A1.columns);
  D1.apply(function (i, j) {
    let number = rng();
    if (number < keep_prob) {
      D1.set(i, j, 1); // keep
    } else {
      D1.set(i, j, 0); // shut down
    }
  });
  A1.apply(function (i, j) {
    A1.set(i, j, A1.get(i, j) * D1.get(i, j));
  });
  A1.apply(function (i, j) {
    A1.set(i, j, A1.get(i, j) / keep_prob);
  });

  // ---------- layer 2 ----------
  let Z2 = W2.mmul(A1);
  Z2 = Z2.addColumnVector(b2);
  let A2 = new Matrix(Z2.rows, Z2.columns);
  A2.apply(function (i, j) {
    A2.set(i, j, Math.max(0, Z2.get(i, j)));
  });
  let D2 = new Matrix(A2.rows, A2.columns);
  D2.apply(function (i, j) {
    let number = rng();
    if (number < keep_prob) {
      D2.set(i, j, 1); // keep
    } else {
      D2.set(i, j, 0); // shut down
    }
  });
  A2.apply(function (i, j) {
    A2.set(i, j, A2.get(i, j) * D2.get(i, j));
  });
  A2.apply(function (i, j) {
    A2.set(i, j, A2.get(i, j) / keep_prob);
  });

  // ---------- layer 3 ----------
  let Z3 = W3.mmul(A2);
  Z3 = Z3.addColumnVector(b3);
  let A3 = new Matrix(Z3.rows, Z3.columns);
  A3.apply(function (i, j) {
    A3.set(i, j, 1 / (1 + Math.exp(-Z3.get(i, j))));
  });

  let cache = { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 };
  return { A3: A3, cache: cache };
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: Record<string, Matrix>, keep_prob: number) {
  let m = X.columns;

  // ---------- layer 3 ----------
  let dZ3 = new Matrix(cache.A3.rows, m);
  dZ3.apply(function (i, j) {
    dZ3.set(i, j, cache.A3.get(i, j) - Y.get(i, j));
  });
  let dW3 = dZ3.mmul(cache.A2.transpose());
  dW3 = Matrix.div(dW3, m);
  let db3 = rowSums(dZ3);
  db3 = Matrix.div(db3, m);

  // ---------- layer 2 ----------
  let dA2 = cache.W3.transpose().mmul(dZ3);
  dA2.apply(function (i, j) {
    let keep = Math.random() < keep_prob ? 1 : 0; // dropout on the way back
    dA2.set(i, j, dA2.get(i, j) * keep);
  });
  dA2.apply(function (i, j) {
    dA2.set(i, j, dA2.get(i, j) / keep_prob);
  });
  let dZ2 = new Matrix(dA2.rows, dA2.columns);
  dZ2.apply(function (i, j) {
    if (cache.Z2.get(i, j) > 0) {
      dZ2.set(i, j, dA2.get(i, j));
    }
  });
  let dW2 = dZ2.mmul(cache.A1.transpose());
  dW2 = Matrix.div(dW2, m);
  let db2 = rowSums(dZ2);
  db2 = Matrix.div(db2, m);

  // ---------- layer 1 ----------
  let dA1 = cache.W2.transpose().mmul(dZ2);
  dA1.apply(function (i, j) {
    let keep = Math.random() < keep_prob ? 1 : 0;
    dA1.set(i, j, dA1.get(i, j) * keep);
  });
  dA1.apply(function (i, j) {
    dA1.set(i, j, dA1.get(i, j) / keep_prob);
  });
  let dZ1 = new Matrix(dA1.rows, dA1.columns);
  dZ1.apply(function (i, j) {
    if (cache.Z1.get(i, j) > 0) {
      dZ1.set(i, j, dA1.get(i, j));
    }
  });
  let dW1 = dZ1.mmul(X.transpose());
  dW1 = Matrix.div(dW1, m);
  let db1 = rowSums(dZ1);
  db1 = Matrix.div(db1, m);

  let gradients = { dZ3, dW3, db3, dA2, dZ2, dW2, db2, dA1, dZ1, dW1, db1 };
  return gradients;
}

function rowSums(M: Matrix) {
  let result = new Matrix(M.rows, 1);
  for (let i = 0; i < M.rows; i++) {
    let sum = 0;
    for (let j = 0; j < M.columns; j++) {
      sum = sum + M.get(i, j);
    }
    result.set(i, 0, sum);
  }
  return result;
}

export function predict(X: Matrix, parameters: { W1: Matrix; b1: Matrix; W2: Matrix; b2: Matrix; W3: Matrix; b3: Matrix }) {
  // no dropout here: keep every neuron
  let result = forward_propagation_with_dropout(X, parameters, 1);
  let labels = new Matrix(1, X.columns);
  for (let i = 0; i < X.columns; i++) {
    if (result.A3.get(0, i) > 0.5) {
      labels.set(0, i, 1);
    } else {
      labels.set(0, i, 0);
    }
  }
  return labels;
}
