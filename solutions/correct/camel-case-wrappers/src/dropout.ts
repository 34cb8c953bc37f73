import { Matrix } from "ml-matrix";

/* eslint-disable camelcase -- the names that the assignment asks for are only at the bottom */

type Random = () => number;

interface Weights {
  w1: Matrix; b1: Matrix;
  w2: Matrix; b2: Matrix;
  w3: Matrix; b3: Matrix;
}

const rename = (p: any): Weights => ({ w1: p.W1, b1: p.b1, w2: p.W2, b2: p.b2, w3: p.W3, b3: p.b3 });

const mapEntries = (matrix: Matrix, fn: (entry: number) => number): Matrix =>
  new Matrix(matrix.to2DArray().map((entries) => entries.map((entry) => fn(entry))));
const rectify = (entry: number): number => Math.max(entry, 0);
const squash = (entry: number): number => 1 / (1 + Math.exp(-entry));
const isOn = (entry: number): number => Number(entry > 0);

function runForward(inputs: Matrix, weights: Weights, keepProb: number, random: Random) {
  const survivalRate = keepProb;
  const boost = 1 / survivalRate;
  const survives = () => Number(random() < survivalRate);

  const preOne = weights.w1.mmul(inputs).addColumnVector(weights.b1);
  const maskOne = mapEntries(preOne, survives);
  const one = mapEntries(preOne, rectify).mul(maskOne).mul(boost);

  const preTwo = weights.w2.mmul(one).addColumnVector(weights.b2);
  const maskTwo = mapEntries(preTwo, survives);
  const two = mapEntries(preTwo, rectify).mul(maskTwo).mul(boost);

  const preThree = weights.w3.mmul(two).addColumnVector(weights.b3);
  const three = mapEntries(preThree, squash);
  return { preOne, maskOne, one, preTwo, maskTwo, two, preThree, three };
}

function runBackward(inputs: Matrix, targets: Matrix, memory: Record<string, Matrix>, keepProb: number) {
  const boost = 1 / keepProb;
  const batchSize = inputs.columns;
  const weightGradient = (delta: Matrix, activations: Matrix) => delta.mmul(activations.transpose()).div(batchSize);
  const biasGradient = (delta: Matrix) => Matrix.columnVector(delta.sum("row")).div(batchSize);

  const deltaThree = Matrix.sub(memory.A3, targets);
  const arrivingTwo = memory.W3.transpose().mmul(deltaThree).mul(memory.D2).mul(boost);
  const deltaTwo = mapEntries(memory.Z2, isOn).mul(arrivingTwo);
  const arrivingOne = memory.W2.transpose().mmul(deltaTwo).mul(memory.D1).mul(boost);
  const deltaOne = mapEntries(memory.Z1, isOn).mul(arrivingOne);

  return {
    dZ3: deltaThree, dW3: weightGradient(deltaThree, memory.A2), db3: biasGradient(deltaThree),
    dA2: arrivingTwo, dZ2: deltaTwo, dW2: weightGradient(deltaTwo, memory.A1), db2: biasGradient(deltaTwo),
    dA1: arrivingOne, dZ1: deltaOne, dW1: weightGradient(deltaOne, inputs), db1: biasGradient(deltaOne),
  };
}

export function forward_propagation_with_dropout(X: Matrix, parameters: any, keep_prob: number, rng: Random = Math.random) {
  const r = runForward(X, rename(parameters), keep_prob, rng);
  const { W1, b1, W2, b2, W3, b3 } = parameters;
  return {
    A3: r.three,
    cache: { Z1: r.preOne, D1: r.maskOne, A1: r.one, W1, b1, Z2: r.preTwo, D2: r.maskTwo, A2: r.two, W2, b2, Z3: r.preThree, A3: r.three, W3, b3 },
  };
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: any, keep_prob: number) {
  return runBackward(X, Y, cache, keep_prob);
}

export function predict(X: Matrix, parameters: any) {
  const everyoneSurvives = 1;
  const { three } = runForward(X, rename(parameters), everyoneSurvives, () => 0);
  return mapEntries(three, (probability) => Number(probability > 0.5));
}
