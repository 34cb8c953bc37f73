import { Matrix } from "ml-matrix";
import { NDArray } from "./ndarray.js";

/** Everything is computed with my NDArray; Matrix only appears at the edges. */
const load = (M: Matrix) => NDArray.from(M.to2DArray());
const store = (A: NDArray) => new Matrix(A.toRows());

type Named = Record<string, Matrix>;

function loadAll<K extends string>(values: Named, ...names: K[]): Record<K, NDArray> {
  const out = {} as Record<K, NDArray>;
  for (const name of names) out[name] = load(values[name]);
  return out;
}

function storeAll(values: Record<string, NDArray>): Named {
  const out: Named = {};
  for (const name of Object.keys(values)) out[name] = store(values[name]);
  return out;
}

export function forward_propagation_with_dropout(X: Matrix, parameters: Named, keep_prob: number, rng: () => number = Math.random) {
  const { W1, b1, W2, b2, W3, b3 } = loadAll(parameters, "W1", "b1", "W2", "b2", "W3", "b3");

  const Z1 = W1.dot(load(X)).plus(b1);
  const D1 = NDArray.random(Z1.shape, rng).lt(keep_prob);
  const A1 = Z1.relu().times(D1).over(keep_prob);

  const Z2 = W2.dot(A1).plus(b2);
  const D2 = NDArray.random(Z2.shape, rng).lt(keep_prob);
  const A2 = Z2.relu().times(D2).over(keep_prob);

  const Z3 = W3.dot(A2).plus(b3);
  const A3 = Z3.sigmoid();

  const cache = storeAll({ Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 });
  return { A3: cache.A3, cache };
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: Named, keep_prob: number) {
  const m = X.columns;
  const x = load(X);
  const { Z1, D1, A1, W2, Z2, D2, A2, W3, A3 } = loadAll(cache, "Z1", "D1", "A1", "W2", "Z2", "D2", "A2", "W3", "A3");

  const dZ3 = A3.minus(load(Y));
  const dW3 = dZ3.dot(A2.T).over(m);
  const db3 = dZ3.sumRows().over(m);

  const dA2 = W3.T.dot(dZ3).times(D2).over(keep_prob);
  const dZ2 = dA2.times(Z2.gt(0));
  const dW2 = dZ2.dot(A1.T).over(m);
  const db2 = dZ2.sumRows().over(m);

  const dA1 = W2.T.dot(dZ2).times(D1).over(keep_prob);
  const dZ1 = dA1.times(Z1.gt(0));
  const dW1 = dZ1.dot(x.T).over(m);
  const db1 = dZ1.sumRows().over(m);

  return storeAll({ dZ3, dW3, db3, dA2, dZ2, dW2, db2, dA1, dZ1, dW1, db1 });
}

export function predict(X: Matrix, parameters: Named) {
  const { W1, b1, W2, b2, W3, b3 } = loadAll(parameters, "W1", "b1", "W2", "b2", "W3", "b3");
  const A1 = W1.dot(load(X)).plus(b1).relu();
  const A2 = W2.dot(A1).plus(b2).relu();
  return store(W3.dot(A2).plus(b3).sigmoid().gt(0.5));
}
