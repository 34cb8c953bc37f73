import { holdsUnit } from "../assignment/signs.ts";
import { number, percent } from "../assignment/words.ts";
import type { Symptom } from "../model/diagnosis.ts";
import type { ForwardMeasure, ForwardSummary, Layer } from "../model/measurement.ts";
import { cachedMasks } from "./cached-mask.ts";
import { COMPARISON, DRAW } from "./clues.ts";
import { defineCheck } from "./define.ts";
import {
  culpritIn,
  FORWARD,
  forwardCulprit,
  isUnthresholded,
  layersOf,
  masksHaveOddShape,
  nothingDropped,
} from "./forward-common.ts";

/** Independent, per unit and per example, kept with keep_prob, fresh in each call, from `rng`. */
export const forwardMask = defineCheck({
  id: "forward.mask",
  symptoms: ({ forward }) => (forward ? maskSymptoms(forward) : []),
  blockedBy: ({ forward }) => (forward && nothingToJudge(forward) ? "forward.applied" : undefined),
});

/** Nothing was dropped, and nothing was drawn for the units of a layer: there is no mask to look at. */
function nothingToJudge(f: ForwardSummary): boolean {
  const drew = f.usesRng || f.usesMathRandom;
  const isOdd = masksHaveOddShape(f) || f.measures.some(holdsNoUnits);
  return nothingDropped(f) && !f.measures.some(hasMask) && (!drew || isOdd);
}

/** What stands for a mask keeps no unit as it is, nor scales it up: it is some other factor. */
function holdsNoUnits({ keep_prob, layers }: ForwardMeasure): boolean {
  return layers.some(
    (l) => l.maskUnit !== undefined && !holdsUnit(l, 1) && !holdsUnit(l, 1 / keep_prob),
  );
}

function hasMask(m: ForwardMeasure): boolean {
  return m.layers.some((l) => l.cachedMaskShare !== undefined && l.cachedMaskShare < 1);
}

function maskSymptoms(f: ForwardSummary): Symptom[] {
  if (nothingToJudge(f)) return [];
  return [
    ...neverDrops(f),
    ...plainCalls(f),
    ...overCalls(f),
    ...sharing(f),
    ...share(f),
    ...source(f),
    ...cachedMasks(f),
  ];
}

/** Numbers are drawn, the cached mask says that everything stays, and everything does. */
function neverDrops(f: ForwardSummary): Symptom[] {
  const drew = f.usesRng || f.usesMathRandom;
  if (!nothingDropped(f) || !drew || f.measures.some(hasMask)) return [];
  if (layersOf((layer) => isUnthresholded(f, layer)).length > 0) return [];
  const what =
    "Numbers were drawn, but no unit was dropped in any run, at keep_prob 0.05 as little as at 0.86.";
  return [{ key: "forward.mask/never-drops", what, culprit: forwardCulprit(f, "D", 1) }];
}

/** In some calls, and not in others. */
function plainCalls(f: ForwardSummary): Symptom[] {
  const [first] = f.plainCalls;
  if (!first) return [];
  const examples = first.m === 1 ? "1 example" : `${first.m} examples`;
  const what = `With keep_prob ${first.keep_prob} and ${examples}, no unit was dropped, and none was scaled.`;
  const culprit = { fn: FORWARD, call: first.id, clues: forwardCulprit(f, "D", 1).clues } as const;
  return [{ key: "forward.mask/no-dropout", what, culprit }];
}

function sharing(f: ForwardSummary): Symptom[] {
  const layers = layersOf((layer) => f.sharing[layer - 1] !== "none");
  const found: Symptom[] = layers.map((layer) => ({
    key: "forward.mask/sharing",
    layer,
    what: `The units of layer ${layer} were not dropped independently: ${SHARING_WORDS[f.sharing[layer - 1] ?? "none"]}.`,
    culprit: forwardCulprit(f, "D", layer),
  }));
  if (f.sameMaskInBothLayers && layers.length === 0)
    found.push({
      key: "forward.mask/same-masks",
      what: "Both layers lost the same units of the same examples, as far as their sizes let compare.",
      culprit: forwardCulprit(f, "D", 2),
    });
  return found;
}

const SHARING_WORDS = {
  none: "",
  examples: "each unit was dropped in all examples or in none",
  units: "in each example, all units were dropped or none",
  single: "a whole layer was dropped or kept at once",
  "some-units": "some units were never dropped, in any example",
  "some-examples": "in some examples no unit was ever dropped",
  "lost-units": "the first or the last unit was dropped in every example of every run",
  "lost-examples": "the first or the last example lost all of its units in every run",
  "small-units": "those with the smallest activations all had the same fate, in every run",
  "large-units": "those with the largest activations all had the same fate, in every run",
  repeated: "the same pattern came up again and again",
  alike: "entries a certain way apart shared their fate far more, or less, often than coins do",
};

