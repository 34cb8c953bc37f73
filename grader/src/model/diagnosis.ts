/** From measurements to findings: what is off, which misconception explains it, whose line it is. */

import type { Layer, Measurements } from "./measurement.ts";
import type { Block } from "./observation.ts";
import type { FindingKind } from "./report.ts";
import type { CheckId } from "./rubric.ts";
import type { FunctionName, Location } from "./submission.ts";

/** What can be off in a check. */
export type SymptomKey =
  | "forward.mask/share"
  | "forward.mask/sharing"
  | "forward.mask/same-masks"
  | "forward.mask/frozen"
  | "forward.mask/not-repeatable"
  | "forward.mask/rng"
  | "forward.mask/cached-mask"
  | "forward.mask/exact-count"
  | "forward.mask/never-drops"
  | "forward.applied/nothing-dropped"
  | "forward.applied/next-reads"
  | "forward.applied/output"
  | "forward.applied/input"
  | "forward.network/dead-units"
  | "forward.scaled/ratio"
  | "forward.scaled/cached-ratio"
  | "forward.network/linear"
  | "forward.network/output"
  | "forward.network/plain"
  | "forward.network/arguments"
  | "forward.network/cache"
  | "forward.network/finite"
  | "forward.network/failed"
  | "backward.mask-reuse/pattern"
  | "backward.mask-reuse/draws"
  | "backward.mask-reuse/not-repeatable"
  | "backward.scaled/scale"
  | "backward.gradients/delta"
  | "backward.gradients/weights"
  | "backward.gradients/biases"
  | "backward.gradients/relu"
  | "backward.gradients/chain"
  | "backward.gradients/result"
  | "backward.gradients/arguments"
  | "backward.gradients/finite"
  | "backward.gradients/failed"
  | "backward.gradients/extra-keys"
  | "predict.no-dropout/random"
  | "predict.no-dropout/scale"
  | "predict.labels/labels"
  | "predict.labels/numbers"
  | "predict.labels/shape"
  | "predict.labels/arguments"
  | "predict.labels/failed";

/** One thing that is off, in numbers. */
export interface Symptom {
  key: SymptomKey;
  layer?: Layer;
  /** What was measured, as a sentence or two. */
  what: string;
  culprit: Culprit;
}

/** What a finding is about, for finding the line that made it. */
export interface Culprit {
  fn: FunctionName;
  /** The call in which it shows. */
  call?: string;
  /** The student's own value, or values, whose first appearance in a run is the line. */
  values?: Block[];
  /** A factor that should not be there, as an operand of `*` or `/`, or what survives by it. */
  factor?: number[];
  /** A place that the source shows. */
  location?: Location;
  /** Where the source shows it, the first use of this kind that the function reaches. */
  use?: {
    kind: "random" | "keep-prob" | "mask-read" | "multiply" | "divide" | "compare" | "call";
    text?: RegExp;
  };
}

/** What a misconception's entry says when it recognises itself. */
export interface Recognition {
  /** What was measured in this run, with the student's own numbers. */
  what: string;
  /** The symptoms that it accounts for. */
  explains: (symptom: Symptom) => boolean;
  culprit: Culprit;
  /** Where the check depends on the function that it happened in. */
  check?: CheckId;
}

/** One entry of the catalogue. */
export interface Misconception<Id extends string = string> {
  id: Id;
  kind: FindingKind;
  /** The check that it costs. */
  check: CheckId;
  title: string;
  recognise: (m: Measurements, symptoms: readonly Symptom[]) => Recognition | undefined;
  why: string;
  next: string;
}
