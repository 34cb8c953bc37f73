import {
  cachedBeforeDropout,
  dropsAllAtOnce,
  maskedLayers,
  unusedLayers,
} from "../assignment/signs.ts";
import type { Clue } from "../model/diagnosis.ts";
import type { ForwardSummary, Layer, Sharing } from "../model/measurement.ts";
import {
  activation,
  applied,
  cachedAs,
  cachedMask,
  fullMask,
  COMPARISON,
  DRAW,
  drawnOnce,
  maskedActivation,
  maskedInput,
  NORMAL_DRAWS,
  numbers,
  ownMask,
  scaledInput,
  scaledOnTheWay,
} from "./clues.ts";
import { nothingDropped, readCulprit, showcase } from "./forward-common.ts";
import type { Leads } from "./leads.ts";

export const FORWARD_LEADS: Leads<ForwardSummary> = {
  "forward.mask/frozen": () => [{ kind: "guard" }, { kind: "use", use: "seed" }, DRAW],
  "forward.mask/sharing": (f, { layer }) => SHARED[f.sharing[(layer ?? 1) - 1] ?? "none"](f),
  "forward.mask/same-masks": borrowed,
  "forward.mask/share": (f, { layer }) => share(f, layer),
  "forward.mask/rng": (f) =>
    f.usesMathRandom ? [{ kind: "use", use: "random", operand: /Math\.random/ }] : [],
  "forward.mask/cached-mask": (f, { layer }) => mask(f, layer ?? 1),
  "forward.applied/nothing-dropped": (f, { layer, culprit }) =>
    undropped(f, layer ?? 1, culprit.call),
  "forward.applied/next-reads": (f, { layer }) =>
    cachedBeforeDropout(f).includes(layer ?? 1)
      ? [cachedAs(f, { key: "A", layer, time: "last" })]
      : [],
  "forward.applied/output": (f, { culprit }) => [maskedInput(f, culprit.call, "output")],
  "forward.applied/input": (f, { culprit }) => [scaledInput(f), maskedInput(f, culprit.call, "X")],
  "forward.scaled/ratio": (f, { layer }) => {
    const { law, value } = f.ratio[(layer ?? 1) - 1] ?? {};
    return law === "constant" && value ? numbers([value]) : [];
  },
  "forward.scaled/cached-ratio": (f, { layer }) => multiple(f, layer ?? 1),
};

/** Scaled after it was cached; or what is read is made wrong, or what is cached. */
function multiple(f: ForwardSummary, layer: Layer): Clue[] {
  const m = showcase(f);
  const l = m?.layers[layer - 1];
  const is = (x: number | undefined, wanted: number) => Math.abs((x ?? wanted) / wanted - 1) < 2e-3;
  if (!m || !l || is(l.cachedRatio?.median, 1)) {
    const isRead = !m || !l || is(l.ratio?.median, 1 / m.keep_prob);
    const held = [scaledOnTheWay(f, layer), cachedAs(f, { key: "A", layer, time: "last" })];
    return isRead ? held : readCulprit(f, layer).clues;
  }
  return is(l.ratio?.median, 1 / m.keep_prob) ? [] : readCulprit(f, layer).clues;
}

/** How the draws were shared says where to look: who asks for one column, for one number, how often. */
const SHARED: Record<Sharing, (f: ForwardSummary) => Clue[]> = {
  none: () => [],
  examples: (f) => drawnOnce(f, "column"),
  units: (f) => drawnOnce(f, "row"),
  single: (f) => [dropsAllAtOnce(f) ? COMPARISON : DRAW],
  "some-units": () => [{ kind: "loop", around: "random" }],
  "some-examples": () => [{ kind: "loop", around: "random", isInner: true }],
  "lost-units": () => [{ kind: "loop", around: "random" }],
  "lost-examples": () => [{ kind: "loop", around: "random", isInner: true }],
  "small-units": () => [COMPARISON, DRAW],
  "large-units": () => [COMPARISON, DRAW],
  repeated: () => [],
  alike: () => [],
};

/** By how the share that is kept depends on keep_prob. */
function share(f: ForwardSummary, layer: Layer | undefined): Clue[] {
  if (dropsAllAtOnce(f)) return [COMPARISON];
  const laws = f.kept.map(({ law }) => law).filter((law) => law !== "unmeasured");
  if (layer) return [...writtenShare(f, layer), ownMask(f, layer)];
  const isAll = (wanted: string) => laws.length > 0 && laws.every((law) => law === wanted);
  if (isAll("normal")) return [NORMAL_DRAWS];
  if (isAll("drop") || laws.includes("zero")) return [COMPARISON];
  if (!laws.includes("constant")) return [];
  const literals = f.ratio.flatMap(({ law, value }) =>
    law === "constant" && value ? [1 / value] : [],
  );
  if (literals.length > 0) return [{ kind: "number", values: literals }];
  return [...writtenShare(f, 1), ...writtenShare(f, 2), COMPARISON];
}

/** The number that is compared with the draws in the place of keep_prob; its share is known from some hundred of them. */
function writtenShare(f: ForwardSummary, layer: Layer): Clue[] {
  const { law, value } = f.kept[layer - 1] ?? {};
  return law === "constant" && value !== undefined
    ? [{ kind: "number", values: [value, 1 - value], within: 0.05 }]
    : [];
}

function mask(f: ForwardSummary, layer: Layer): Clue[] {
  const is = (state: string) =>
    f.measures.some((m) => m.layers.some((l) => l.cachedMask === state));
  if (is("swapped")) return [cachedAs(f, { key: "D", layer, time: "first" })];
  if (is("wrong-shape")) return [{ ...cachedMask(f, layer), isShape: true }];
  if (is("inverted") || is("uniform")) return [cachedMask(f, layer)];
  return borrowed(f);
}

/** Both layers lost the same units, and one of them keeps another mask: that is not the one it used. */
function borrowed(f: ForwardSummary): Clue[] {
  const shown = showcase(f);
  if (!f.sameMaskInBothLayers) return [];
  return ([1, 2] as const).flatMap((layer) =>
    shown?.layers[layer - 1]?.cachedMask === "other" ? [applied(f, layer)] : [],
  );
}

/** What was dropped goes unused; so does the mask; or it acts on the weights; or only the other layer has one. */
function undropped(f: ForwardSummary, layer: Layer, call: string | undefined): Clue[] {
  if (unusedLayers(f).includes(layer)) return readCulprit(f, layer).clues;
  const hasMask = maskedLayers(f).includes(layer);
  const full = fullMask(f, layer);
  if (nothingDropped(f))
    return [
      ...(hasMask ? [maskedActivation(f, layer)] : []),
      maskedInput(f, call, "W1", "W2"),
      ...full,
    ];
  if (hasMask) return [maskedActivation(f, layer)];
  return [
    { kind: "guard" },
    ...full,
    { ...cachedAs(f, { key: "A", layer, time: "first" }), variable: true },
    activation(f, layer),
  ];
}
