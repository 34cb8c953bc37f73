/**
 * What the judge measured: numbers about a submission, in the terms of the assignment. Checks
 * and the catalogue read these and nothing else of a run.
 */

import type { AcrossCalls } from "./across-calls.ts";
import type { Block, CallOutcome } from "./observation.ts";
import type { PredictSummary } from "./predict-measurement.ts";
import type { Program } from "./program.ts";
import type { LawExample, LawFit } from "./law.ts";

export type Layer = 1 | 2;

/** Of a set of ratios; undefined where there was none to measure. */
export interface Spread {
  /** How many there are. A single one is always one number. */
  count: number;
  median: number;
  min: number;
  max: number;
}

/** What the next layer was found to read, by solving or by trying. */
export type LayerInput =
  /** The cached activation. */
  | "cached"
  /** relu(Z), as if there were no dropout. */
  | "relu"
  /** relu(Z) ∘ D / keep_prob, although the cache holds something else. */
  | "dropped-and-scaled"
  /** relu(Z) ∘ D, although the cache holds something else. */
  | "dropped"
  /** Another multiple of what the cache holds; `inputFactor` says which. */
  | "multiple"
  /** Something else that W·A + b = Z leads back to. */
  | "solved"
  | "unknown";

/** What `D1`, `D2` of the cache turned out to be, beside the units that were really dropped. */
export type CachedMask =
  | "right"
  | "scaled"
  | "inverted"
  | "uniform"
  | "swapped"
  | "other"
  | "wrong-shape"
  | "missing";

/** One number for all dropped units, or one multiple of relu(Z). */
export interface Leftover {
  kind: "constant" | "multiple";
  value: number;
}

export interface LayerMeasure {
  layer: Layer;
  /** Entries with relu(Z) clearly above 0: the only ones in which dropout shows. */
  live: number;
  kept: number;
  /** Survivors over relu(Z), in what the next layer reads. */
  ratio: Spread | undefined;
  /** Live entries: 1 kept, 0 dropped, NaN where the unit is dead. (n, m) */
  pattern: Block;
  reads: LayerInput;
  inputFactor: number | undefined;
  /** The same for the cached activation, where the next layer reads another one. */
  cachedKept: number;
  cachedRatio: Spread | undefined;
  cachedMask: CachedMask;
  /** Share of ones (of entries that are not 0) in the cached mask over the live entries. */
  cachedMaskShare: number | undefined;
  /** The constant that the cached mask holds in place of 1. */
  maskUnit: number | undefined;
  /** Z is W·A_prev + b for what the layer was given (before or after the mask). */
  linear: "right" | "wrong" | "missing";
  /** What the units that the cached mask drops hold in the place of 0. */
  leftover: Leftover | undefined;
  /** Dead units are 0 in the cached activation. */
  deadStayZero: boolean;
  /** The student's own values, for finding their line. */
  own: { Z?: Block; A?: Block; D?: Block };
  /** relu(Z) as it should have been, from the student's own previous value. */
  relu: Block;
}

export type OutputKind =
  | "sigmoid"
  | "dropped"
  | "scaled"
  | "relu"
  | "identity"
  | "other"
  | "missing";

export interface ForwardMeasure {
  id: string;
  keep_prob: number;
  live: boolean;
  n1: number;
  n2: number;
  m: number;
  draws: number;
  mathRandomDraws: number;
  layers: [LayerMeasure, LayerMeasure];
  /** `scaled`: 1/keep_prob × W3·A2 + b3, bias and all. */
  outputLinear: "right" | "scaled" | "wrong" | "missing";
  output: OutputKind;
  outputOwn: Block | undefined;
  changedArguments: string[];
  missingKeys: string[];
  wrongShapes: { key: string; found: string; expected: string }[];
  notFinite: string[];
  /** Keys that the contract does not have. */
  extraKeys: string[];
  /** What the call was given, and the output before any dropout. */
  given: Record<"X" | "W1" | "W2" | "W3" | "output", Block>;
}

export type Sharing =
  | "none"
  | "examples"
  | "units"
  | "single"
  | "some-units"
  | "some-examples"
  | "lost-units"
  | "lost-examples"
  | "small-units"
  | "large-units"
  | "repeated"
  | "alike";

export interface ForwardSummary extends AcrossCalls {
  measures: ForwardMeasure[];
  /** Calls that did not return a usable value, in order. */
  failures: FailedCall[];
  kept: [LawFit, LawFit];
  ratio: [LawFit, LawFit];
  sharing: [Sharing, Sharing];
  /** Neither dropped nor scaled, although keep_prob is not 1, where other calls are. */
  plainCalls: { id: string; keep_prob: number; m: number }[];
  /** Both layers dropped the same units where their shapes agree. */
  sameMaskInBothLayers: boolean;
  /** The pooled share at each keep_prob, with the bound it should be within. */
  pooled: { id: string; keep_prob: number; found: number; bound: number; isDoubtful: boolean }[];
  /** What two calls without an rng did, where calls with one drop other units each time. */
  withoutRng: "fresh" | "same" | "nothing-dropped" | undefined;
  /** With all draws low: everything kept (u < t), nothing kept (u > t), or something else. */
  lowDraws: "keep" | "drop" | "mixed" | undefined;
  /** The same of each layer. */
  lowDrawsIn: ["keep" | "drop" | "mixed", "keep" | "drop" | "mixed"] | undefined;
  /** Draws came from `rng` in every call that drew. */
  usesRng: boolean;
  usesMathRandom: boolean;
  /** Worked for the course's own shape only. */
  onlyCourseShape: boolean;
}

