/** What is accepted in full and still worth a word. */

import { holdsUnit } from "../assignment/signs.ts";
import { list } from "../assignment/words.ts";
import type { Culprit } from "../model/diagnosis.ts";
import type {
  BackwardSummary,
  ForwardSummary,
  LayerMeasure,
  Measurements,
} from "../model/measurement.ts";
import type { CheckId } from "../model/rubric.ts";

export interface Note {
  id: string;
  check: CheckId;
  title: string;
  /** What was seen, or nothing where the note does not apply. */
  applies: (m: Measurements) => string | undefined;
  culprit: Culprit["fn"];
  why: string;
  next: string;
}

const FORWARD = "forward_propagation_with_dropout";
const BACKWARD = "backward_propagation_with_dropout";

export const NOTES: readonly Note[] = [
  {
    id: "note-scaled-mask",
    check: "forward.mask",
    title: "The masks hold 1/keep_prob instead of 1",
    applies: ({ forward }) =>
      forward && hasScaledMasks(forward)
        ? "`D1` and `D2` hold 0 and 1/keep_prob, with the scale already in the mask."
        : undefined,
    culprit: FORWARD,
    why: "This is a well-known style (cs231n's, for one), and right as long as backward does not divide again. It is accepted in full.",
    next: "Nothing to change. The handout describes the cache with 0 and 1; whoever reads yours has to know.",
  },
  {
    id: "note-raw-dA",
    check: "backward.mask-reuse",
    title: "dA is returned before mask and scale",
    applies: ({ backward }) =>
      backward && returnsRawDA(backward)
        ? "`dA1` or `dA2` is W·dZ as it comes, without mask and scale; `dZ`, `dW` and `db` are right."
        : undefined,
    culprit: BACKWARD,
    why: "What training uses is right, so it is accepted in full. By the name `dA` the handout means the gradient after mask and scale.",
    next: "Nothing to change.",
  },
  {
    id: "note-m-folded-into-dZ3",
    check: "backward.gradients",
    title: "1/m is folded into dZ3",
    applies: ({ backward }) =>
      backward && foldsM(backward) ? "`dZ3` is (A3 - Y) / m, and `dW`, `db` are right." : undefined,
    culprit: BACKWARD,
    why: "Dividing once at the beginning gives the same `dW` and `db`. It is accepted in full.",
    next: "Nothing to change.",
  },
  {
    id: "note-extra-keys",
    check: "forward.network",
    title: "There is more in the cache or the gradients than was asked for",
    applies: ({ forward, backward }) => {
      const extra = [
        ...new Set(
          [...(forward?.measures ?? []), ...(backward?.measures ?? [])].flatMap((m) => m.extraKeys),
        ),
      ];
      return extra.length > 0
        ? `Returned besides: ${list(extra.slice(0, 8).map((k) => `\`${k.slice(0, 40)}\``))}.`
        : undefined;
    },
    culprit: FORWARD,
    why: "Extra keys do no harm as long as backward does not depend on them. They are accepted in full.",
    next: "Nothing to change.",
  },
  {
    id: "note-misleading-characters",
    check: "forward.network",
    title: "The source has characters that hide how it reads",
    applies: ({ program }) =>
      program.facts.misleadingCharacters.length > 0
        ? "The file holds control characters that change the direction of writing, so that code can look different from what runs."
        : undefined,
    culprit: FORWARD,
    why: "Such characters are used to hide code (CVE-2021-42574). Nothing was marked down for them.",
    next: "Delete them, unless they are part of a text that needs them.",
  },
];

function hasScaledMasks(f: ForwardSummary): boolean {
  const masked = f.measures.filter(
    (m) => m.keep_prob < 1 && m.layers.some((l) => l.kept > 0 && l.kept < l.live),
  );
  return (
    masked.length > 0 &&
    masked.every((m) => m.layers.some((l) => l.cachedMask === "scaled")) &&
    masked.every((m) => m.layers.every((l) => ["scaled", "right"].includes(l.cachedMask))) &&
    masked.every((m) => m.layers.every((l) => isOfStyle(l, m.keep_prob)))
  );
}

/** Another scale than the right one is no style. */
function isOfStyle(layer: LayerMeasure, keep_prob: number): boolean {
  return layer.maskUnit === undefined || holdsUnit(layer, 1) || holdsUnit(layer, 1 / keep_prob);
}

function returnsRawDA(b: BackwardSummary): boolean {
  const right =
    b.patterns.every((p) => p === "mask") && b.scale.every((s) => s.law === "inverse-keep");
  return (
    right &&
    ([0, 1] as const).some(
      (k) => b.dADropped[k].law !== "zero" && b.dADropped[k].law !== "unmeasured",
    )
  );
}

function foldsM(b: BackwardSummary): boolean {
  const many = b.measures.filter((m) => m.m > 1);
  const folded = many.every((m) => Math.abs((m.delta.factor ?? 0) * m.m - 1) < 1e-3);
  const right = many.every((m) => Object.values(m.gradients).every((g) => g.state === "right"));
  return many.length > 0 && folded && right;
}
