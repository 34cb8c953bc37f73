import type { Clue } from "../model/diagnosis.ts";
import type { ForwardSummary, Layer, Sharing } from "../model/measurement.ts";
import {
  activation,
  cachedAs,
  cachedMask,
  COMPARISON,
  drawnOnce,
  maskedActivation,
  maskedInput,
  NORMAL_DRAWS,
  scaledInput,
  scaledOnTheWay,
} from "./clues.ts";
import { forwardCulprit, layersOf, nothingDropped } from "./forward-common.ts";
import type { Leads } from "./leads.ts";

const DRAW: Clue = { kind: "use", use: "random" };

export const FORWARD_LEADS: Leads<ForwardSummary> = {
  "forward.mask/frozen": () => [{ kind: "guard" }, { kind: "use", use: "seed" }, DRAW],
  "forward.mask/sharing": (f, { layer }) => SHARED[f.sharing[(layer ?? 1) - 1] ?? "none"](f),
  "forward.mask/share": (f) => share(f),
  "forward.mask/rng": (f) =>
    f.usesMathRandom ? [{ kind: "use", use: "random", operand: /Math\.random/ }] : [],
  "forward.mask/cached-mask": (f, { layer }) => mask(f, layer ?? 1),
  "forward.applied/nothing-dropped": (f, { layer, culprit }) =>
    undropped(f, layer ?? 1, culprit.call),
  "forward.applied/next-reads": (f, { layer }) => beforeDropout(f, layer ?? 1),
  "forward.applied/output": (f, { culprit }) => [maskedInput(f, culprit.call, "output")],
  "forward.applied/input": (f, { culprit }) => [scaledInput(f), maskedInput(f, culprit.call, "X")],
  "forward.scaled/cached-ratio": (f, { layer }) => [
    scaledOnTheWay(f, layer),
    ...cachedAs(f, { key: "A", layer, time: "last" }),
  ],
};

/** How the draws were shared says where to look: who asks for one column, for one number, how often. */
const SHARED: Record<Sharing, (f: ForwardSummary) => Clue[]> = {
  none: () => [],
  examples: (f) => drawnOnce(f, "column"),
  units: (f) => drawnOnce(f, "row"),
  single: (f) => [drawsForEachUnit(f) ? COMPARISON : DRAW],
  "some-units": () => [{ kind: "loop", around: "random" }],
  "some-examples": () => [{ kind: "loop", around: "random", isInner: true }],
  "lost-units": () => [{ kind: "loop", around: "random" }],
  "lost-examples": () => [{ kind: "loop", around: "random", isInner: true }],
  repeated: () => [],
};

/** All or nothing, and not because a single coin was tossed for the whole layer. */
function drawsForEachUnit(f: ForwardSummary): boolean {
  const enough = f.measures.every((m) => m.draws === 0 || m.draws >= (m.n1 + m.n2) * m.m);
  return enough && !f.usesMathRandom;
}

/** By how the share that is kept depends on keep_prob. */
function share(f: ForwardSummary): Clue[] {
  if (f.sharing.includes("single") && drawsForEachUnit(f)) return [COMPARISON];
  const laws = f.kept.map(({ law }) => law).filter((law) => law !== "unmeasured");
  const isAll = (wanted: string) => laws.length > 0 && laws.every((law) => law === wanted);
  if (isAll("normal")) return [NORMAL_DRAWS];
  if (isAll("drop") || laws.includes("zero")) return [COMPARISON];
  if (!laws.includes("constant")) return [];
  const literals = f.ratio.flatMap(({ law, value }) =>
    law === "constant" && value ? [1 / value] : [],
  );
  return literals.length > 0 ? [{ kind: "number", values: literals }] : [COMPARISON];
}

function mask(f: ForwardSummary, layer: Layer): Clue[] {
  const is = (state: string) =>
    f.measures.some((m) => m.layers.some((l) => l.cachedMask === state));
  if (is("swapped")) return cachedAs(f, { key: "D", layer, time: "first" });
  return is("inverted") || is("uniform") ? [cachedMask(f, layer)] : [];
}

/** What was dropped goes unused; so does the mask; or it acts on the weights; or only the other layer has one. */
function undropped(f: ForwardSummary, layer: Layer, call: string | undefined): Clue[] {
  const isUnused = f.measures.some((m) => {
    const l = m.layers[layer - 1];
    return l?.reads === "relu" && l.cachedKept < l.live;
  });
  if (isUnused) return forwardCulprit(f, "Z", 2).clues;
  const hasMask = f.measures.some(
    (m) => m.keep_prob < 1 && (m.layers[layer - 1]?.cachedMaskShare ?? 1) < 1,
  );
  const dropping = layersOf((other) => !nothingDropped(f, other));
  if (dropping.length === 0)
    return [...(hasMask ? [maskedActivation(f, layer)] : []), maskedInput(f, call, "W1", "W2")];
  if (hasMask) return [maskedActivation(f, layer)];
  const named = cachedAs(f, { key: "A", layer, time: "first" });
  return [
    { kind: "guard" },
    ...named.map((clue) => ({ ...clue, variable: true })),
    activation(f, layer),
  ];
}

/** The cache holds the activation as it was before dropout. */
function beforeDropout(f: ForwardSummary, layer: Layer): Clue[] {
  const isBefore = f.measures.some((m) => {
    const l = m.layers[layer - 1];
    return l !== undefined && l.reads !== "cached" && l.kept < l.live && l.cachedKept === l.live;
  });
  return isBefore ? cachedAs(f, { key: "A", layer, time: "last" }) : [];
}
