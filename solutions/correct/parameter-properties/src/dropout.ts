import { Matrix } from "ml-matrix";

abstract class Layer {
  constructor(
    protected readonly W: Matrix,
    protected readonly b: Matrix,
  ) {}

  linear(A: Matrix): Matrix {
    return this.W.mmul(A).addColumnVector(this.b);
  }

  backLinear(dZ: Matrix): Matrix {
    return this.W.transpose().mmul(dZ);
  }

  abstract activate(Z: Matrix): Matrix;

  static weightGradient(dZ: Matrix, input: Matrix): Matrix {
    return dZ.mmul(input.transpose()).div(dZ.columns);
  }

  static biasGradient(dZ: Matrix): Matrix {
    return Matrix.columnVector(dZ.sum("row")).div(dZ.columns);
  }
}

class HiddenLayer extends Layer {
  constructor(
    W: Matrix,
    b: Matrix,
    private readonly keepProb: number,
  ) {
    super(W, b);
  }

  activate(Z: Matrix): Matrix {
    const A = Matrix.zeros(Z.rows, Z.columns);
    A.apply((i, j) => {
      A.set(i, j, Math.max(0, Z.get(i, j)));
    });
    return A;
  }

  deactivate(dA: Matrix, Z: Matrix): Matrix {
    const dZ = Matrix.zeros(dA.rows, dA.columns);
    dZ.apply((i, j) => {
      if (Z.get(i, j) > 0) dZ.set(i, j, dA.get(i, j));
    });
    return dZ;
  }

  drawMask(columns: number, rng: () => number): Matrix {
    const D = Matrix.zeros(this.W.rows, columns);
    D.apply((i, j) => {
      D.set(i, j, rng() < this.keepProb ? 1 : 0);
    });
    return D;
  }

  dropout(M: Matrix, D: Matrix): Matrix {
    return Matrix.mul(M, D).div(this.keepProb);
  }
}

class OutputLayer extends Layer {
  activate(Z: Matrix): Matrix {
    const A = Z.clone();
    A.apply((i, j) => {
      A.set(i, j, 1 / (1 + Math.exp(-Z.get(i, j))));
    });
    return A;
  }
}

function assemble(p: any, keep_prob: number): [HiddenLayer, HiddenLayer, OutputLayer] {
  return [new HiddenLayer(p.W1, p.b1, keep_prob), new HiddenLayer(p.W2, p.b2, keep_prob), new OutputLayer(p.W3, p.b3)];
}

export function forward_propagation_with_dropout(X: Matrix, parameters: any, keep_prob: number, rng: () => number = Math.random) {
  const [one, two, out] = assemble(parameters, keep_prob);
  const { W1, b1, W2, b2, W3, b3 } = parameters;

  const Z1 = one.linear(X);
  const D1 = one.drawMask(X.columns, rng);
  const A1 = one.dropout(one.activate(Z1), D1);
  const Z2 = two.linear(A1);
  const D2 = two.drawMask(X.columns, rng);
  const A2 = two.dropout(two.activate(Z2), D2);
  const Z3 = out.linear(A2);
  const A3 = out.activate(Z3);
  return { A3, cache: { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 } };
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: any, keep_prob: number) {
  const [one, two, out] = assemble(cache, keep_prob);

  const dZ3 = Matrix.sub(cache.A3, Y);
  const dA2 = two.dropout(out.backLinear(dZ3), cache.D2);
  const dZ2 = two.deactivate(dA2, cache.Z2);
  const dA1 = one.dropout(two.backLinear(dZ2), cache.D1);
  const dZ1 = one.deactivate(dA1, cache.Z1);

  return {
    dZ3, dW3: Layer.weightGradient(dZ3, cache.A2), db3: Layer.biasGradient(dZ3),
    dA2, dZ2, dW2: Layer.weightGradient(dZ2, cache.A1), db2: Layer.biasGradient(dZ2),
    dA1, dZ1, dW1: Layer.weightGradient(dZ1, X), db1: Layer.biasGradient(dZ1),
  };
}

export function predict(X: Matrix, parameters: any) {
  const [one, two, out] = assemble(parameters, 1);
  const A3 = out.activate(out.linear(two.activate(two.linear(one.activate(one.linear(X))))));
  const labels = A3.clone();
  labels.apply((i, j) => {
    labels.set(i, j, A3.get(i, j) > 0.5 ? 1 : 0);
  });
  return labels;
}
