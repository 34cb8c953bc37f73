import { Matrix } from "ml-matrix";

type Dict = { [key: string]: Matrix };
type Rng = () => number;

const sigmoid = (x: number) => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x)));

function pointwise(f: (x: number) => number, M: Matrix) {
  const out = Matrix.zeros(M.rows, M.columns);
  let i = 0;
  while (i < M.rows) {
    let j = 0;
    while (j < M.columns) {
      out.set(i, j, f(M.get(i, j)));
      j += 1;
    }
    i += 1;
  }
  return out;
}

export function forward_propagation_with_dropout(X: Matrix, parameters: Dict, keep_prob: number, rng: Rng = Math.random) {
  const cache: Dict = { ...parameters };

  cache.Z1 = pointwise((x) => x, cache.W1.mmul(X).addColumnVector(cache.b1));
  cache.D1 = pointwise(() => (rng() < keep_prob ? 1 : 0), cache.Z1);
  cache.A1 = pointwise((z) => (z > 0 ? z / keep_prob : 0), cache.Z1).mul(cache.D1);

  cache.Z2 = cache.W2.mmul(cache.A1).addColumnVector(cache.b2);
  cache.D2 = pointwise(() => (rng() < keep_prob ? 1 : 0), cache.Z2);
  cache.A2 = pointwise((z) => (z > 0 ? z / keep_prob : 0), cache.Z2).mul(cache.D2);

  cache.Z3 = cache.W3.mmul(cache.A2).addColumnVector(cache.b3);
  cache.A3 = pointwise(sigmoid, cache.Z3);

  return { A3: cache.A3, cache };
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: Dict, keep_prob: number) {
  const m = X.columns;
  const g: Dict = {};
  const step = (z: number) => (z > 0 ? 1 : 0);

  g.dZ3 = Matrix.sub(cache.A3, Y);
  g.dW3 = Matrix.div(g.dZ3.mmul(cache.A2.transpose()), m);
  g.db3 = Matrix.div(Matrix.columnVector(g.dZ3.sum("row")), m);

  g.dA2_before_dropout = cache.W3.transpose().mmul(g.dZ3);
  g.dA2 = Matrix.mul(g.dA2_before_dropout, cache.D2).div(keep_prob);
  g.dZ2 = Matrix.mul(g.dA2, pointwise(step, cache.Z2));
  g.dW2 = Matrix.div(g.dZ2.mmul(cache.A1.transpose()), m);
  g.db2 = Matrix.div(Matrix.columnVector(g.dZ2.sum("row")), m);

  g.dA1_before_dropout = cache.W2.transpose().mmul(g.dZ2);
  g.dA1 = Matrix.mul(g.dA1_before_dropout, cache.D1).div(keep_prob);
  g.dZ1 = Matrix.mul(g.dA1, pointwise(step, cache.Z1));
  g.dW1 = Matrix.div(g.dZ1.mmul(X.transpose()), m);
  g.db1 = Matrix.div(Matrix.columnVector(g.dZ1.sum("row")), m);

  return g;
}

export function predict(X: Matrix, parameters: Dict) {
  let A = X;
  for (const l of ["1", "2", "3"]) {
    const Z = parameters["W" + l].mmul(A).addColumnVector(parameters["b" + l]);
    A = l === "3" ? pointwise(sigmoid, Z) : pointwise((z) => Math.max(z, 0), Z);
  }
  return pointwise((p) => (p > 0.5 ? 1 : 0), A);
}
