import { backwardLayer } from "../assignment/signs.ts";
import * as B from "../assignment/block.ts";
import { number } from "../assignment/words.ts";
import type { Clue, Culprit } from "../model/diagnosis.ts";
import type {
  BackwardMeasure,
  BackwardPattern,
  BackwardSummary,
  GradientMeasure,
  Layer,
} from "../model/measurement.ts";
import type { Block } from "../model/observation.ts";
import type { GradientName } from "../assignment/network.ts";
import { isAway } from "./forward-common.ts";

export const BACKWARD = "backward_propagation_with_dropout";

/**
 * The call that shows most: a cache of the grader's at 0.8, else the first one that was measured.
 * Where a number stands in the place of keep_prob, one that was given another.
 */
function showcase(b: BackwardSummary): BackwardMeasure | undefined {
  const written = b.scale.flatMap(({ law, value }) =>
    law === "constant" && value ? 1 / value : [],
  );
  const shows = (m: BackwardMeasure) =>
    m.keep_prob < 1 && m.notFinite.length === 0 && isAway(m.keep_prob, written);
  return (
    b.measures.find((m) => m.id === "made-0.8" && isAway(m.keep_prob, written)) ??
    b.measures.find((m) => shows(m) && m.cache === "made") ??
    b.measures.find(shows) ??
    b.measures[0]
  );
}

/** The student's own value of a gradient, in the call that shows most or in the one named. */
export function backwardCulprit(b: BackwardSummary, name: GradientName, call?: string): Culprit {
  const measure = b.measures.find((m) => m.id === call) ?? showcase(b);
  const own = measure?.own[name];
  return {
    fn: BACKWARD,
    ...(measure ? { call: measure.id } : {}),
    clues: [{ kind: "value", values: own ? [own] : [] }],
  };
}

/** What comes back to a layer before mask, scale and ReLU: W_{l+1}ᵀ·dZ_{l+1}, from the student's own dZ. */
export function rawGradient(m: BackwardMeasure, layer: Layer): Block | undefined {
  const [W, dZ] = layer === 2 ? [m.given.W3, m.own["dZ3"]] : [m.given.W2, m.own["dZ2"]];
  return dZ && dZ.rows === W.rows ? B.product(B.transposed(W), dZ) : undefined;
}

/**
 * The values that lead to a wrong dZ in a layer, the telling ones first, then dA and dZ as they
 * were returned.
 */
export function layerCulprit(
  b: BackwardSummary,
  layers: readonly Layer[],
  leading: (m: BackwardMeasure, raw: Block, layer: Layer) => Block[],
): Culprit {
  const m = showcase(b);
  const [layer, ...others] = layers;
  if (!m || !layer) return { fn: BACKWARD, clues: [] };
  const of = (l: Layer) => {
    const raw = rawGradient(m, l);
    return raw ? leading(m, raw, l) : [];
  };
  const own = ["dA", "dZ"].flatMap((kind) => m.own[`${kind}${layer}`] ?? []);
  return {
    fn: BACKWARD,
    call: m.id,
    clues: [
      { kind: "value", values: of(layer), alike: others.flatMap(of) },
      ...own.map((value): Clue => ({ kind: "value", values: [value] })),
    ],
  };
}

/** Both layers let everything through and scale nothing: the backward pass of the plain network. */
export function isPlain(b: BackwardSummary): boolean {
  return b.patterns.every((p) => p === "all") && b.scale.every((s) => s.law === "one");
}

/**
 * A call in which live units get no gradient although their mask keeps them, where no mask can be
 * the reason: it shows with keep_prob 1 too, or nothing passes in any call.
 */
export function stoppedIn(b: BackwardSummary, layer: Layer): BackwardMeasure | undefined {
  const isIn = (m: BackwardMeasure, pattern: BackwardPattern) =>
    backwardLayer(m, layer).pattern === pattern && m.notFinite.length === 0;
  const pattern = b.patterns[layer - 1];
  if (pattern === "fewer") return b.measures.find((m) => m.keep_prob === 1 && isIn(m, "fewer"));
  return pattern === "none" ? b.measures.find((m) => isIn(m, "none")) : undefined;
}

/** The calls whose gradients are numbers. */
export const usable = (b: BackwardSummary): BackwardMeasure[] =>
  b.measures.filter((m) => m.notFinite.length === 0);

/** dZ3 holds 1/m already, as it may. */
export function holdsMean({ delta: { state, factor }, m }: BackwardMeasure): boolean {
  return state === "multiple" && Math.abs((factor ?? 0) * m - 1) < 1e-3;
}

/** "4.0000 × A3 - Y", or the first entry that disagrees. */
export function asFound(g: GradientMeasure, expected: string): string {
  if (g.state === "wrong-shape") return `${g.found}; ${g.expected} was expected`;
  if (g.state === "multiple") return `${number(g.factor ?? Number.NaN)} × (${expected})`;
  if (!g.first) return `not ${expected}`;
  const { row, column, found, expected: should } = g.first;
  return `not ${expected}: entry [${row}, ${column}] is ${number(found)}, ${number(should)} was expected`;
}