function share(f: ForwardSummary): Symptom[] {
  if (nothingDropped(f)) return [];
  const off =
    f.pooled.find((p) => !(Math.abs(p.found - p.keep_prob) <= p.bound) && p.keep_prob < 1) ??
    f.pooled.find((p) => !(Math.abs(p.found - p.keep_prob) <= p.bound));
  const layers = layersOf(
    (layer) => !["keep", "one", "unmeasured"].includes(f.kept[layer - 1]?.law ?? "keep"),
  );
  // A layer without any dropout pulls the pooled share up; that is for "applied" to say.
  const onlyOneDrops = f.kept.some((k) => k.law === "one");
  const layer: Layer | undefined = layers[0];
  if (layer === undefined && (off === undefined || onlyOneDrops)) return [];
  const example = (layer && f.kept[layer - 1]?.example) ?? off ?? { keep_prob: 1, found: 1 };
  const where = layers.length === 1 ? ` of layer ${layer}` : "";
  const what = `With keep_prob ${example.keep_prob}, ${percent(example.found)} of the units${where} were kept.`;
  return [
    {
      key: "forward.mask/share",
      ...(layers.length === 1 && layer ? { layer } : {}),
      what,
      culprit: forwardCulprit(f, "D", layer ?? 1),
    },
  ];
}

function overCalls(f: ForwardSummary): Symptom[] {
  const culprit = forwardCulprit(f, "D", 1);
  if (nothingDropped(f)) return [];
  if (f.frozen.length > 0) return [frozen(f)];
  const memory = memoryWords(f);
  if (memory) {
    const { fn, clues } = culprit;
    return [
      {
        key: "forward.mask/not-repeatable",
        what: memory,
        culprit: { fn, clues: [COMPARISON, DRAW, ...clues] },
      },
    ];
  }
  if (f.fresh && (f.withoutRng === "same" || f.withoutRng === "nothing-dropped")) {
    const did = f.withoutRng === "same" ? "dropped exactly the same units" : "dropped no unit";
    const what = `Called without an \`rng\`, so with its default, two calls ${did}.`;
    return [{ key: "forward.mask/default-rng", what, culprit: { fn: culprit.fn, clues: [] } }];
  }
  if (isExactCount(f))
    return [
      {
        key: "forward.mask/exact-count",
        what: "In every call, each layer kept exactly keep_prob of its units, to the nearest whole unit, even when all random numbers were below 0.2.",
        culprit,
      },
    ];
  if (f.repeatable === false && !f.usesMathRandom)
    return [
      {
        key: "forward.mask/not-repeatable",
        what: "Two calls with the same arguments and the same random numbers gave different results.",
        culprit,
      },
    ];
  return [];
}

function frozen(f: ForwardSummary): Symptom {
  const [layer = 1] = f.frozen;
  const isOne = f.frozen.length === 1;
  // A later one may hold a mask of before, which nothing made there.
  const culprit = culpritIn(f.measures[0], "D", layer);
  // The mask of the other layer is made rightly.
  const ofLayer = culprit.clues.map((clue) => {
    return clue.kind === "value" ? { ...clue, alike: [] } : clue;
  });
  return {
    key: "forward.mask/frozen",
    ...(isOne ? { layer } : {}),
    what: `Two calls with other random numbers dropped exactly the same units${isOne ? ` of layer ${layer}` : ""}.`,
    culprit: { ...culprit, clues: isOne ? [...ofLayer, ...culprit.clues] : culprit.clues },
  };
}

/** What shows that other calls were made before. */
function memoryWords({ rightAlone: alone, steady }: ForwardSummary): string | undefined {
  if (alone)
    return `With keep_prob ${alone.keep_prob}, ${percent(alone.before)} of the units were kept after other calls, and ${percent(alone.found)} in the same call as the first of all.`;
  return steady === false
    ? "Called again with the same arguments and the same random numbers after `predict`, it gave another result."
    : undefined;
}

/** The number of survivors is fixed in advance; independent coins would let it vary. */
function isExactCount(f: ForwardSummary): boolean {
  const live = f.measures.filter((m) => m.live && m.keep_prob < 1);
  const exact = live.every((m) =>
    m.layers.every((l) => l.live > 0 && Math.abs(l.kept - m.keep_prob * l.live) <= 1),
  );
  return f.lowDraws === "mixed" && exact && live.length > 2;
}

function source(f: ForwardSummary): Symptom[] {
  // What comes of `rng` alone is the same with other numbers from elsewhere, whatever those are for.
  const isFree = f.usesRng && f.repeatable === true;
  const ignored = !f.usesRng || (!isFree && f.measures.some((m) => m.mathRandomDraws > 0));
  if (!ignored || nothingDropped(f) || f.frozen.length > 0) return [];
  const [first] = f.measures;
  const drawn = number(first?.mathRandomDraws ?? 0).replace(/\.0+$/, "");
  const what = f.usesMathRandom
    ? `${drawn} numbers came from Math.random although an \`rng\` was passed, so the run cannot be repeated.`
    : "Units were dropped, but not one number was drawn from the `rng` that was passed.";
  return [
    {
      key: "forward.mask/rng",
      what,
      culprit: { fn: FORWARD, clues: [DRAW] },
    },
  ];
}
