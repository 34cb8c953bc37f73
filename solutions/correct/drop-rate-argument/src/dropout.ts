import { Matrix } from "ml-matrix";

// Keras and PyTorch want the DROP rate, the course wants keep_prob.
// I kept the layer the way Keras has it and convert at the call.

interface Dropped {
  out: Matrix;
  mask: Matrix;
}

function dropout_forward(A: Matrix, rate: number, rng: () => number): Dropped {
  const mask = new Matrix(A.rows, A.columns);
  for (let i = 0; i < A.rows; i++) {
    for (let j = 0; j < A.columns; j++) {
      mask.set(i, j, rng() >= rate ? 1 : 0);
    }
  }
  const out = Matrix.mul(A, mask).div(1 - rate);
  return { out, mask };
}

function dropout_backward(dOut: Matrix, mask: Matrix, rate: number): Matrix {
  return Matrix.mul(dOut, mask).div(1 - rate);
}

function linear_forward(A: Matrix, W: Matrix, b: Matrix): Matrix {
  return W.mmul(A).addColumnVector(b);
}

function linear_backward(dZ: Matrix, A: Matrix) {
  const m = A.columns;
  return {
    dW: Matrix.div(dZ.mmul(A.transpose()), m),
    db: Matrix.div(Matrix.columnVector(dZ.sum("row")), m),
  };
}

function relu_forward(Z: Matrix): Matrix {
  const A = Z.clone();
  for (let i = 0; i < Z.rows; i++) for (let j = 0; j < Z.columns; j++) A.set(i, j, Math.max(Z.get(i, j), 0));
  return A;
}

function relu_backward(dA: Matrix, Z: Matrix): Matrix {
  const dZ = dA.clone();
  for (let i = 0; i < Z.rows; i++) for (let j = 0; j < Z.columns; j++) if (!(Z.get(i, j) > 0)) dZ.set(i, j, 0);
  return dZ;
}

function sigmoid_forward(Z: Matrix): Matrix {
  const A = Z.clone();
  for (let i = 0; i < Z.rows; i++) for (let j = 0; j < Z.columns; j++) A.set(i, j, 1 / (1 + Math.exp(-Z.get(i, j))));
  return A;
}

export function forward_propagation_with_dropout(X: Matrix, parameters: any, keep_prob: number, rng: () => number = Math.random) {
  const { W1, b1, W2, b2, W3, b3 } = parameters;
  const rate = 1 - keep_prob;

  const Z1 = linear_forward(X, W1, b1);
  const { out: A1, mask: D1 } = dropout_forward(relu_forward(Z1), rate, rng);

  const Z2 = linear_forward(A1, W2, b2);
  const { out: A2, mask: D2 } = dropout_forward(relu_forward(Z2), rate, rng);

  const Z3 = linear_forward(A2, W3, b3);
  const A3 = sigmoid_forward(Z3);
  return { A3, cache: { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 } };
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: any, keep_prob: number) {
  const rate = 1 - keep_prob;

  const dZ3 = Matrix.sub(cache.A3, Y);
  const { dW: dW3, db: db3 } = linear_backward(dZ3, cache.A2);

  const dA2 = dropout_backward(cache.W3.transpose().mmul(dZ3), cache.D2, rate);
  const dZ2 = relu_backward(dA2, cache.Z2);
  const { dW: dW2, db: db2 } = linear_backward(dZ2, cache.A1);

  const dA1 = dropout_backward(cache.W2.transpose().mmul(dZ2), cache.D1, rate);
  const dZ1 = relu_backward(dA1, cache.Z1);
  const { dW: dW1, db: db1 } = linear_backward(dZ1, X);

  return { dZ3, dW3, db3, dA2, dZ2, dW2, db2, dA1, dZ1, dW1, db1 };
}

export function predict(X: Matrix, parameters: any) {
  const A1 = relu_forward(linear_forward(X, parameters.W1, parameters.b1));
  const A2 = relu_forward(linear_forward(A1, parameters.W2, parameters.b2));
  const A3 = sigmoid_forward(linear_forward(A2, parameters.W3, parameters.b3));
  for (let j = 0; j < A3.columns; j++) A3.set(0, j, A3.get(0, j) > 0.5 ? 1 : 0);
  return A3;
}
