/** What all calls of the backward pass show together. */

import { CACHE_NAMES, PARAMETER_NAMES } from "../assignment/network.ts";
import { backwardLayer } from "../assignment/signs.ts";
import type { Law, LawExample, LawFit } from "../model/law.ts";
import type {
  BackwardLayerMeasure,
  BackwardMeasure,
  BackwardPattern,
  BackwardSummary,
  Layer,
  Spread,
} from "../model/measurement.ts";
import type { Block, Call, CallOutcome } from "../model/observation.ts";
import { measureBackward, type BackwardQuestion } from "./backward-call.ts";
import { fitLaw, varying } from "./fit.ts";
import type { CacheStyle } from "./made-cache.ts";
import type { Oddness } from "./odd-caches.ts";
import { entriesOf } from "./read.ts";
import { orRebuilt } from "./rebuilt.ts";
import { isConstant, near } from "./spread.ts";

/** A call together with what the judge knows about it. */
export interface Asked {
  call: Call;
  question: BackwardQuestion;
  /** A cache of the student's own that is not what the contract says: what is missing or odd in it, forward left so. */
  odd?: Oddness | undefined;
}

export type Run = { asked: Asked; outcome: CallOutcome }[];

/**
 * Where forward keeps odd masks, backward may be right for what forward gives it or for what the
 * contract gives it: it is judged on the caches on which it does better.
 */
export function summariseFairly(run: Run, oddMasks: boolean): BackwardSummary {
  const regular = run.filter(
    ({ asked: { odd }, outcome }) =>
      odd === undefined || (odd === "where-it-stops" && outcome.kind === "returned"),
  );
  if (regular.length < run.length) {
    // What works on every cache of the grader's has nothing to do with what forward left out.
    const found = summariseFairly(regular, oddMasks);
    if (worksOnMade(found)) return found;
  }
  if (!oddMasks) return summarise(run);
  const of = (cache: "own" | "made") =>
    summarise(run.filter(({ asked }) => asked.question.cache === cache));
  const [own, made] = [of("own"), of("made")];
  return own.measures.length > 0 && faults(own) <= faults(made) ? own : made;
}

function worksOnMade({ measures, failures }: BackwardSummary): boolean {
  const made = measures.filter((m) => m.cache === "made");
  const isWhole = made.length > 0 && made.every((m) => m.notFinite.length === 0);
  return isWhole && failures.every((f) => f.cache !== "made");
}

function faults(b: BackwardSummary): number {
  const patterns = b.patterns.filter((p) => p !== "mask").length;
  const scales = b.scale.filter((s) => s.law !== "inverse-keep").length;
  return b.failures.length + patterns + scales;
}

function summarise(run: Run): BackwardSummary {
  const taken = run.map(({ asked, outcome }) => measureBackward(asked.question, outcome));
  const results = orRebuilt(run, taken);
  const measures = results.flatMap((r) => (r.ok ? [r.measure] : []));
  const failures = results.flatMap((r) => (r.ok ? [] : [r.failed]));
  const made = measures.filter((m) => m.cache === "made");
  // Only a cache with an unmasked A tells the mask from the ReLU derivative.
  const finite = (list: BackwardMeasure[]) => list.filter((m) => m.notFinite.length === 0);
  const decisive = finite(made).length > 0 ? finite(made) : finite(measures);
  const fit = (of: (layer: BackwardLayerMeasure) => Spread | undefined) =>
    bothLayers((layer) => fitRatios(decisive, (m) => of(backwardLayer(m, layer))));
  const bent = bothLayers((layer) => isBent(finite(measures), layer));
  const scale = fit((l) => l.through);
  const factor = bothLayers((layer) =>
    isSettled(scale[layer - 1]?.law) ? undefined : extraFactor(decisive, layer),
  );
  // Where dA is right, mask and scale are; so they are where something else comes to them.
  const isRight = (layer: Layer) => bent[layer - 1] === true || factor[layer - 1] !== undefined;
  return {
    measures,
    failures,
    scale: bothLayers((layer) =>
      isRight(layer) ? { law: "inverse-keep" } : (scale[layer - 1] ?? { law: "unmeasured" }),
    ),
    ...{ bent, factor },
    dAKept: fit((l) => l.dA.kept),
    dADropped: fit((l) => l.dA.dropped),
    patterns: bothLayers((layer) =>
      bent[layer - 1] ? "mask" : patternOver(finite(measures), decisive, layer),
    ),
    ...{ repeatable: undefined, changedAgain: [] },
    repeatsEarlier: measures.some((m, k) => isOfEarlier(m, measures.slice(0, k))),
    mathRandomDraws: measures.reduce((sum, m) => sum + m.mathRandomDraws, 0),
    onlySquare: decisive.length > 0 && decisive.every((m) => m.n1 === m.n2) && failures.length > 0,
    followsForward: false,
    needsExtraKeys: [],
  };
}

function bothLayers<T>(of: (layer: Layer) => T): [T, T] {
  return [of(1), of(2)];
}

/** The very answer to other arguments, number by number, and not the right one for these. */
function isOfEarlier(
  { own, delta }: BackwardMeasure,
  earlier: readonly BackwardMeasure[],
): boolean {
  const found = own["dZ3"];
  const isSame = (other: Block | undefined) =>
    found !== undefined &&
    found.data.some((x) => x !== 0) &&
    found.data.every((x, k) => x === other?.data[k]);
  return delta.state === "wrong" && earlier.some((m) => isSame(m.own["dZ3"]));
}

