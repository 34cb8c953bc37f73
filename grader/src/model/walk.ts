import * as z from "zod";
import { FUNCTION_NAMES } from "./submission.ts";

export const locationSchema = z.object({
  file: z.string(),
  line: z.int().min(1),
  column: z.int().min(1),
  endLine: z.int().min(1),
  endColumn: z.int().min(1),
});

/**
 * right: as it should be. diverges: the first that should have become right and did not.
 * wrong: so is this one, after it. unknown: it is none of the network's quantities.
 */
const standingSchema = z.enum(["right", "diverges", "wrong", "unknown"]);

/** One place of the student's source, and what it held. */
const walkStepSchema = z.object({
  location: locationSchema,
  /** What the student calls it; absent for what is only returned or handed on. */
  name: z.string().optional(),
  /** What it turned out to be, as in "relu(Z1)∘D1; expected also / keep_prob". */
  words: z.string(),
  standing: standingSchema,
  /** For the first divergence: one entry, as it was and as it should be, as in "A1[0, 2] is 0.5123, expected 0.6404". */
  entry: z.string().optional(),
});

/** A matrix of the run as a picture, units by examples; what is not shown is left off. */
const pictureSchema = z.object({
  title: z.string(),
  rows: z.array(z.array(z.number())),
});

/** One call of one function, read along with the values that it computed. */
export const walkSchema = z.object({
  function: z.enum(FUNCTION_NAMES),
  /** Absent for `predict`. */
  keep_prob: z.number().optional(),
  /** In the order in which they ran; at most one `diverges`. */
  steps: z.array(walkStepSchema),
  /** The masks and the activations, where units are dropped. */
  pictures: z.array(pictureSchema),
  /** Recording stopped at its limit: later lines are missing. */
  cut: z.boolean(),
});

export type WalkStep = z.infer<typeof walkStepSchema>;
export type Walk = z.infer<typeof walkSchema>;
