import { Matrix } from "ml-matrix";

type Rng = () => number;
type Params = Record<"W1" | "b1" | "W2" | "b2" | "W3" | "b3", Matrix>;
type Cache = Params & Record<"Z1" | "D1" | "A1" | "Z2" | "D2" | "A2" | "Z3" | "A3", Matrix>;
type Grads = Record<"dZ3" | "dW3" | "db3" | "dA2" | "dZ2" | "dW2" | "db2" | "dA1" | "dZ1" | "dW1" | "db1", Matrix>;

const activations = {
  relu: { of: (z) => Math.max(z, 0), slope: (z) => (z > 0 ? 1 : 0) },
  sigmoid: { of: (z) => 1 / (1 + Math.exp(-z)) },
} as const satisfies Record<string, { of: (z: number) => number; slope?: (z: number) => number }>;

const each = (M: Matrix, f?: (x: number) => number): Matrix => {
  const out = M.clone();
  for (let i = 0; i < M.rows; i++) {
    for (let j = 0; j < M.columns; j++) out.set(i, j, f?.(M.get(i, j)) ?? M.get(i, j));
  }
  return out;
};

const require_ = <T,>(value: T | undefined | null, name: string): T => {
  if (value === undefined || value === null) throw new TypeError(`missing ${name}`);
  return value;
};

export function forward_propagation_with_dropout(X: Matrix, parameters: Params, keep_prob: number, rng?: Rng) {
  const draw = rng ?? Math.random;
  const p = (k: keyof Params) => require_(parameters?.[k], k);

  const Z1 = p("W1").mmul(X).addColumnVector(p("b1"));
  const D1 = each(Z1, () => (draw() < keep_prob ? 1 : 0));
  const A1 = each(Z1, activations.relu.of).mul(D1).div(keep_prob);

  const Z2 = p("W2").mmul(A1).addColumnVector(p("b2"));
  const D2 = each(Z2, () => (draw() < keep_prob ? 1 : 0));
  const A2 = each(Z2, activations.relu.of).mul(D2).div(keep_prob);

  const Z3 = p("W3").mmul(A2).addColumnVector(p("b3"));
  const A3 = each(Z3, activations.sigmoid.of);

  const cache = { ...parameters, Z1, D1, A1, Z2, D2, A2, Z3, A3 } satisfies Cache;
  return { A3, cache };
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: Cache, keep_prob: number): Grads {
  const m = X?.columns ?? 0;
  const dW = (dZ: Matrix, A: Matrix) => dZ.mmul(A!.transpose()).div(m);
  const db = (dZ: Matrix) => Matrix.columnVector(dZ.sum("row")).div(m);
  const slope = (Z: Matrix) => each(Z, activations.relu?.slope);

  const dZ3 = Matrix.sub(cache.A3, Y);
  const dA2 = cache.W3!.transpose().mmul(dZ3).mul(cache.D2).div(keep_prob);
  const dZ2 = slope(cache.Z2).mul(dA2);
  const dA1 = cache.W2!.transpose().mmul(dZ2).mul(cache.D1).div(keep_prob);
  const dZ1 = slope(cache.Z1).mul(dA1);

  return {
    dZ3, dW3: dW(dZ3, cache.A2), db3: db(dZ3),
    dA2, dZ2, dW2: dW(dZ2, cache.A1), db2: db(dZ2),
    dA1, dZ1, dW1: dW(dZ1, X), db1: db(dZ1),
  } satisfies Grads;
}

export function predict(X: Matrix, parameters: Params): Matrix {
  const A1 = each(parameters.W1.mmul(X).addColumnVector(parameters.b1), activations.relu.of);
  const A2 = each(parameters.W2.mmul(A1).addColumnVector(parameters.b2), activations.relu.of);
  return each(each(parameters.W3.mmul(A2).addColumnVector(parameters.b3), activations.sigmoid.of), (a) => (a > 0.5 ? 1 : 0));
}
