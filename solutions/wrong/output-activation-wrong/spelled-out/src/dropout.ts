import { Matrix } from "ml-matrix";
import type { Cache, Gradients, Parameters, Rng } from "./types";

/**
 * Regularization assignment: a three layer network with dropout on both hidden layers.
 */

function applyRelu(preActivation: Matrix): Matrix {
    const result = new Matrix(preActivation.rows, preActivation.columns);
    for (let unit = 0; unit < preActivation.rows; unit++) {
        for (let example = 0; example < preActivation.columns; example++) {
            const value = preActivation.get(unit, example);
            result.set(unit, example, value > 0 ? value : 0);
        }
    }
    return result;
}

function applySigmoid(preActivation: Matrix): Matrix {
    const result = new Matrix(preActivation.rows, preActivation.columns);
    for (let unit = 0; unit < preActivation.rows; unit++) {
        for (let example = 0; example < preActivation.columns; example++) {
            result.set(unit, example, 1 / (1 + Math.exp(-preActivation.get(unit, example))));
        }
    }
    return result;
}

/** Returns a matrix in which each number is 1 (the unit stays) or 0 (the unit is dropped). */
function drawDropoutMask(numberOfUnits: number, numberOfExamples: number, keepProbability: number, rng: Rng): Matrix {
    const dropoutMask = new Matrix(numberOfUnits, numberOfExamples);
    for (let unit = 0; unit < numberOfUnits; unit++) {
        for (let example = 0; example < numberOfExamples; example++) {
            const randomNumber = rng();
            const unitStays = randomNumber < keepProbability;
            dropoutMask.set(unit, example, unitStays ? 1 : 0);
        }
    }
    return dropoutMask;
}

export function forward_propagation_with_dropout(
    X: Matrix,
    parameters: Parameters,
    keep_prob: number,
    rng: Rng = Math.random,
): { A3: Matrix; cache: Cache } {
    // Unpack the parameters
    const W1 = parameters.W1;
    const b1 = parameters.b1;
    const W2 = parameters.W2;
    const b2 = parameters.b2;
    const W3 = parameters.W3;
    const b3 = parameters.b3;
    const numberOfExamples = X.columns;

    // First hidden layer
    const Z1 = W1.mmul(X).addColumnVector(b1);
    const activation1 = applyRelu(Z1);
    const D1 = drawDropoutMask(activation1.rows, numberOfExamples, keep_prob, rng);
    const maskedActivation1 = Matrix.multiply(activation1, D1);
    const A1 = Matrix.divide(maskedActivation1, keep_prob);

    // Second hidden layer
    const Z2 = W2.mmul(A1).addColumnVector(b2);
    const activation2 = applyRelu(Z2);
    const D2 = drawDropoutMask(activation2.rows, numberOfExamples, keep_prob, rng);
    const maskedActivation2 = Matrix.multiply(activation2, D2);
    const A2 = Matrix.divide(maskedActivation2, keep_prob);

    // Output layer
    const Z3 = W3.mmul(A2).addColumnVector(b3);
    const A3 = applyRelu(Z3);

    const cache: Cache = {
        Z1: Z1,
        D1: D1,
        A1: A1,
        W1: W1,
        b1: b1,
        Z2: Z2,
        D2: D2,
        A2: A2,
        W2: W2,
        b2: b2,
        Z3: Z3,
        A3: A3,
        W3: W3,
        b3: b3,
    };
    return { A3: A3, cache: cache };
}

/** Gradient of the ReLU: passes where the unit was on. */
function throughRelu(gradient: Matrix, preActivation: Matrix): Matrix {
    const result = gradient.clone();
    for (let unit = 0; unit < gradient.rows; unit++) {
        for (let example = 0; example < gradient.columns; example++) {
            if (preActivation.get(unit, example) <= 0) {
                result.set(unit, example, 0);
            }
        }
    }
    return result;
}

export function backward_propagation_with_dropout(
    X: Matrix,
    Y: Matrix,
    cache: Cache,
    keep_prob: number,
): Gradients {
    const numberOfExamples = X.columns;

    // Output layer
    const dZ3 = Matrix.subtract(cache.A3, Y);
    const dW3 = Matrix.divide(dZ3.mmul(cache.A2.transpose()), numberOfExamples);
    const db3 = Matrix.columnVector(dZ3.sum("row")).divide(numberOfExamples);

    // Second hidden layer
    const beforeDropout2 = cache.W3.transpose().mmul(dZ3);
    const dA2 = Matrix.multiply(beforeDropout2, cache.D2).divide(keep_prob);
    const dZ2 = throughRelu(dA2, cache.Z2);
    const dW2 = Matrix.divide(dZ2.mmul(cache.A1.transpose()), numberOfExamples);
    const db2 = Matrix.columnVector(dZ2.sum("row")).divide(numberOfExamples);

    // First hidden layer
    const beforeDropout1 = cache.W2.transpose().mmul(dZ2);
    const dA1 = Matrix.multiply(beforeDropout1, cache.D1).divide(keep_prob);
    const dZ1 = throughRelu(dA1, cache.Z1);
    const dW1 = Matrix.divide(dZ1.mmul(X.transpose()), numberOfExamples);
    const db1 = Matrix.columnVector(dZ1.sum("row")).divide(numberOfExamples);

    return { dZ3, dW3, db3, dA2, dZ2, dW2, db2, dA1, dZ1, dW1, db1 };
}

export function predict(X: Matrix, parameters: Parameters): Matrix {
    const hidden1 = applyRelu(parameters.W1.mmul(X).addColumnVector(parameters.b1));
    const hidden2 = applyRelu(parameters.W2.mmul(hidden1).addColumnVector(parameters.b2));
    const output = applySigmoid(parameters.W3.mmul(hidden2).addColumnVector(parameters.b3));

    const predictions = new Matrix(1, X.columns);
    for (let example = 0; example < X.columns; example++) {
        if (output.get(0, example) > 0.5) {
            predictions.set(0, example, 1);
        } else {
            predictions.set(0, example, 0);
        }
    }
    return predictions;
}
