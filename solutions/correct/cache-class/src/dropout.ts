import { Matrix } from "ml-matrix";

type Rng = () => number;

export class Parameters {
  W1!: Matrix;
  b1!: Matrix;
  W2!: Matrix;
  b2!: Matrix;
  W3!: Matrix;
  b3!: Matrix;
}

export class Cache extends Parameters {
  Z1!: Matrix;
  D1!: Matrix;
  A1!: Matrix;
  Z2!: Matrix;
  D2!: Matrix;
  A2!: Matrix;
  Z3!: Matrix;
  A3!: Matrix;

  static of(parameters: Parameters): Cache {
    const cache = new Cache();
    cache.W1 = parameters.W1;
    cache.b1 = parameters.b1;
    cache.W2 = parameters.W2;
    cache.b2 = parameters.b2;
    cache.W3 = parameters.W3;
    cache.b3 = parameters.b3;
    return cache;
  }
}

export class Gradients {
  dZ3!: Matrix; dW3!: Matrix; db3!: Matrix;
  dA2!: Matrix; dZ2!: Matrix; dW2!: Matrix; db2!: Matrix;
  dA1!: Matrix; dZ1!: Matrix; dW1!: Matrix; db1!: Matrix;
}

function relu(Z: Matrix): Matrix {
  const A = new Matrix(Z.rows, Z.columns);
  return A.apply((i, j) => { A.set(i, j, Z.get(i, j) > 0 ? Z.get(i, j) : 0); });
}

function sigmoid(Z: Matrix): Matrix {
  const A = new Matrix(Z.rows, Z.columns);
  return A.apply((i, j) => { A.set(i, j, 1 / (1 + Math.exp(-Z.get(i, j)))); });
}

function mask(A: Matrix, keepProb: number, rng: Rng): Matrix {
  const D = new Matrix(A.rows, A.columns);
  return D.apply((i, j) => { D.set(i, j, rng() < keepProb ? 1 : 0); });
}

export function forward_propagation_with_dropout(X: Matrix, parameters: Parameters, keep_prob: number, rng: Rng = Math.random) {
  const c = Cache.of(parameters);

  c.Z1 = c.W1.mmul(X).addColumnVector(c.b1);
  c.A1 = relu(c.Z1);
  c.D1 = mask(c.A1, keep_prob, rng);
  c.A1 = c.A1.mul(c.D1);
  c.A1 = c.A1.div(keep_prob);

  c.Z2 = c.W2.mmul(c.A1).addColumnVector(c.b2);
  c.A2 = relu(c.Z2);
  c.D2 = mask(c.A2, keep_prob, rng);
  c.A2 = c.A2.mul(c.D2);
  c.A2 = c.A2.div(keep_prob);

  c.Z3 = c.W3.mmul(c.A2).addColumnVector(c.b3);
  c.A3 = sigmoid(c.Z3);
  return { A3: c.A3, cache: c };
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: Cache, keep_prob: number): Gradients {
  const g = new Gradients();
  const m = X.columns;

  g.dZ3 = cache.A3.clone().sub(Y);
  g.dW3 = g.dZ3.mmul(cache.A2.transpose()).div(m);
  g.db3 = Matrix.columnVector(g.dZ3.sum("row")).div(m);

  g.dA2 = cache.W3.transpose().mmul(g.dZ3);
  g.dA2 = g.dA2.mul(cache.D2);
  g.dA2 = g.dA2.div(keep_prob);
  g.dZ2 = Matrix.mul(g.dA2, relu(cache.Z2).sign());
  g.dW2 = g.dZ2.mmul(cache.A1.transpose()).div(m);
  g.db2 = Matrix.columnVector(g.dZ2.sum("row")).div(m);

  g.dA1 = cache.W2.transpose().mmul(g.dZ2);
  g.dA1 = g.dA1.mul(cache.D1);
  g.dA1 = g.dA1.div(keep_prob);
  g.dZ1 = Matrix.mul(g.dA1, relu(cache.Z1).sign());
  g.dW1 = g.dZ1.mmul(X.transpose()).div(m);
  g.db1 = Matrix.columnVector(g.dZ1.sum("row")).div(m);
  return g;
}

export function predict(X: Matrix, parameters: Parameters): Matrix {
  const { A3 } = forward_propagation_with_dropout(X, parameters, 1);
  const labels = new Matrix(1, A3.columns);
  return labels.apply((i, j) => { labels.set(i, j, A3.get(i, j) > 0.5 ? 1 : 0); });
}
