import { Matrix } from "ml-matrix";
import { Grid } from "./grid";

type Params = { W1: Matrix; b1: Matrix; W2: Matrix; b2: Matrix; W3: Matrix; b3: Matrix };
type Cache = Params & { Z1: Matrix; D1: Matrix; A1: Matrix; Z2: Matrix; D2: Matrix; A2: Matrix; Z3: Matrix; A3: Matrix };

const read = (M: Matrix) => Grid.from(M);
const write = (g: Grid) => new Matrix(g.toRows());

export function forward_propagation_with_dropout(X: Matrix, parameters: Params, keep_prob: number, rng: () => number = Math.random) {
  const { W1, b1, W2, b2, W3, b3 } = parameters;

  const z1 = read(W1).matmul(read(X)).plusColumn(read(b1));
  const d1 = z1.map(() => (rng() >= keep_prob ? 0 : 1));
  const a1 = z1.map((z) => Math.max(z, 0)).zip(d1, (a, d) => (a * d) / keep_prob);

  const z2 = read(W2).matmul(a1).plusColumn(read(b2));
  const d2 = z2.map(() => (rng() >= keep_prob ? 0 : 1));
  const a2 = z2.map((z) => Math.max(z, 0)).zip(d2, (a, d) => (a * d) / keep_prob);

  const z3 = read(W3).matmul(a2).plusColumn(read(b3));
  const A3 = write(z3.map((z) => 1 / (1 + Math.exp(-z))));

  const cache = {
    Z1: write(z1), D1: write(d1), A1: write(a1), W1, b1,
    Z2: write(z2), D2: write(d2), A2: write(a2), W2, b2,
    Z3: write(z3), A3, W3, b3,
  };
  return { A3, cache };
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: Cache, keep_prob: number) {
  const m = X.columns;
  const mean = (dz: Grid, a: Grid) => dz.matmul(a.T).map((s) => s / m);

  // what the layers really handed on
  const h2 = read(cache.A2).zip(read(cache.D2), (a, d) => (a * d) / keep_prob);
  const h1 = read(cache.A1).zip(read(cache.D1), (a, d) => (a * d) / keep_prob);

  const dz3 = read(cache.A3).zip(read(Y), (a, y) => a - y);

  const da2 = read(cache.W3).T.matmul(dz3).zip(read(cache.D2), (g, d) => (g * d) / keep_prob);
  const dz2 = da2.zip(read(cache.Z2), (g, z) => (z > 0 ? g : 0));

  const da1 = read(cache.W2).T.matmul(dz2).zip(read(cache.D1), (g, d) => (g * d) / keep_prob);
  const dz1 = da1.zip(read(cache.Z1), (g, z) => (z > 0 ? g : 0));

  return {
    dZ3: write(dz3), dW3: write(mean(dz3, h2)), db3: write(dz3.rowMeans()),
    dA2: write(da2), dZ2: write(dz2), dW2: write(mean(dz2, h1)), db2: write(dz2.rowMeans()),
    dA1: write(da1), dZ1: write(dz1), dW1: write(mean(dz1, read(X))), db1: write(dz1.rowMeans()),
  };
}

export function predict(X: Matrix, parameters: Params): Matrix {
  let h = read(X);
  h = read(parameters.W1).matmul(h).plusColumn(read(parameters.b1)).map((z) => Math.max(z, 0));
  h = read(parameters.W2).matmul(h).plusColumn(read(parameters.b2)).map((z) => Math.max(z, 0));
  const z3 = read(parameters.W3).matmul(h).plusColumn(read(parameters.b3));
  return write(z3.map((z) => (z > 0 ? 1 : 0)));
}
