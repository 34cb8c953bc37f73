import { Matrix } from "ml-matrix";

type Rng = () => number;
type Layer = { W: Matrix; b: Matrix; activation: "relu" | "sigmoid" };

const f = {
  relu: (z: number) => (z > 0 ? z : 0),
  sigmoid: (z: number) => 1 / (1 + Math.exp(-z)),
};

function activate(Z: Matrix, name: keyof typeof f) {
  const A = Z.clone();
  A.apply(function (i, j) {
    this.set(i, j, f[name](this.get(i, j)));
  });
  return A;
}

function drawMask(rows: number, columns: number, keep: number, rng: Rng) {
  const D = Matrix.random(rows, columns, { random: rng });
  D.apply(function (i, j) {
    this.set(i, j, this.get(i, j) < keep ? 1 : 0);
  });
  return D;
}

export function forward_propagation_with_dropout(X: Matrix, parameters: any, keep_prob: number, rng: Rng = Math.random) {
  const layers: Layer[] = [
    { W: parameters.W1, b: parameters.b1, activation: "relu" },
    { W: parameters.W2, b: parameters.b2, activation: "relu" },
    { W: parameters.W3, b: parameters.b3, activation: "sigmoid" },
  ];

  // All layers get a mask so that the arrays line up with `layers`,
  // but the output layer's one is never used: the output must not drop out.
  const masks = layers.map((layer) => drawMask(layer.W.rows, X.columns, keep_prob, rng));

  const Zs: Matrix[] = [];
  const As: Matrix[] = [];
  let A = X;
  layers.forEach(({ W, b, activation }, l) => {
    const Z = W.mmul(A).addColumnVector(b);
    A = activate(Z, activation);
    if (l < layers.length - 1) A.mul(masks[l]).div(keep_prob);
    Zs.push(Z);
    As.push(A);
  });

  return {
    A3: As[2],
    cache: {
      Z1: Zs[0], D1: masks[0], A1: As[0], W1: parameters.W1, b1: parameters.b1,
      Z2: Zs[1], D2: masks[1], A2: As[1], W2: parameters.W2, b2: parameters.b2,
      Z3: Zs[2], A3: As[2], W3: parameters.W3, b3: parameters.b3,
    },
  };
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: any, keep_prob: number) {
  const m = X.columns;

  const dZ3 = Matrix.sub(cache.A3, Y);
  const dW3 = dZ3.mmul(cache.A2.transpose()).div(m);
  const db3 = Matrix.columnVector(dZ3.sum("row")).div(m);

  const dA2 = cache.W3.transpose().mmul(dZ3);
  dA2.mul(cache.D2);
  dA2.div(keep_prob);
  const dZ2 = Matrix.mul(dA2, activate(cache.Z2, "relu").sign());
  const dW2 = dZ2.mmul(cache.A1.transpose()).div(m);
  const db2 = Matrix.columnVector(dZ2.sum("row")).div(m);

  const dA1 = cache.W2.transpose().mmul(dZ2);
  dA1.mul(cache.D1);
  dA1.div(keep_prob);
  const dZ1 = Matrix.mul(dA1, activate(cache.Z1, "relu").sign());
  const dW1 = dZ1.mmul(X.transpose()).div(m);
  const db1 = Matrix.columnVector(dZ1.sum("row")).div(m);

  return { dZ3, dW3, db3, dA2, dZ2, dW2, db2, dA1, dZ1, dW1, db1 };
}

export function predict(X: Matrix, parameters: any) {
  const H1 = activate(parameters.W1.mmul(X).addColumnVector(parameters.b1), "relu");
  const H2 = activate(parameters.W2.mmul(H1).addColumnVector(parameters.b2), "relu");
  const out = activate(parameters.W3.mmul(H2).addColumnVector(parameters.b3), "sigmoid");
  return out.round();
}
