import type { CheckId } from "../model/rubric.ts";
import type { FunctionName } from "../model/submission.ts";

/** One row of the rubric: what earns points, and in which of the three functions. */
export interface RubricRow {
  id: CheckId;
  fn: FunctionName;
  /** What the student's program does when the check passes; at most 46 characters, for the table. */
  title: string;
  points: number;
}

const FORWARD = "forward_propagation_with_dropout";
const BACKWARD = "backward_propagation_with_dropout";
const PREDICT = "predict";

/** The nine checks in the order in which they are judged and shown: 100 points. */
export const RUBRIC: readonly RubricRow[] = [
  {
    id: "forward.mask",
    fn: FORWARD,
    title: "Draws a fresh mask per unit and per example",
    points: 15,
  },
  {
    id: "forward.applied",
    fn: FORWARD,
    title: "Masks both hidden layers and nothing else",
    points: 10,
  },
  { id: "forward.scaled", fn: FORWARD, title: "Scales what survives by 1/keep_prob", points: 15 },
  {
    id: "forward.network",
    fn: FORWARD,
    title: "Is the plain network when keep_prob is 1",
    points: 5,
  },
  {
    id: "backward.mask-reuse",
    fn: BACKWARD,
    title: "Applies the masks of the cache again",
    points: 15,
  },
  {
    id: "backward.scaled",
    fn: BACKWARD,
    title: "Scales by 1/keep_prob once per masked layer",
    points: 10,
  },
  { id: "backward.gradients", fn: BACKWARD, title: "Returns the right dW and db", points: 10 },
  { id: "predict.no-dropout", fn: PREDICT, title: "Uses neither mask nor scale", points: 15 },
  { id: "predict.labels", fn: PREDICT, title: "Returns the right labels", points: 5 },
];
