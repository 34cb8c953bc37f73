import { Matrix } from "ml-matrix";

type Rng = () => number;
type Params = { W1: Matrix; b1: Matrix; W2: Matrix; b2: Matrix; W3: Matrix; b3: Matrix };
type Cache = Params & { Z1: Matrix; D1: Matrix; A1: Matrix; Z2: Matrix; D2: Matrix; A2: Matrix; Z3: Matrix; A3: Matrix };

class Dense {
  private readonly W: Matrix;
  private readonly b: Matrix;

  constructor(W: Matrix, b: Matrix) {
    this.W = W;
    this.b = b;
  }

  forward(input: Matrix): Matrix {
    return this.W.mmul(input).addColumnVector(this.b);
  }
}

class Relu {
  forward(Z: Matrix): Matrix {
    return Matrix.max(Z, Matrix.zeros(Z.rows, Z.columns));
  }

  backward(dA: Matrix, Z: Matrix): Matrix {
    const dZ = dA.clone();
    for (let i = 0; i < dZ.rows; i++) {
      for (let j = 0; j < dZ.columns; j++) {
        if (Z.get(i, j) <= 0) dZ.set(i, j, 0);
      }
    }
    return dZ;
  }
}

class Dropout {
  private readonly keepProb: number;

  constructor(keepProb: number) {
    this.keepProb = keepProb;
  }

  drawMask(rows: number, columns: number, rng: Rng): Matrix {
    const mask = Matrix.zeros(rows, columns);
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) {
        if (rng() < this.keepProb) mask.set(i, j, 1);
      }
    }
    return mask;
  }

  apply(values: Matrix, mask: Matrix): Matrix {
    return Matrix.mul(values, mask).div(this.keepProb);
  }

  backward(gradient: Matrix): Matrix {
    const mask = this.drawMask(gradient.rows, gradient.columns, Math.random);
    return Matrix.mul(gradient, mask).div(this.keepProb);
  }
}

class Sigmoid {
  forward(Z: Matrix): Matrix {
    return Matrix.pow(Matrix.exp(Matrix.mul(Z, -1)).add(1), -1);
  }
}

class Grad {
  static weights(dZ: Matrix, input: Matrix): Matrix {
    return dZ.mmul(input.transpose()).div(input.columns);
  }

  static bias(dZ: Matrix): Matrix {
    return Matrix.columnVector(dZ.sum("row")).div(dZ.columns);
  }
}

const relu = new Relu();
const sigmoid = new Sigmoid();

export function forward_propagation_with_dropout(X: Matrix, parameters: Params, keep_prob: number, rng: Rng = Math.random) {
  const dropout = new Dropout(keep_prob);

  const Z1 = new Dense(parameters.W1, parameters.b1).forward(X);
  const D1 = dropout.drawMask(Z1.rows, Z1.columns, rng);
  const A1 = dropout.apply(relu.forward(Z1), D1);

  const Z2 = new Dense(parameters.W2, parameters.b2).forward(A1);
  const D2 = dropout.drawMask(Z2.rows, Z2.columns, rng);
  const A2 = dropout.apply(relu.forward(Z2), D2);

  const Z3 = new Dense(parameters.W3, parameters.b3).forward(A2);
  const A3 = sigmoid.forward(Z3);

  return { A3, cache: { ...parameters, Z1, D1, A1, Z2, D2, A2, Z3, A3 } };
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: Cache, keep_prob: number) {
  const dropout = new Dropout(keep_prob);

  const dZ3 = Matrix.sub(cache.A3, Y);
  const dA2 = dropout.backward(cache.W3.transpose().mmul(dZ3));
  const dZ2 = relu.backward(dA2, cache.Z2);
  const dA1 = dropout.backward(cache.W2.transpose().mmul(dZ2));
  const dZ1 = relu.backward(dA1, cache.Z1);

  return {
    dZ3,
    dW3: Grad.weights(dZ3, cache.A2),
    db3: Grad.bias(dZ3),
    dA2,
    dZ2,
    dW2: Grad.weights(dZ2, cache.A1),
    db2: Grad.bias(dZ2),
    dA1,
    dZ1,
    dW1: Grad.weights(dZ1, X),
    db1: Grad.bias(dZ1),
  };
}

export function predict(X: Matrix, parameters: Params): Matrix {
  const H1 = relu.forward(new Dense(parameters.W1, parameters.b1).forward(X));
  const H2 = relu.forward(new Dense(parameters.W2, parameters.b2).forward(H1));
  const output = sigmoid.forward(new Dense(parameters.W3, parameters.b3).forward(H2));
  const labels = Matrix.zeros(1, X.columns);
  output.getRow(0).forEach((a, j) => labels.set(0, j, a > 0.5 ? 1 : 0));
  return labels;
}
