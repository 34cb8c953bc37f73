/** From measurements to findings: what is off, which misconception explains it, whose line it is. */

import type { Layer, Measurements } from "./measurement.ts";
import type { Block } from "./observation.ts";
import type { FindingKind } from "./report.ts";
import type { SourceUse } from "./program.ts";
import type { CheckId } from "./rubric.ts";
import type { FunctionName, Location } from "./submission.ts";

/** The id of the finding that says: a value is wrong, and no known mistake explains it. */
export const UNEXPLAINED = "wrong-value";

/** What can be off in a check. */
export type SymptomKey =
  | "forward.mask/share"
  | "forward.mask/sharing"
  | "forward.mask/same-masks"
  | "forward.mask/frozen"
  | "forward.mask/default-rng"
  | "forward.mask/not-repeatable"
  | "forward.mask/rng"
  | "forward.mask/cached-mask"
  | "forward.mask/exact-count"
  | "forward.mask/never-drops"
  | "forward.mask/no-dropout"
  | "forward.applied/nothing-dropped"
  | "forward.applied/next-reads"
  | "forward.applied/not-zero"
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
  | "backward.gradients/stopped"
  | "backward.gradients/chain"
  | "backward.gradients/transposed"
  | "backward.gradients/slope"
  | "backward.gradients/factor"
  | "backward.gradients/changed-delta"
  | "backward.gradients/activation"
  | "backward.gradients/result"
  | "backward.gradients/arguments"
  | "backward.gradients/finite"
  | "backward.gradients/failed"
  | "backward.gradients/extra-keys"
  | "predict.no-dropout/random"
  | "predict.no-dropout/scale"
  | "predict.labels/labels"
  | "predict.labels/stale"
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
  /** What to look for, the most telling first. */
  clues: Clue[];
}

/** How a value is looked for. */
interface Manner {
  /** Allows for a factor that is known to one part in fifty. */
  roughly?: boolean;
  /** Only if no place gives it a name: it is made on the way, and nothing keeps it. */
  unnamed?: boolean;
  /** Only where it is put away, not while it is the value of one variable after another. */
  stored?: boolean;
  /** Only if something is made with it, and it is not merely kept. */
  isUsed?: boolean;
  /** It is right so far, and something is missing after it: a helper that returns it is not to blame. */
  isStep?: boolean;
  /** Its shape is what is wrong with it: whoever asked for that is to blame, if anybody did. */
  isShape?: boolean;
}

/** Something that shows in a run of the program, or in its source. */
export type Clue =
  /**
   * One of these values, where it is complete first. `alike` is the same mistake made elsewhere.
   */
  | ({ kind: "value"; values: Block[]; alike?: Block[] } & Manner)
  /** One of these with entries set to 0, the others all multiplied by one number. */
  | { kind: "masked"; of: Block[] }
  /** A lone number; `within`: one that stands there in the source, as it was measured only so well. */
  | { kind: "number"; values: number[]; within?: number }
  /** A value under a name, where it first has it, or last; of a variable only, or of a property as well. */
  | { kind: "named"; name: RegExp; value?: Block; last?: boolean; variable?: boolean }
  /** The first value that is no number, or infinite. */
  | { kind: "not-finite" }
  /** The statement after which an argument is no longer what it was. */
  | { kind: "change" }
  /** A place that is known already, or where a call stopped. */
  | { kind: "place"; location: Location; stopped?: boolean }
  /** The first use of this kind in the source that the function reaches. */
  | { kind: "use"; use: SourceUse["kind"]; operand?: RegExp }
  /** The condition that decides whether random numbers are drawn. */
  | { kind: "guard" }
  /** The loop in which numbers are drawn or compared, or what leaves it in its first round. */
  | { kind: "loop"; around: "random" | "compare"; isInner?: boolean }
  /** In the function itself, the first call that leads to a draw, or the draw. */
  | { kind: "entry" }
  /** What the function returns. */
  | { kind: "result" };

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
