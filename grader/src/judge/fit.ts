/** How the kept share and the survivors' ratio depend on keep_prob. */

import type { Law, LawExample, LawFit } from "../model/law.ts";
import type { ForwardMeasure, Layer, LayerMeasure, Spread } from "../model/measurement.ts";
import { normalShareBelow } from "../assignment/normal.ts";
import { isConstant, near } from "./spread.ts";

const SHARE_LAWS: [Law, (keep_prob: number) => number][] = [
  ["keep", (p) => p],
  ["one", () => 1],
  ["drop", (p) => 1 - p],
  ["normal", normalShareBelow],
  ["zero", () => 0],
];

const RATIO_LAWS: [Law, (keep_prob: number) => number][] = [
  ["inverse-keep", (p) => 1 / p],
  ["one", () => 1],
  ["keep", (p) => p],
  ["inverse-drop", (p) => 1 / (1 - p)],
  ["inverse-keep-squared", (p) => 1 / p ** 2],
  ["drop", (p) => 1 - p],
];

interface Point {
  keep_prob: number;
  found: number;
  /** How far off a program that follows a law may be, from what the law says. */
  bound: (expected: number) => number;
}

/** The law of the kept share of one layer, from calls in which every unit is live. */
export function fitKept(measures: readonly ForwardMeasure[], layer: Layer): LawFit {
  const points = measures
    .filter((m) => m.live && (m.layers[layer - 1] ?? m.layers[0]).live > 0)
    .map((m) => sharePoint(m.keep_prob, m.layers[layer - 1] ?? m.layers[0]));
  return fitLaw(points, SHARE_LAWS);
}

function sharePoint(keep_prob: number, { kept, live }: LayerMeasure): Point {
  const bound = (share: number) => shareBound(share, live);
  return { keep_prob, found: kept / live, bound };
}

/** Six standard deviations of a share of n, and never below two entries; none for 0 and 1. */
export function shareBound(share: number, n: number): number {
  return share === 0 || share === 1
    ? 1e-9
    : Math.max(6 * Math.sqrt((share * (1 - share)) / n), 2.5 / n);
}

/** The law of the survivors' ratio of one layer. */
export function fitRatio(measures: readonly ForwardMeasure[], layer: Layer): LawFit {
  const drops = measures.filter((m) => !withoutDropout(m));
  const isSpared = drops.length < measures.length && drops.some((m) => m.keep_prob < 1);
  return fitRatioOf(isSpared ? drops : measures, layer);
}

/** Neither dropped nor scaled, although keep_prob is not 1: such a call says nothing of the scale. */
export function withoutDropout({ keep_prob, layers }: ForwardMeasure): boolean {
  return (
    keep_prob < 1 &&
    layers.every(
      ({ live, kept, ratio }) =>
        kept === live && ratio !== undefined && isConstant(ratio) && near(ratio.median, 1),
    )
  );
}

function fitRatioOf(measures: readonly ForwardMeasure[], layer: Layer): LawFit {
  const own = measures.map((m) => m.layers[layer - 1] ?? m.layers[0]);
  const isBypassed = own.some((l) => l.reads === "relu" && l.cachedKept < l.live);
  const layers = measures.map((m, k) => ({
    keep_prob: m.keep_prob,
    layer: asScaled(own[k] ?? m.layers[0], isBypassed),
  }));
  const measured = layers.filter(({ layer: l }) => l.ratio !== undefined);
  if (measured.length === 0) return { law: "unmeasured" };
  if (isEmpirical(measured)) return empirical(measured);
  const spreads = measured.flatMap(({ keep_prob, layer: l }) =>
    l.ratio ? [{ keep_prob, spread: l.ratio }] : [],
  );
  if (!spreads.every(({ spread }) => isConstant(spread))) return varying(spreads);
  const points = spreads.map(({ keep_prob, spread: { median: found } }) => ({
    ...{ keep_prob, found },
    bound: () => 2e-3 * Math.abs(found),
  }));
  return fitLaw(points, RATIO_LAWS);
}

type Laws = readonly [Law, (keep_prob: number) => number][];

/**
 * The first law, which is the right one, where every point allows it: of a few units others may fit
 * better by chance. Else of the laws that every point allows the one that fits best; a constant
 * counts as a law. A short cut at keep_prob = 1 says nothing of what is done without it.
 */
export function fitLaw(points: readonly Point[], laws: Laws): LawFit {
  const found = fitAll(points, laws);
  if (found.law !== "other") return found;
  const cut = points.filter((p) => p.keep_prob === 1);
  const isPlain = cut.length > 0 && cut.every((p) => Math.abs(p.found - 1) < 1e-9);
  const others = points.filter((p) => p.keep_prob !== 1);
  // Two points are on many a law.
  return isPlain && others.length > 2 ? fitAll(others, laws) : found;
}

