import type { Experiment } from "./experiment.ts";
import { divide } from "./doubts/divide.ts";
import { expectation } from "./doubts/expectation.ts";
import { masks } from "./doubts/masks.ts";
import { norms } from "./doubts/norms.ts";
import { paper } from "./doubts/paper.ts";
import { prediction } from "./doubts/prediction.ts";
import { survivors } from "./doubts/survivors.ts";
import { training } from "./doubts/training.ts";

/** One for each of the handout's eight doubts, in its order. */
export const EXPERIMENTS: readonly Experiment[] = [
  expectation,
  norms,
  divide,
  survivors,
  masks,
  training,
  prediction,
  paper,
];