/** In every call dA is right, and in some dZ is not made from it as it should be. */
function isBent(measures: readonly BackwardMeasure[], layer: Layer): boolean {
  const slopes = measures.map((m) => backwardLayer(m, layer).slope);
  return (
    slopes.every((s) => s !== undefined) &&
    slopes.some((s) => s !== undefined && s.state !== "right")
  );
}

const isSettled = (law: Law | undefined) => law === "inverse-keep" || law === "unmeasured";

/** What comes to 1/keep_prob, and has nothing to do with it: one number in all calls, or 1/m. */
function extraFactor(measures: readonly BackwardMeasure[], layer: Layer): LawExample | undefined {
  const points = measures.flatMap((m) => {
    const { through } = backwardLayer(m, layer);
    return through && isConstant(through) ? [{ ...m, found: through.median * m.keep_prob }] : [];
  });
  const first = points.find(({ id }) => id === "made-0.8") ?? points[0];
  const distinct = new Set(points.map(({ keep_prob }) => keep_prob)).size;
  if (!first || distinct < 3 || points.length < measures.length) return undefined;
  const isOne = points.every(({ found }) => near(found, first.found));
  const isShare = points.every(({ found, m }) => near(found * m, 1));
  const { keep_prob, found } = first;
  return isOne || isShare ? { keep_prob, found } : undefined;
}

const LAWS: Parameters<typeof fitLaw>[1] = [
  ["inverse-keep", (p) => 1 / p],
  ["zero", () => 0],
  ["one", () => 1],
  ["keep", (p) => p],
  ["inverse-keep-squared", (p) => 1 / p ** 2],
  ["inverse-drop", (p) => 1 / (1 - p)],
];

function fitRatios(
  measures: readonly BackwardMeasure[],
  of: (m: BackwardMeasure) => Spread | undefined,
): LawFit {
  const points = measures.flatMap((m) => {
    const spread = of(m);
    return spread ? [{ keep_prob: m.keep_prob, spread }] : [];
  });
  const untidy = points.filter(
    ({ spread }) => !isConstant(spread) && Math.abs(spread.max - spread.min) > 1e-4,
  );
  if (untidy.length > 0) return varying(untidy);
  return fitLaw(
    points.map(({ keep_prob, spread }) => ({
      keep_prob,
      found: spread.median,
      bound: () => Math.max(2e-3 * Math.abs(spread.median), 1e-5),
    })),
    LAWS,
  );
}

/** The masks' own pattern where every call shows it, else what the first call shows that does not. */
function patternOver(
  all: readonly BackwardMeasure[],
  decisive: readonly BackwardMeasure[],
  layer: Layer,
): BackwardPattern {
  const odd = [...decisive, ...all]
    .filter((m) => m.keep_prob < 1)
    .map((m) => backwardLayer(m, layer).pattern)
    .filter((p) => p !== "mask");
  return (
    odd.find((p) => p === "last-forward") ??
    odd.find((p) => p === "other-layer") ??
    // Of few units any mask may let through none, or some of the right ones, or all of those.
    odd.find((p) => !FEW.includes(p)) ??
    (odd.includes("more") && odd.includes("fewer") ? "unrelated" : undefined) ??
    odd.find((p) => p === "more") ??
    odd.find((p) => p === "fewer") ??
    odd[0] ??
    "mask"
  );
}

const FEW: readonly BackwardPattern[] = ["none", "fewer", "more"];

/** What a second call with the same arguments returned otherwise, by its names. */
export function changedAgain(run: Run, id: string | undefined): string[] | undefined {
  const value = (wanted: string) => {
    const outcome = run.find(({ asked }) => asked.call.id === wanted)?.outcome;
    return outcome?.kind === "returned" ? entriesOf(outcome.value) : undefined;
  };
  if (id === undefined) return undefined;
  const [a, b] = [value(id), value(`${id}-again`)];
  if (!a || !b) return undefined;
  return Object.keys(a).filter((key) => {
    const [x, y] = [a[key], b[key]];
    if (x?.kind !== "matrix" || y?.kind !== "matrix") return false;
    return x.block.data.some((v, k) => !Object.is(v, y.block.data[k]) && v !== y.block.data[k]);
  });
}

/** Keys of the student's own cache beyond the contract's, where only caches that have them work. */
export function needsExtraKeys(summary: BackwardSummary, style: CacheStyle | undefined): string[] {
  const known = new Set<string>([...CACHE_NAMES, ...PARAMETER_NAMES]);
  const extra = Object.keys(style?.entries ?? {}).filter((key) => !known.has(key));
  const unusable = (m: BackwardMeasure) => m.notFinite.length > 0;
  const madeFails =
    summary.failures.some((f) => f.cache === "made") ||
    summary.measures.some((m) => m.cache === "made" && unusable(m));
  const ownWorks =
    summary.measures.some((m) => m.cache === "own" && !unusable(m)) &&
    !summary.failures.some((f) => f.cache === "own");
  return madeFails && ownWorks ? extra : [];
}
