import * as B from "../assignment/block.ts";
import type { Parameters } from "../assignment/network.ts";
import type { Block } from "../model/observation.ts";

export type Random = () => number;

/** What a forward pass is given. */
export interface ForwardQuestion {
  X: Block;
  parameters: Parameters;
  keep_prob: number;
  random: Random;
}

/** What the next layers read, and the output. */
export interface Pass {
  A1: Block;
  A2: Block;
  A3: Block;
}

/** One forward and one backward pass on the same masks. */
export interface Step {
  A3: Block;
  /** Of each parameter: `dW1` under `W1`, and so on. */
  gradients: Parameters;
}

/** The three functions of the assignment, whoever wrote them. */
export interface Network {
  who: string;
  forward(question: ForwardQuestion): Promise<Pass>;
  step(question: ForwardQuestion & { Y: Block }): Promise<Step>;
  predict(X: Block, parameters: Parameters): Promise<Block>;
}

/** As many numbers as the masks of both hidden layers need. */
export function drawsFor({ X, parameters, random }: ForwardQuestion): Float64Array {
  const units = parameters.W1.rows + parameters.W2.rows;
  return Float64Array.from({ length: units * X.cols }, random);
}

/**
 * Normal weights, each layer's the smaller the more it reads, and biases of 0.
 *
 * @param units n_x, n1, n2 and n3
 */
export function startingParameters(
  random: Random,
  [nx, n1, n2, n3]: readonly [number, number, number, number],
): Parameters {
  const weights = (rows: number, cols: number) =>
    B.block(rows, cols, () => normal(random) * Math.sqrt(2 / cols));
  return {
    ...{ W1: weights(n1, nx), b1: B.block(n1, 1, () => 0) },
    ...{ W2: weights(n2, n1), b2: B.block(n2, 1, () => 0) },
    ...{ W3: weights(n3, n2), b3: B.block(n3, 1, () => 0) },
  };
}

/** One step of gradient descent; each parameter may have a rate of its own. */
export function descend(
  parameters: Parameters,
  gradients: Parameters,
  rate: (name: keyof Parameters) => number,
): Parameters {
  const next = (name: keyof Parameters) =>
    B.zip(parameters[name], gradients[name], (w, d) => w - rate(name) * d);
  return {
    ...{ W1: next("W1"), b1: next("b1"), W2: next("W2"), b2: next("b2") },
    ...{ W3: next("W3"), b3: next("b3") },
  };
}

/** The mean cross-entropy of the output with the labels. */
export function costOf(A3: Block, Y: Block): number {
  const losses = B.zip(A3, Y, (a, y) => -Math.log(Math.max(y === 1 ? a : 1 - a, 1e-12)));
  return mean(losses.data);
}

/** A standard normal number (Box and Muller). */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

export function mean(numbers: ArrayLike<number>): number {
  return Array.from(numbers).reduce((sum, x) => sum + x, 0) / numbers.length;
}

/** The standard deviation. */
export function spread(numbers: ArrayLike<number>): number {
  const centre = mean(numbers);
  return Math.sqrt(mean(Array.from(numbers, (x) => (x - centre) ** 2)));
}
