/** What the cache holds as masks, beside the units that were really dropped. */

import { withoutMask } from "../assignment/signs.ts";
import { list } from "../assignment/words.ts";
import type { Culprit, Symptom } from "../model/diagnosis.ts";
import type { CachedMask, ForwardMeasure, ForwardSummary, Layer } from "../model/measurement.ts";
import { named } from "./clues.ts";
import { cacheCulprit, culpritIn, forwardCulprit, nothingDropped } from "./forward-common.ts";

/** At keep_prob 1 as well, where all of a mask is 1 and backward reads it as at any other. */
export function cachedMasks(f: ForwardSummary): Symptom[] {
  return ([1, 2] as const).flatMap((layer) => {
    const off = offIn(f, layer);
    if (off.length === 0) return [];
    const isPlain = off.every((m) => m.keep_prob === 1);
    const states = new Set(
      off.map(({ keep_prob, layers }) => {
        const state = layers[layer - 1]?.cachedMask ?? "other";
        return (keep_prob === 1 ? PLAIN_WORDS[state] : undefined) ?? MASK_WORDS[state];
      }),
    );
    const what = `${isPlain ? "With keep_prob 1, " : ""}\`cache.D${layer}\` ${list([...states])}.`;
    const culprit = withoutMask(f).includes(layer)
      ? cacheCulprit(f, layer)
      : isPlain
        ? plainMask(off[0], layer)
        : forwardCulprit(f, "D", layer);
    return [{ key: "forward.mask/cached-mask", layer, what, culprit }];
  });
}

/** At keep_prob 1 the ones or zeros of a mask are found in anything, so what makes it goes by its name. */
function plainMask(m: ForwardMeasure | undefined, layer: Layer): Culprit {
  const culprit = culpritIn(m, "D", layer);
  const own = m?.layers[layer - 1]?.own.D;
  return { ...culprit, clues: [named(/D[12]?$|mask/i, own), ...culprit.clues] };
}

/** The calls whose cached mask is neither the one that was applied nor that one scaled. */
function offIn(f: ForwardSummary, layer: Layer): ForwardMeasure[] {
  return f.measures.filter((m) => {
    const state = m.layers[layer - 1]?.cachedMask ?? "right";
    // All of the layer has another size: its mask is no news.
    if (m.wrongShapes.some(({ key }) => key.endsWith(`.A${layer}`))) return false;
    return m.m > 1 && m.notFinite.length === 0 && isOff(state, nothingDropped(f, layer));
  });
}

/** Where nothing is dropped, a mask with zeros is right as a mask: it only was not applied. */
function isOff(state: keyof typeof MASK_WORDS, dropsNothing: boolean): boolean {
  const right = state === "right" || state === "scaled";
  return !right && !(dropsNothing && ["other", "inverted"].includes(state));
}

/** Where nothing is to be dropped, and nothing was. */
const PLAIN_WORDS: Partial<Record<CachedMask, string>> = {
  inverted: "has zeros although no unit was dropped",
  other: "is not 1 throughout although no unit was dropped",
};

const MASK_WORDS = {
  right: "is right",
  scaled: "holds 0 and 1/keep_prob",
  inverted: "holds 1 exactly where the unit was dropped and 0 where it was kept",
  uniform: "holds the random numbers themselves, not 0 and 1",
  swapped: "holds the mask of the other layer",
  other: "is not the mask that was applied",
  "wrong-shape": "does not have the shape of the layer's activation",
  missing: "is missing",
};
