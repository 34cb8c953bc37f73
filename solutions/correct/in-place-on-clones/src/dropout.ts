import { Matrix } from "ml-matrix";

// mul/div/add of ml-matrix write into the left operand. That is fast, but W1, X and the
// cache are not mine, so whatever comes from outside is cloned before I write to it.

type P = { W1: Matrix; b1: Matrix; W2: Matrix; b2: Matrix; W3: Matrix; b3: Matrix };

export function forward_propagation_with_dropout(X: Matrix, parameters: P, keep_prob: number, rng: () => number = Math.random) {
  const { W1, b1, W2, b2, W3, b3 } = parameters;

  const Z1 = W1.mmul(X);
  Z1.addColumnVector(b1);
  const A1 = Z1.clone();
  rectify(A1);
  const D1 = A1.clone();
  fillWithCoins(D1, keep_prob, rng);
  A1.mul(D1);
  A1.div(keep_prob);

  const Z2 = W2.mmul(A1);
  Z2.addColumnVector(b2);
  const A2 = Z2.clone();
  rectify(A2);
  const D2 = A2.clone();
  fillWithCoins(D2, keep_prob, rng);
  A2.mul(D2);
  A2.div(keep_prob);

  const Z3 = W3.mmul(A2);
  Z3.addColumnVector(b3);
  const A3 = Z3.clone();
  A3.mul(-1);
  A3.exp();
  A3.add(1);
  A3.pow(-1);

  return { A3, cache: { Z1, D1, A1, W1: W1.clone(), b1: b1.clone(), Z2, D2, A2, W2: W2.clone(), b2: b2.clone(), Z3, A3, W3: W3.clone(), b3: b3.clone() } };
}

function rectify(M: Matrix): void {
  M.apply((i, j) => {
    if (M.get(i, j) < 0) M.set(i, j, 0);
  });
}

function fillWithCoins(M: Matrix, p: number, rng: () => number): void {
  M.apply((i, j) => {
    M.set(i, j, rng() < p ? 1 : 0);
  });
}

function silenceWhereOff(M: Matrix, Z: Matrix): void {
  M.apply((i, j) => {
    if (Z.get(i, j) <= 0) M.set(i, j, 0);
  });
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: Record<string, Matrix>, keep_prob: number) {
  const m = X.columns;

  const dZ3 = cache.A3.clone();
  dZ3.sub(Y);
  const dW3 = dZ3.mmul(cache.A2.transpose());
  dW3.div(m);
  const db3 = Matrix.columnVector(dZ3.sum("row"));
  db3.div(m);

  const dA2 = cache.W3.transpose().mmul(dZ3);
  dA2.mul(cache.D2);
  dA2.div(keep_prob);
  const dZ2 = dA2.clone();
  silenceWhereOff(dZ2, cache.Z2);
  const dW2 = dZ2.mmul(cache.A1.transpose());
  dW2.div(m);
  const db2 = Matrix.columnVector(dZ2.sum("row"));
  db2.div(m);

  const dA1 = cache.W2.transpose().mmul(dZ2);
  dA1.mul(cache.D1);
  dA1.div(keep_prob);
  const dZ1 = dA1.clone();
  silenceWhereOff(dZ1, cache.Z1);
  const dW1 = dZ1.mmul(X.transpose());
  dW1.div(m);
  const db1 = Matrix.columnVector(dZ1.sum("row"));
  db1.div(m);

  return { dZ3, dW3, db3, dA2, dZ2, dW2, db2, dA1, dZ1, dW1, db1 };
}

export function predict(X: Matrix, parameters: P) {
  const A = X.clone();
  const H1 = parameters.W1.mmul(A).addColumnVector(parameters.b1);
  rectify(H1);
  const H2 = parameters.W2.mmul(H1).addColumnVector(parameters.b2);
  rectify(H2);
  const out = parameters.W3.mmul(H2).addColumnVector(parameters.b3);
  out.apply((i, j) => {
    out.set(i, j, out.get(i, j) > 0 ? 1 : 0);
  });
  return out;
}
