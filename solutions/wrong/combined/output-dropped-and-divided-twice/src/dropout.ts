import { Matrix } from "ml-matrix";

type Parameters = { W1: Matrix; b1: Matrix; W2: Matrix; b2: Matrix; W3: Matrix; b3: Matrix };
type Cache = ReturnType<typeof forward_propagation_with_dropout>["cache"];

/** Applies `fn` to all entries and returns a fresh matrix. */
function mapMatrix(source: Matrix, fn: (value: number) => number): Matrix {
  const result = Matrix.zeros(source.rows, source.columns);
  for (let row = 0; row < source.rows; row++) {
    for (let column = 0; column < source.columns; column++) {
      result.set(row, column, fn(source.get(row, column)));
    }
  }
  return result;
}

function drawMask(rows: number, columns: number, keepProb: number, random: () => number): Matrix {
  return Matrix.random(rows, columns, { random: () => (random() < keepProb ? 1 : 0) });
}

/** Everything a hidden layer does, from its input to its dropped-out output. */
function hiddenLayer(input: Matrix, W: Matrix, b: Matrix, keepProb: number, random: () => number) {
  const Z = W.mmul(input).addColumnVector(b);
  const activation = mapMatrix(Z, (z) => (z > 0 ? z : 0));
  const D = drawMask(Z.rows, Z.columns, keepProb, random);
  const thinned = activation.mul(D);
  const A = thinned.mul(1 / keepProb);
  return { Z, D, A };
}

export function forward_propagation_with_dropout(
  X: Matrix,
  parameters: Parameters,
  keep_prob: number,
  rng: () => number = Math.random,
) {
  const { W1, b1, W2, b2, W3, b3 } = parameters;
  const one = hiddenLayer(X, W1, b1, keep_prob, rng);
  const two = hiddenLayer(one.A, W2, b2, keep_prob, rng);
  const Z3 = W3.mmul(two.A).addColumnVector(b3);
  const probabilities = mapMatrix(Z3, (z) => 1 / (1 + Math.exp(-z)));
  const D3 = drawMask(Z3.rows, Z3.columns, keep_prob, rng);
  const A3 = Matrix.mul(probabilities, D3).mul(1 / keep_prob);
  const cache = {
    Z1: one.Z,
    D1: one.D,
    A1: one.A,
    W1,
    b1,
    Z2: two.Z,
    D2: two.D,
    A2: two.A,
    W2,
    b2,
    Z3,
    A3,
    W3,
    b3,
  };
  return { A3, cache };
}

/** What comes back through a hidden layer: dA, dZ, dW and db. */
function hiddenLayerBackward(
  upstream: Matrix,
  layer: { Z: Matrix; D: Matrix; input: Matrix },
  keepProb: number,
) {
  const examples = layer.input.columns;
  const masked = Matrix.mul(upstream, layer.D);
  const dA = masked.mul(1 / keepProb).div(keepProb);
  const slope = mapMatrix(layer.Z, (z) => (z > 0 ? 1 : 0));
  const dZ = Matrix.mul(dA, slope);
  const dW = dZ.mmul(layer.input.transpose()).div(examples);
  const db = Matrix.columnVector(dZ.sum("row")).div(examples);
  return { dA, dZ, dW, db };
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: Cache, keep_prob: number) {
  const m = X.columns;
  const dZ3 = Matrix.sub(cache.A3, Y);
  const dW3 = dZ3.mmul(cache.A2.transpose()).div(m);
  const db3 = Matrix.columnVector(dZ3.sum("row")).div(m);

  const fromOutput = cache.W3.transpose().mmul(dZ3);
  const two = hiddenLayerBackward(fromOutput, { Z: cache.Z2, D: cache.D2, input: cache.A1 }, keep_prob);

  const fromSecond = cache.W2.transpose().mmul(two.dZ);
  const one = hiddenLayerBackward(fromSecond, { Z: cache.Z1, D: cache.D1, input: X }, keep_prob);

  return {
    dZ3,
    dW3,
    db3,
    dA2: two.dA,
    dZ2: two.dZ,
    dW2: two.dW,
    db2: two.db,
    dA1: one.dA,
    dZ1: one.dZ,
    dW1: one.dW,
    db1: one.db,
  };
}

export function predict(X: Matrix, parameters: Parameters): Matrix {
  const rectify = (Z: Matrix) => mapMatrix(Z, (z) => (z > 0 ? z : 0));
  const H1 = rectify(parameters.W1.mmul(X).addColumnVector(parameters.b1));
  const H2 = rectify(parameters.W2.mmul(H1).addColumnVector(parameters.b2));
  const Z3 = parameters.W3.mmul(H2).addColumnVector(parameters.b3);
  return mapMatrix(Z3, (z) => (1 / (1 + Math.exp(-z)) > 0.5 ? 1 : 0));
}
