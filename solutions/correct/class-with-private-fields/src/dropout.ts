import { Matrix } from "ml-matrix";

type Rng = () => number;
type Weights = Record<"W1" | "b1" | "W2" | "b2" | "W3" | "b3", Matrix>;

class DropoutLayer {
  #keep: number;
  #mask: Matrix | undefined;

  constructor(keep: number) {
    this.#keep = keep;
  }

  forward(A: Matrix, rng: Rng): Matrix {
    this.#mask = Matrix.zeros(A.rows, A.columns);
    for (let i = 0; i < A.rows; i++) {
      for (let j = 0; j < A.columns; j++) {
        this.#mask.set(i, j, this.#keeps(rng) ? 1 : 0);
      }
    }
    return this.#apply(A);
  }

  backward(dA: Matrix): Matrix {
    return this.#apply(dA);
  }

  get mask(): Matrix {
    if (!this.#mask) throw new Error("forward() has not run yet");
    return this.#mask;
  }

  /** Sets the layer up with a mask that was drawn earlier. */
  static remembering(mask: Matrix, keep: number): DropoutLayer {
    const layer = new DropoutLayer(keep);
    layer.#mask = mask;
    return layer;
  }

  #keeps(rng: Rng): boolean {
    return rng() < this.#keep;
  }

  #apply(M: Matrix): Matrix {
    return Matrix.div(Matrix.mul(M, this.mask), this.#keep);
  }
}

class ReLU {
  static of(Z: Matrix): Matrix {
    const A = Z.clone();
    A.apply((i, j) => { if (A.get(i, j) < 0) A.set(i, j, 0); });
    return A;
  }
  static gradient(dA: Matrix, Z: Matrix): Matrix {
    const dZ = dA.clone();
    dZ.apply((i, j) => { if (Z.get(i, j) <= 0) dZ.set(i, j, 0); });
    return dZ;
  }
}

const sigmoid = (Z: Matrix): Matrix => {
  const A = Z.clone();
  A.apply((i, j) => { A.set(i, j, 1 / (1 + Math.exp(-A.get(i, j)))); });
  return A;
};

export function forward_propagation_with_dropout(X: Matrix, parameters: Weights, keep_prob: number, rng: Rng = Math.random) {
  const { W1, b1, W2, b2, W3, b3 } = parameters;
  const drop1 = new DropoutLayer(keep_prob);
  const drop2 = new DropoutLayer(keep_prob);

  const Z1 = W1.mmul(X).addColumnVector(b1);
  const A1 = drop1.forward(ReLU.of(Z1), rng);
  const Z2 = W2.mmul(A1).addColumnVector(b2);
  const A2 = drop2.forward(ReLU.of(Z2), rng);
  const Z3 = W3.mmul(A2).addColumnVector(b3);
  const A3 = sigmoid(Z3);

  return { A3, cache: { Z1, D1: drop1.mask, A1, W1, b1, Z2, D2: drop2.mask, A2, W2, b2, Z3, A3, W3, b3 } };
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: Record<string, Matrix>, keep_prob: number) {
  const m = X.columns;
  const drop1 = DropoutLayer.remembering(cache.D1, keep_prob);
  const drop2 = DropoutLayer.remembering(cache.D2, keep_prob);

  const dZ3 = Matrix.sub(cache.A3, Y);
  const dA2 = drop2.backward(cache.W3.transpose().mmul(dZ3));
  const dZ2 = ReLU.gradient(dA2, cache.Z2);
  const dA1 = drop1.backward(cache.W2.transpose().mmul(dZ2));
  const dZ1 = ReLU.gradient(dA1, cache.Z1);

  const weights = (dZ: Matrix, A: Matrix) => dZ.mmul(A.transpose()).div(m);
  const biases = (dZ: Matrix) => Matrix.columnVector(dZ.sum("row")).div(m);
  return {
    dZ3, dW3: weights(dZ3, cache.A2), db3: biases(dZ3),
    dA2, dZ2, dW2: weights(dZ2, cache.A1), db2: biases(dZ2),
    dA1, dZ1, dW1: weights(dZ1, X), db1: biases(dZ1),
  };
}

export function predict(X: Matrix, parameters: Weights): Matrix {
  const { W1, b1, W2, b2, W3, b3 } = parameters;
  const A1 = ReLU.of(W1.mmul(X).addColumnVector(b1));
  const A2 = ReLU.of(W2.mmul(A1).addColumnVector(b2));
  const A3 = sigmoid(W3.mmul(A2).addColumnVector(b3));
  return Matrix.rowVector(A3.getRow(0).map((a) => (a > 0.5 ? 1 : 0)));
}
