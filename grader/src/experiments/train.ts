import type { Parameters } from "../assignment/network.ts";
import type { Block } from "../model/observation.ts";
import { costOf, descend } from "./network.ts";
import type { Network, Random } from "./network.ts";
import type { Points } from "./moons.ts";

/** How a network is to be trained. */
export interface Course {
  network: Network;
  start: Parameters;
  points: Points;
  keep_prob: number;
  random: Random;
  steps: number;
  rate: number;
  /** Called after each step. */
  onStep?: (step: number, cost: number) => void;
}

/** Gradient descent on all points at once. */
export async function train(course: Course): Promise<Parameters> {
  const { network, points, keep_prob, random, steps, rate } = course;
  let parameters = course.start;
  for (let step = 1; step <= steps; step += 1) {
    const { A3, gradients } = await network.step({ ...points, parameters, keep_prob, random });
    course.onStep?.(step, costOf(A3, points.Y));
    parameters = descend(parameters, gradients, () => rate);
  }
  return parameters;
}

/** The share of labels that are right. */
export function accuracy(labels: Block, { Y }: Points): number {
  return labels.data.filter((label, k) => label === Y.data[k]).length / Y.data.length;
}
