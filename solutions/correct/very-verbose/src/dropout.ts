import { Matrix } from "ml-matrix";

/**
 * A function that returns a pseudo-random number that is greater than or equal to zero
 * and strictly less than one every time it is invoked.
 */
type RandomNumberGenerator = () => number;

/** The learned parameters of the three-layer neural network. */
interface NeuralNetworkParameters {
  /** The weight matrix of the first hidden layer. */
  W1: Matrix;
  /** The bias vector of the first hidden layer. */
  b1: Matrix;
  /** The weight matrix of the second hidden layer. */
  W2: Matrix;
  /** The bias vector of the second hidden layer. */
  b2: Matrix;
  /** The weight matrix of the output layer. */
  W3: Matrix;
  /** The bias vector of the output layer. */
  b3: Matrix;
}

/** The intermediate values of a forward propagation, which the backward propagation needs. */
interface ForwardPropagationCache extends NeuralNetworkParameters {
  Z1: Matrix;
  D1: Matrix;
  A1: Matrix;
  Z2: Matrix;
  D2: Matrix;
  A2: Matrix;
  Z3: Matrix;
  A3: Matrix;
}

/**
 * Computes the rectified linear unit of a single number.
 * @param preActivation the value before the activation function
 * @returns the same value if it is positive, and zero otherwise
 */
function rectifiedLinearUnit(preActivation: number): number {
  if (preActivation > 0) {
    return preActivation;
  } else {
    return 0;
  }
}

/** Computes the logistic function of a single number. */
function logisticFunction(preActivation: number): number {
  const exponential: number = Math.exp(-preActivation);
  const denominator: number = 1 + exponential;
  return 1 / denominator;
}

/** Applies a function to every entry of a matrix and returns the results in a new matrix. */
function applyToEveryEntry(matrix: Matrix, operation: (entry: number) => number): Matrix {
  const result: Matrix = new Matrix(matrix.rows, matrix.columns);
  for (let rowIndex = 0; rowIndex < matrix.rows; rowIndex++) {
    for (let columnIndex = 0; columnIndex < matrix.columns; columnIndex++) {
      const entry: number = matrix.get(rowIndex, columnIndex);
      const newEntry: number = operation(entry);
      result.set(rowIndex, columnIndex, newEntry);
    }
  }
  return result;
}

/** Creates a matrix of zeros and ones in which every entry is one with the given probability. */
function createDropoutMask(numberOfUnits: number, numberOfExamples: number, probabilityOfKeeping: number, randomNumberGenerator: RandomNumberGenerator): Matrix {
  const mask: Matrix = new Matrix(numberOfUnits, numberOfExamples);
  for (let unitIndex = 0; unitIndex < numberOfUnits; unitIndex++) {
    for (let exampleIndex = 0; exampleIndex < numberOfExamples; exampleIndex++) {
      const randomNumber: number = randomNumberGenerator();
      const unitIsKept: boolean = randomNumber < probabilityOfKeeping;
      if (unitIsKept === true) {
        mask.set(unitIndex, exampleIndex, 1);
      } else {
        mask.set(unitIndex, exampleIndex, 0);
      }
    }
  }
  return mask;
}

/** Computes the linear part of a layer. */
function computeLinearPart(weights: Matrix, previousActivations: Matrix, biases: Matrix): Matrix {
  const weightedSums: Matrix = weights.mmul(previousActivations);
  const weightedSumsWithBias: Matrix = weightedSums.addColumnVector(biases);
  return weightedSumsWithBias;
}