/** A call that gave nothing to measure. */
export interface FailedCall {
  id: string;
  keep_prob: number;
  outcome: CallOutcome;
  /** For an answer of the wrong kind: what was wrong with it. */
  what?: string;
}

/** Ratios of a gradient to what the chain rule gives before mask and scale, from the student's own dZ above. */
export interface Ratios {
  /** Where the mask of the cache keeps. */
  kept: Spread | undefined;
  /** Where the mask of the cache drops. */
  dropped: Spread | undefined;
}

/** Which units a backward pass let through, beside the masks it was given. */
export type BackwardPattern =
  | "mask"
  | "inverted"
  | "other-layer"
  /** The masks of the forward call that ran last, whatever the cache says. */
  | "last-forward"
  | "unrelated"
  | "all"
  /** Nothing where the mask drops, and not everything where it keeps. */
  | "fewer"
  /** Everything where the mask keeps, and some of what it drops. */
  | "more"
  | "none";

export interface BackwardLayerMeasure {
  layer: Layer;
  /** dZ over W_{l+1}ᵀ·dZ_{l+1}, where Z > 0. */
  dZ: Ratios;
  /** dZ over the same, where Z > 0 and dZ is not 0: the scale, whatever the mask. */
  through: Spread | undefined;
  /** dA, as returned, over the same, everywhere. */
  dA: Ratios;
  /** dA, as returned, is neither before nor after mask and scale; where it was returned. */
  oddA: EntryDifference | undefined;
  /** dZ beside dA ∘ [Z > 0], where dA, as returned, is right: the step from the one to the other. */
  slope: GradientMeasure | undefined;
  /** dZ over dA (as it should be, or as returned) where Z < 0: 0 when the ReLU derivative is there. */
  dead: Spread | undefined;
  /** The same where the mask of the cache keeps. */
  deadKept: Spread | undefined;
  pattern: BackwardPattern;
  /** The whole chain was built from dA of the layer above instead of its dZ. */
  fromActivationGradient: boolean;
  /** W_{l+1}·dZ_{l+1} in the place of W_{l+1}ᵀ·dZ_{l+1}, which shows where W is square. */
  fromUntransposed: boolean;
}

/** The first entry of a matrix that disagrees, counted from 0. */
export interface EntryDifference {
  row: number;
  column: number;
  found: number;
  expected: number;
}

/** A gradient beside what the student's own dZ gives; `factor` where it is a multiple. */
export interface GradientMeasure {
  state: "right" | "multiple" | "wrong" | "missing" | "wrong-shape";
  factor?: number;
  /** For dW on the student's own cache: it was made from relu(Z), not from the dropped A. */
  fromUndropped?: boolean;
  /** For dW on a cache whose A is not masked: it is a multiple of what A ∘ D gives. */
  ofMasked?: boolean;
  found?: string;
  expected?: string;
  first?: EntryDifference;
}

export interface BackwardMeasure {
  id: string;
  keep_prob: number;
  /** On a cache of the student's own forward, or on one that the grader made. */
  cache: "own" | "made";
  nx: number;
  n1: number;
  n2: number;
  m: number;
  mathRandomDraws: number;
  changedArguments: string[];
  missingKeys: string[];
  extraKeys: string[];
  notFinite: string[];
  /** dZ3 over A3 - Y. */
  delta: GradientMeasure;
  /** In the order of the backward pass: layer 2 first. */
  layers: [BackwardLayerMeasure, BackwardLayerMeasure];
  gradients: Record<"dW3" | "db3" | "dW2" | "db2" | "dW1" | "db1", GradientMeasure>;
  /** Those that were changed after something was made from them: what is returned is not what was used. */
  changedDeltas: ("dZ3" | "dZ2" | "dZ1")[];
  own: Partial<Record<string, Block>>;
  /** What the call was given, masks as they act. */
  given: Record<"X" | "W2" | "W3" | "Z1" | "A1" | "Z2" | "A2" | "A3" | "D1" | "D2", Block>;
}

export interface BackwardSummary {
  measures: BackwardMeasure[];
  failures: (FailedCall & { cache: "own" | "made" })[];
  /** By layer (index 0 is layer 1): how the scale of dZ depends on keep_prob, whatever the mask. */
  scale: [LawFit, LawFit];
  /** The same of dA as returned, where the mask keeps and drops. */
  dAKept: [LawFit, LawFit];
  dADropped: [LawFit, LawFit];
  patterns: [BackwardPattern, BackwardPattern];
  /** By layer: dA is right in every call, and dZ is not dA ∘ [Z > 0]. */
  bent: [boolean, boolean];
  /** By layer: what dZ is multiplied by beside mask and 1/keep_prob, the same number or 1/m in every call. */
  factor: [LawExample | undefined, LawExample | undefined];
  /** Same arguments, same answer. */
  repeatable: boolean | undefined;
  /** Gradients that were others the second time. */
  changedAgain: string[];
  /** A call with other arguments was answered with the gradients of an earlier one. */
  repeatsEarlier: boolean;
  mathRandomDraws: number;
  /** Worked on the one square cache only. */
  onlySquare: boolean;
  /**
   * The gradients are the derivative of the student's own forward pass, by finite differences,
   * although they are not that of the network of the assignment. False where that was not asked.
   */
  followsForward: boolean;
  /** Needs keys of its own cache that the contract does not have. */
  needsExtraKeys: string[];
}

/** Everything that was measured about one submission. A function that could not be called is absent. */
export interface Measurements {
  program: Program;
  forward?: ForwardSummary;
  backward?: BackwardSummary;
  predict?: PredictSummary;
}
