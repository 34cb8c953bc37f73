import { Matrix } from 'ml-matrix';

// One column = one example, so I go through the batch example by example and
// toss the coins for that example before I look at the next one.
function coinsPerExample(units: number, examples: number, p: number, rng: () => number) {
  const D = Matrix.zeros(units, examples);
  for (let example = 0; example < examples; ++example) {
    for (let unit = 0; unit < units; ++unit) {
      const u = rng();
      if (u <= p) D.set(unit, example, 1);
    }
  }
  return D;
}

const pos = (M: Matrix) => {
  const out = M.clone();
  out.apply((i, j) => { if (out.get(i, j) < 0) out.set(i, j, 0); });
  return out;
};

const squash = (M: Matrix) => {
  const out = M.clone();
  out.apply((i, j) => { out.set(i, j, 1 / (1 + Math.exp(-out.get(i, j)))); });
  return out;
};

export function forward_propagation_with_dropout(X: Matrix, parameters: any, keep_prob: number, rng: () => number = Math.random) {
  const { W1, b1, W2, b2, W3, b3 } = parameters;

  const Z1 = W1.mmul(X).addColumnVector(b1);
  const D1 = coinsPerExample(Z1.rows, Z1.columns, keep_prob, rng);
  const A1 = pos(Z1).mul(D1).div(keep_prob);

  const Z2 = W2.mmul(A1).addColumnVector(b2);
  const D2 = coinsPerExample(Z2.rows, Z2.columns, keep_prob, rng);
  const A2 = pos(Z2).mul(D2).div(keep_prob);

  const Z3 = W3.mmul(A2).addColumnVector(b3);
  const A3 = squash(Z3);

  return { A3, cache: { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 } };
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: any, keep_prob: number) {
  const m = X.columns;
  const gate = (dA: Matrix, Z: Matrix) => {
    const dZ = Matrix.zeros(dA.rows, dA.columns);
    for (let example = 0; example < m; ++example)
      for (let unit = 0; unit < dA.rows; ++unit)
        if (Z.get(unit, example) > 0) dZ.set(unit, example, dA.get(unit, example));
    return dZ;
  };
  const rowMean = (M: Matrix) => Matrix.columnVector(M.sum('row')).div(m);

  const dZ3 = Matrix.sub(cache.A3, Y);
  const dW3 = dZ3.mmul(cache.A2.transpose()).div(m);
  const db3 = rowMean(dZ3);

  const dA2 = cache.W3.transpose().mmul(dZ3).mul(cache.D2).div(keep_prob);
  const dZ2 = gate(dA2, cache.Z2);
  const dW2 = dZ2.mmul(cache.A1.transpose()).div(m);
  const db2 = rowMean(dZ2);

  const dA1 = cache.W2.transpose().mmul(dZ2).mul(cache.D1).div(keep_prob);
  const dZ1 = gate(dA1, cache.Z1);
  const dW1 = dZ1.mmul(X.transpose()).div(m);
  const db1 = rowMean(dZ1);

  return { dZ3, dW3, db3, dA2, dZ2, dW2, db2, dA1, dZ1, dW1, db1 };
}

export function predict(X: Matrix, parameters: any) {
  // with keep_prob = 1 every coin lands on "keep" and dividing by 1 does nothing
  const { A3 } = forward_propagation_with_dropout(X, parameters, 1);
  const labels = Matrix.zeros(1, X.columns);
  for (let example = 0; example < X.columns; ++example) labels.set(0, example, A3.get(0, example) > 0.5 ? 1 : 0);
  return labels;
}
