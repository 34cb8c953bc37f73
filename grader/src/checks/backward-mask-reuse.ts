import type { Clue, Culprit, Symptom } from "../model/diagnosis.ts";
import * as B from "../assignment/block.ts";
import { backwardLayer, passesAlways } from "../assignment/signs.ts";
import type {
  BackwardMeasure,
  BackwardPattern,
  BackwardSummary,
  ForwardSummary,
  Layer,
} from "../model/measurement.ts";
import type { Block } from "../model/observation.ts";
import type { CheckId } from "../model/rubric.ts";
import { DRAW, named } from "./clues.ts";
import { defineCheck } from "./define.ts";
import { BACKWARD, layerCulprit, stoppedIn } from "./backward-common.ts";
import { nothingDropped } from "./forward-common.ts";

/** The cache's masks, nothing drawn, nothing remembered. */
export const backwardMaskReuse = defineCheck({
  id: "backward.mask-reuse",
  symptoms: ({ backward }) =>
    backward ? [...patterns(backward), ...draws(backward), ...repeatable(backward)] : [],
  // No gradient came through anywhere: there is no mask to be seen in it.
  blockedBy: (m) => (m.backward ? blockedBy(m.backward, m.forward) : undefined),
});

function blockedBy(b: BackwardSummary, f: ForwardSummary | undefined): CheckId | undefined {
  const unmeasured = b.scale.every((s) => s.law === "unmeasured");
  if (unmeasured && b.patterns.every((p) => p === "mask" || p === "none"))
    return "backward.gradients";
  const inBackwardOnly =
    f !== undefined && nothingDropped(f) && f.measures.length > 0 && !f.usesRng;
  return inBackwardOnly && b.patterns.includes("unrelated") ? "forward.applied" : undefined;
}

function patterns(b: BackwardSummary): Symptom[] {
  const layers = ([2, 1] as const).filter(
    (layer) =>
      !["mask", "none"].includes(b.patterns[layer - 1] ?? "mask") &&
      stoppedIn(b, layer) === undefined,
  );
  return layers.map((layer) => {
    const pattern = b.patterns[layer - 1] ?? "mask";
    const words = PATTERN_WORDS[pattern];
    const order = [layer, ...layers.filter((l) => l !== layer)];
    return {
      key: "backward.mask-reuse/pattern",
      layer,
      what: `In layer ${layer}, ${words.replaceAll("#", String(layer))}${whereOnly(b, layer, pattern)}.`,
      culprit: culpritOf(b, order),
    };
  });
}

/** Not every call lets the gradient through so: one that does. */
function whereOnly(b: BackwardSummary, layer: Layer, pattern: BackwardPattern): string {
  if (pattern !== "all" || passesAlways(b, layer, pattern)) return "";
  const m = b.measures.find((x) => backwardLayer(x, layer).pattern === pattern);
  return m ? ` (keep_prob ${m.keep_prob}, ${m.m} examples; not in every call)` : "";
}

function culpritOf(b: BackwardSummary, order: readonly Layer[]): Culprit {
  const culprit = layerCulprit(b, order, wronglyMasked);
  const [first, ...others] = culprit.clues;
  const isUnmasked = b.patterns[(order[0] ?? 1) - 1] === "all";
  if (first?.kind !== "value" || !isUnmasked) return culprit;
  return { ...culprit, clues: [{ ...first, isStep: true }, ...others] };
}

/** The mask that was applied in place of the right one, and what came of it. */
function wronglyMasked(m: BackwardMeasure, raw: Block, layer: Layer): Block[] {
  const { pattern, through } = backwardLayer(m, layer);
  const factor = through?.median ?? 1;
  const scales = (a: Block) => [a, B.scaled(a, 1 / m.keep_prob)];
  const [D, other] = layer === 2 ? [m.given.D2, m.given.D1] : [m.given.D1, m.given.D2];
  // What was not masked, with the factor that it has.
  if (pattern === "all") return [Math.abs(factor - 1) < 1e-6 ? raw : B.scaled(raw, factor)];
  if (pattern === "inverted") {
    const inverse = B.map(D, (d) => 1 - d);
    return [inverse, ...scales(B.times(raw, inverse))];
  }
  if (pattern === "other-layer") return scales(B.times(raw, other));
  const dZ = m.own[`dZ${layer}`];
  return dZ ? [B.zip(dZ, layer === 2 ? m.given.Z2 : m.given.Z1, passed)] : [];
}

/** 1 where the gradient passed, 0 where it was stopped, NaN where the unit is dead. */
function passed(dZ: number, Z: number): number {
  if (Z <= 0) return Number.NaN;
  return dZ === 0 ? 0 : 1;
}

const PATTERN_WORDS: Record<BackwardPattern, string> = {
  mask: "the gradient passes where `D#` is 1",
  inverted: "the gradient passes exactly where `D#` is 0 and is stopped where it is 1",
  "other-layer": "the gradient passes where the mask of the other layer is 1",
  "last-forward":
    "the gradient follows the masks of the forward call that ran last, not those of the cache it was given",
  unrelated: "the units whose gradient passes have nothing to do with `D#`",
  all: "the gradient passes through every live unit, also where `D#` is 0",
  more: "the gradient passes where `D#` is 1, and also through some units where `D#` is 0",
  fewer: "the gradient is also stopped at live units where `D#` is 1",
  none: "no gradient passes at all",
};

function draws(b: BackwardSummary): Symptom[] {
  if (b.mathRandomDraws === 0) return [];
  const [first] = b.measures.filter((m) => m.mathRandomDraws > 0);
  const what = `It drew ${first?.mathRandomDraws ?? b.mathRandomDraws} random numbers in one call; a backward pass has nothing to draw.`;
  return [
    {
      key: "backward.mask-reuse/draws",
      what,
      culprit: { fn: BACKWARD, clues: [DRAW] },
    },
  ];
}

function repeatable(b: BackwardSummary): Symptom[] {
  if (b.repeatable !== false) return [];
  const what = "Two calls with the same arguments gave different gradients.";
  const key = "backward.mask-reuse/not-repeatable";
  return [{ key, what, culprit: changingCulprit(b) }];
}

/** Where random numbers are drawn, or else what holds the gradient last that was another the second time. */
function changingCulprit({
  mathRandomDraws,
  measures,
  changedAgain: [name = ""],
}: BackwardSummary): Culprit {
  const m = measures.find(({ cache }) => cache === "made");
  const value = m?.own[name];
  if (mathRandomDraws > 0 || !m || !value) return { fn: BACKWARD, clues: [DRAW] };
  const holder: Clue = { ...named(/./, value), last: true, variable: true };
  return { fn: BACKWARD, call: m.id, clues: [DRAW, holder] };
}
