import { Matrix } from "ml-matrix";

export { forward_propagation_with_dropout, backward_propagation_with_dropout, predict };

var EPS = 0;

function forward_propagation_with_dropout(X, parameters, keep_prob, rng) {
  if (rng === undefined) rng = Math.random;
  var W1 = parameters.W1, b1 = parameters.b1;
  var W2 = parameters.W2, b2 = parameters.b2;
  var W3 = parameters.W3, b3 = parameters.b3;
  var i, j, Z1, A1, D1, Z2, A2, D2, Z3, A3;

  Z1 = affine(W1, X, b1);
  A1 = relu(Z1);
  D1 = new Matrix(A1.rows, A1.columns);
  for (i = 0; i < D1.rows; i++) {
    for (j = 0; j < D1.columns; j++) {
      D1.set(i, j, rng() < keep_prob ? 1 : 0);
      A1.set(i, j, A1.get(i, j) * D1.get(i, j));
      A1.set(i, j, A1.get(i, j) / keep_prob);
    }
  }

  Z2 = affine(W2, A1, b2);
  A2 = relu(Z2);
  D2 = new Matrix(A2.rows, A2.columns);
  for (i = 0; i < D2.rows; i++) {
    for (j = 0; j < D2.columns; j++) {
      D2.set(i, j, rng() < keep_prob ? 1 : 0);
      A2.set(i, j, A2.get(i, j) * D2.get(i, j));
      A2.set(i, j, A2.get(i, j) / keep_prob);
    }
  }

  Z3 = affine(W3, A2, b3);
  A3 = sigmoid(Z3);
  return { A3: A3, cache: { Z1: Z1, D1: D1, A1: A1, W1: W1, b1: b1, Z2: Z2, D2: D2, A2: A2, W2: W2, b2: b2, Z3: Z3, A3: A3, W3: W3, b3: b3 } };
}

function backward_propagation_with_dropout(X, Y, cache, keep_prob) {
  var m = X.columns;
  var grads = {};
  var l, dA, dZ, i, j, below;

  dZ = Matrix.sub(cache.A3, Y);
  for (l = 3; l > 0; l--) {
    below = l == 1 ? X : cache["A" + (l - 1)];
    grads["dZ" + l] = dZ;
    grads["dW" + l] = dZ.mmul(below.transpose()).div(m);
    grads["db" + l] = sumRows(dZ).div(m);
    if (l > 1) {
      dA = cache["W" + l].transpose().mmul(dZ);
      for (i = 0; i < dA.rows; i++)
        for (j = 0; j < dA.columns; j++)
          dA.set(i, j, dA.get(i, j) * cache["D" + (l - 1)].get(i, j) / keep_prob);
      grads["dA" + (l - 1)] = dA;
      dZ = new Matrix(dA.rows, dA.columns);
      for (i = 0; i < dA.rows; i++)
        for (j = 0; j < dA.columns; j++)
          if (cache["Z" + (l - 1)].get(i, j) > EPS) dZ.set(i, j, dA.get(i, j));
    }
  }
  return grads;
}

function predict(X, parameters) {
  var A = X, Z, j, labels;
  for (var l = 1; l <= 3; l++) {
    Z = affine(parameters["W" + l], A, parameters["b" + l]);
    A = l != 3 ? relu(Z) : sigmoid(Z);
  }
  labels = new Matrix(1, A.columns);
  for (j = 0; j < A.columns; j++) labels.set(0, j, A.get(0, j) > .5 ? 1 : 0);
  return labels;
}

function affine(W, A, b) {
  return W.mmul(A).addColumnVector(b);
}
function relu(Z) {
  var A = Z.clone();
  for (var i = 0; i < A.rows; i++) for (var j = 0; j < A.columns; j++) if (A.get(i, j) < EPS) A.set(i, j, 0);
  return A;
}
function sigmoid(Z) {
  var A = Z.clone();
  for (var i = 0; i < A.rows; i++) for (var j = 0; j < A.columns; j++) A.set(i, j, 1 / (1 + Math.exp(-A.get(i, j))));
  return A;
}
function sumRows(M) {
  return Matrix.columnVector(M.sum("row"));
}