function fitAll(points: readonly Point[], laws: Laws): LawFit {
  if (points.length === 0) return { law: "unmeasured" };
  const [right, ...others] = laws;
  const example = exampleOf(points, (p) => right !== undefined && worstMiss([p], right[1]) > 1);
  const mean = points.reduce((sum, p) => sum + p.found, 0) / points.length;
  const constant = likelyMiss(points, () => mean);
  if (right && worstMiss(points, right[1]) <= 1) return { law: right[0], example };
  const misses = others.map(([law, f]) => ({ law, miss: likelyMiss(points, f) }));
  const best = misses.reduce((one, other) => (other.miss < one.miss ? other : one), {
    law: "other",
    miss: Number.POSITIVE_INFINITY,
  });
  // A law that says as much as a constant of its own choosing is the better explanation.
  if (best.miss <= 1 && best.miss <= constant + 0.05) return { law: best.law, example };
  return constant <= 1 ? { law: "constant", value: mean, example } : { law: "other", example };
}

/** How far the worst point is from a law, in bounds. */
function worstMiss(points: readonly Point[], law: (keep_prob: number) => number): number {
  return Math.max(...missesOf(points, law));
}

/**
 * The same, and infinite where the points together are not what the law leads one to expect: a bound
 * is six standard deviations, and the sum of the squares of k standard deviations is k, give or take
 * √(2k). A program that follows no law that is known should not be given the name of one.
 */
function likelyMiss(points: readonly Point[], law: (keep_prob: number) => number): number {
  const misses = missesOf(points, law);
  const squares = misses.reduce((sum, miss) => sum + (6 * miss) ** 2, 0);
  const most = points.length + 6 * Math.sqrt(2 * points.length);
  return squares > most ? Number.POSITIVE_INFINITY : Math.max(...misses);
}

function missesOf(points: readonly Point[], law: (keep_prob: number) => number): number[] {
  return points.map((p) => {
    const expected = law(p.keep_prob);
    return Math.abs(p.found - expected) / Math.max(p.bound(expected), 1e-12);
  });
}

/**
 * Of the calls in which something is odd: that at the course's 0.8 where there is one, else the first
 * away from 1. A call in which all is as it should be shows nothing.
 */
function exampleOf<P extends Pick<Point, "keep_prob" | "found">>(
  points: readonly P[],
  isOdd: (point: P) => boolean,
): LawExample {
  const odd = points.filter(isOdd);
  const all = odd.length > 0 ? odd : points;
  const best = all.find((p) => p.keep_prob === 0.8) ?? all.find((p) => p.keep_prob !== 1) ?? all[0];
  return { keep_prob: best?.keep_prob ?? 1, found: best?.found ?? Number.NaN };
}

/**
 * Where the next layer reads past the dropped activation, the scale is that of what was dropped, in
 * calls too in which nothing happened to be dropped.
 */
function asScaled(l: LayerMeasure, isBypassed: boolean): LayerMeasure {
  const isPast = l.reads === "relu" || l.reads === "multiple";
  return isBypassed && isPast ? { ...l, kept: l.cachedKept, ratio: l.cachedRatio } : l;
}

type Measured = { keep_prob: number; layer: LayerMeasure }[];

/** One over the share that happened to be kept, and not one over keep_prob. */
function isEmpirical(measured: Measured): boolean {
  const shares = measured.map(({ layer: l }) => ({ l, share: maskShare(l) }));
  const explained = shares.every(
    ({ l, share }) => l.ratio && isConstant(l.ratio) && near(l.ratio.median, 1 / share),
  );
  const differs = measured.some(
    ({ keep_prob, layer: l }) => l.ratio && !near(l.ratio.median, 1 / keep_prob),
  );
  const drops = measured.some(({ layer: l }) => l.kept < l.live);
  return explained && differs && drops;
}

/** The share of ones in the whole mask, where it is known, else of the live units. */
function maskShare(l: LayerMeasure): number {
  const D = l.own.D;
  const whole =
    D && D.data.length > 0 ? D.data.filter((d) => d !== 0).length / D.data.length : undefined;
  return whole !== undefined && l.cachedMask === "right" ? whole : l.kept / l.live;
}

function empirical(measured: Measured): LawFit {
  const points = measured.map(({ keep_prob, layer: l }) => ({
    keep_prob,
    found: l.ratio?.median ?? Number.NaN,
  }));
  const isOdd = (p: LawExample) => !near(p.found, 1 / p.keep_prob);
  return { law: "empirical", example: exampleOf(points, isOdd) };
}

/** What is said of a call in which some units have another factor than others. */
export function varying(measured: readonly { keep_prob: number; spread: Spread }[]): LawFit {
  const points = measured.flatMap(({ keep_prob, spread }) =>
    isConstant(spread) ? [] : [{ keep_prob, found: furthest(spread, 1 / keep_prob) }],
  );
  return { law: "other", example: { ...exampleOf(points, () => true), isPart: true } };
}

function furthest({ min, max, median }: Spread, from: number): number {
  const found = Math.abs(min - from) > Math.abs(max - from) ? min : max;
  return Number.isFinite(found) ? found : median;
}
