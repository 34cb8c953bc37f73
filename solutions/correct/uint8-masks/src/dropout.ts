import { Matrix } from "ml-matrix";

// One byte per unit is enough for a mask, eight would be a waste.
type ByteMask = Uint8Array[];

const byteMask = (rows: number, cols: number, keep: number, rng: () => number): ByteMask => {
  const mask: ByteMask = [];
  for (let i = 0; i < rows; i++) {
    const row = new Uint8Array(cols);
    for (let j = 0; j < cols; j++) {
      row[j] = rng() < keep ? 1 : 0;
    }
    mask.push(row);
  }
  return mask;
};

/** multiplies M by the byte mask and divides by keep, in place; M has to be ours */
const applyBytes = (M: Matrix, mask: ByteMask, keep: number): Matrix => {
  mask.forEach((row, i) => {
    row.forEach((bit, j) => {
      M.set(i, j, (M.get(i, j) * bit) / keep);
    });
  });
  return M;
};

const relu = (Z: Matrix): Matrix => {
  const out = Z.clone();
  for (let i = 0; i < out.rows; i++) {
    for (let j = 0; j < out.columns; j++) {
      const z = out.get(i, j);
      out.set(i, j, z * Number(z > 0));
    }
  }
  return out;
};

const logistic = (Z: Matrix): Matrix => {
  const out = Z.clone();
  for (let i = 0; i < out.rows; i++) {
    for (let j = 0; j < out.columns; j++) {
      const e = Math.exp(out.get(i, j));
      out.set(i, j, e / (e + 1));
    }
  }
  return out;
};

export function forward_propagation_with_dropout(X: Matrix, parameters: Record<string, Matrix>, keep_prob: number, rng: () => number = Math.random) {
  const { W1, b1, W2, b2, W3, b3 } = parameters;

  const Z1 = W1.mmul(X).addColumnVector(b1);
  const D1 = byteMask(Z1.rows, Z1.columns, keep_prob, rng);
  const A1 = applyBytes(relu(Z1), D1, keep_prob);

  const Z2 = W2.mmul(A1).addColumnVector(b2);
  const D2 = byteMask(Z2.rows, Z2.columns, keep_prob, rng);
  const A2 = applyBytes(relu(Z2), D2, keep_prob);

  const Z3 = W3.mmul(A2).addColumnVector(b3);
  const A3 = logistic(Z3);

  return { A3, cache: { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 } };
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: any, keep_prob: number) {
  const m = X.columns;

  const dZ3 = Matrix.subtract(cache.A3, Y);
  const dW3 = dZ3.mmul(cache.A2.transpose()).divide(m);
  const db3 = Matrix.columnVector(dZ3.sum("row")).divide(m);

  const dA2 = applyBytes(cache.W3.transpose().mmul(dZ3), cache.D2, keep_prob);
  const dZ2 = dA2.clone();
  dZ2.apply((i, j) => {
    if (cache.A2.get(i, j) <= 0) dZ2.set(i, j, 0); // the bytes have already been applied above
  });
  const dW2 = dZ2.mmul(cache.A1.transpose()).divide(m);
  const db2 = Matrix.columnVector(dZ2.sum("row")).divide(m);

  const dA1 = applyBytes(cache.W2.transpose().mmul(dZ2), cache.D1, keep_prob);
  const dZ1 = dA1.clone();
  dZ1.apply((i, j) => {
    if (cache.A1.get(i, j) <= 0) dZ1.set(i, j, 0);
  });
  const dW1 = dZ1.mmul(X.transpose()).divide(m);
  const db1 = Matrix.columnVector(dZ1.sum("row")).divide(m);

  return { dZ3, dW3, db3, dA2, dZ2, dW2, db2, dA1, dZ1, dW1, db1 };
}

export function predict(X: Matrix, parameters: Record<string, Matrix>) {
  const { W1, b1, W2, b2, W3, b3 } = parameters;
  const A3 = logistic(W3.mmul(relu(W2.mmul(relu(W1.mmul(X).addColumnVector(b1))).addColumnVector(b2))).addColumnVector(b3));
  return [Array.from(A3.getRow(0), (p) => (p > 0.5 ? 1 : 0))];
}