/** Performs the forward propagation with inverted dropout on both hidden layers. */
export function forward_propagation_with_dropout(X: Matrix, parameters: NeuralNetworkParameters, keep_prob: number, rng: RandomNumberGenerator = Math.random): { A3: Matrix; cache: ForwardPropagationCache } {
  // Retrieve the parameters.
  const W1: Matrix = parameters.W1;
  const b1: Matrix = parameters.b1;
  const W2: Matrix = parameters.W2;
  const b2: Matrix = parameters.b2;
  const W3: Matrix = parameters.W3;
  const b3: Matrix = parameters.b3;

  // The first hidden layer.
  const Z1: Matrix = computeLinearPart(W1, X, b1);
  const activationsOfLayer1: Matrix = applyToEveryEntry(Z1, rectifiedLinearUnit);
  const D1: Matrix = createDropoutMask(Z1.rows, Z1.columns, keep_prob, rng);
  const maskedActivationsOfLayer1: Matrix = Matrix.mul(activationsOfLayer1, D1);
  const A1: Matrix = Matrix.div(maskedActivationsOfLayer1, keep_prob);

  // The second hidden layer.
  const Z2: Matrix = computeLinearPart(W2, A1, b2);
  const activationsOfLayer2: Matrix = applyToEveryEntry(Z2, rectifiedLinearUnit);
  const D2: Matrix = createDropoutMask(Z2.rows, Z2.columns, keep_prob, rng);
  const maskedActivationsOfLayer2: Matrix = Matrix.mul(activationsOfLayer2, D2);
  const A2: Matrix = Matrix.div(maskedActivationsOfLayer2, keep_prob);

  // The output layer, which must not be dropped.
  const Z3: Matrix = computeLinearPart(W3, A2, b3);
  const A3: Matrix = applyToEveryEntry(Z3, logisticFunction);

  // Assemble the cache.
  const cache: ForwardPropagationCache = { Z1: Z1, D1: D1, A1: A1, W1: W1, b1: b1, Z2: Z2, D2: D2, A2: A2, W2: W2, b2: b2, Z3: Z3, A3: A3, W3: W3, b3: b3 };
  return { A3: A3, cache: cache };
}

/** Performs the backward propagation, reusing the masks of the forward propagation. */
export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: ForwardPropagationCache, keep_prob: number) {
  const numberOfExamples: number = X.columns;

  // The output layer.
  const dZ3: Matrix = Matrix.sub(cache.A3, Y);
  const transposeOfA2: Matrix = cache.A2.transpose();
  const dW3: Matrix = dZ3.mmul(transposeOfA2).div(numberOfExamples);
  const db3: Matrix = Matrix.columnVector(dZ3.sum("row")).div(numberOfExamples);

  // The second hidden layer: first the mask, then the scale, then the derivative of ReLU.
  const gradientArrivingAtLayer2: Matrix = cache.W3.transpose().mmul(dZ3);
  const maskedGradientOfLayer2: Matrix = Matrix.mul(gradientArrivingAtLayer2, cache.D2);
  const dA2: Matrix = Matrix.div(maskedGradientOfLayer2, keep_prob);
  const derivativeOfReluAtLayer2: Matrix = applyToEveryEntry(cache.Z2, (entry: number): number => (entry > 0 ? 1 : 0));
  const dZ2: Matrix = Matrix.mul(dA2, derivativeOfReluAtLayer2);
  const transposeOfA1: Matrix = cache.A1.transpose();
  const dW2: Matrix = dZ2.mmul(transposeOfA1).div(numberOfExamples);
  const db2: Matrix = Matrix.columnVector(dZ2.sum("row")).div(numberOfExamples);

  // The first hidden layer, in the same way.
  const gradientArrivingAtLayer1: Matrix = cache.W2.transpose().mmul(dZ2);
  const maskedGradientOfLayer1: Matrix = Matrix.mul(gradientArrivingAtLayer1, cache.D1);
  const dA1: Matrix = Matrix.div(maskedGradientOfLayer1, keep_prob);
  const derivativeOfReluAtLayer1: Matrix = applyToEveryEntry(cache.Z1, (entry: number): number => (entry > 0 ? 1 : 0));
  const dZ1: Matrix = Matrix.mul(dA1, derivativeOfReluAtLayer1);
  const transposeOfX: Matrix = X.transpose();
  const dW1: Matrix = dZ1.mmul(transposeOfX).div(numberOfExamples);
  const db1: Matrix = Matrix.columnVector(dZ1.sum("row")).div(numberOfExamples);

  return { dZ3: dZ3, dW3: dW3, db3: db3, dA2: dA2, dZ2: dZ2, dW2: dW2, db2: db2, dA1: dA1, dZ1: dZ1, dW1: dW1, db1: db1 };
}

/** Predicts a label for every example without any dropout. */
export function predict(X: Matrix, parameters: NeuralNetworkParameters): Matrix {
  const activationsOfLayer1: Matrix = applyToEveryEntry(computeLinearPart(parameters.W1, X, parameters.b1), rectifiedLinearUnit);
  const activationsOfLayer2: Matrix = applyToEveryEntry(computeLinearPart(parameters.W2, activationsOfLayer1, parameters.b2), rectifiedLinearUnit);
  const probabilities: Matrix = applyToEveryEntry(computeLinearPart(parameters.W3, activationsOfLayer2, parameters.b3), logisticFunction);
  const labels: Matrix = applyToEveryEntry(probabilities, (probability: number): number => (probability > 0.5 ? 1 : 0));
  return labels;
}
