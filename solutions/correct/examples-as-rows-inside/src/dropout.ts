import { Matrix } from "ml-matrix";

// In every other course the examples are rows, and that is how I think. So I transpose at
// the door, compute H = X W + b as usual, and transpose back for the cache.

type Dict = Record<string, Matrix>;
const t = (M: Matrix) => M.transpose();

function transposeAll(d: Dict): Dict {
  return Object.fromEntries(Object.entries(d).map(([name, M]) => [name, t(M)]));
}

function f(M: Matrix, g: (x: number) => number): Matrix {
  const R = M.clone();
  for (let n = 0; n < M.rows; n++) {
    for (let unit = 0; unit < M.columns; unit++) {
      R.set(n, unit, g(M.get(n, unit)));
    }
  }
  return R;
}

const dense = (H: Matrix, W: Matrix, b: Matrix) => H.mmul(W).addRowVector(b);

export function forward_propagation_with_dropout(X: Matrix, parameters: Dict, keep_prob: number, rng: () => number = Math.random) {
  const { W1, b1, W2, b2, W3, b3 } = transposeAll(parameters);
  const bernoulli = (M: Matrix) => f(M, () => (rng() < keep_prob ? 1 : 0));

  const Z1 = dense(t(X), W1, b1);
  const D1 = bernoulli(Z1);
  const H1 = f(Z1, (z) => Math.max(z, 0)).mul(D1).div(keep_prob);

  const Z2 = dense(H1, W2, b2);
  const D2 = bernoulli(Z2);
  const H2 = f(Z2, (z) => Math.max(z, 0)).mul(D2).div(keep_prob);

  const Z3 = dense(H2, W3, b3);
  const P = f(Z3, (z) => 1 / (1 + Math.exp(-z)));

  const cache = { ...transposeAll({ Z1, D1, A1: H1, Z2, D2, A2: H2, Z3, A3: P }), ...parameters };
  return { A3: t(P), cache };
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: Dict, keep_prob: number) {
  const c = transposeAll(cache);
  const N = X.columns;
  const colMean = (M: Matrix) => Matrix.rowVector(M.sum("column")).div(N);

  const dZ3 = Matrix.sub(c.A3, t(Y));
  const dH2 = dZ3.mmul(t(c.W3)).mul(c.D2).div(keep_prob);
  const dZ2 = Matrix.mul(dH2, f(c.Z2, (z) => (z > 0 ? 1 : 0)));
  const dH1 = dZ2.mmul(t(c.W2)).mul(c.D1).div(keep_prob);
  const dZ1 = Matrix.mul(dH1, f(c.Z1, (z) => (z > 0 ? 1 : 0)));

  return transposeAll({
    dZ3, dW3: t(c.A2).mmul(dZ3).div(N), db3: colMean(dZ3),
    dA2: dH2, dZ2, dW2: t(c.A1).mmul(dZ2).div(N), db2: colMean(dZ2),
    dA1: dH1, dZ1, dW1: X.mmul(dZ1).div(N), db1: colMean(dZ1),
  });
}

export function predict(X: Matrix, parameters: Dict) {
  const { W1, b1, W2, b2, W3, b3 } = transposeAll(parameters);
  const H1 = f(dense(t(X), W1, b1), (z) => Math.max(z, 0));
  const H2 = f(dense(H1, W2, b2), (z) => Math.max(z, 0));
  const P = f(dense(H2, W3, b3), (z) => 1 / (1 + Math.exp(-z)));
  return t(f(P, Math.round));
}
