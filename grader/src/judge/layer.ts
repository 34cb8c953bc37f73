/** One hidden layer of one forward call: what was dropped, what survived, what the next layer read. */

import { solve, Matrix } from "ml-matrix";
import * as B from "../assignment/block.ts";
import type { CachedMask, Layer, LayerInput, LayerMeasure } from "../model/measurement.ts";
import type { Block } from "../model/observation.ts";
import { leftoverOf } from "./leftover.ts";
import { isConstant, isConstantly, near, spreadOf } from "./spread.ts";

/** What the cache holds of a layer, as far as it could be read in the right shape. */
export interface CachedLayer {
  Z?: Block;
  A?: Block;
  D?: Block;
}

/** The linear part that reads this layer's activation, and its cached result. */
export interface NextLinear {
  W: Block;
  b: Block;
  Z?: Block;
  /** Its own mask, which may have been put on Z already. */
  D?: Block;
}

export interface LayerQuestion {
  layer: Layer;
  keep_prob: number;
  /** W·A_prev + b, from what this layer was really given. */
  Z: Block;
  cached: CachedLayer;
  next: NextLinear;
}

export interface LayerAnswer {
  measure: LayerMeasure;
  /** What the next layer read: solved for, or else what the cache holds. */
  activation: Block;
}

export function measureLayer(question: LayerQuestion): LayerAnswer {
  const { layer, cached, keep_prob } = question;
  const { linear, relu } = linearOf(question);
  const read = whatIsRead(question, relu);
  const leftover = leftoverOf(read.activation, relu, { D: cached.D, keep_prob });
  const masked = leftover && cached.D ? B.times(read.activation, cached.D) : read.activation;
  const dropout = survivors(masked, relu);
  const ofCache = cached.A && !leftover ? survivors(cached.A, relu) : dropout;
  const measure: LayerMeasure = {
    layer,
    linear,
    relu,
    own: cached,
    ...dropout,
    ...asMultiple(read, ofCache),
    cachedKept: ofCache.kept,
    cachedRatio: ofCache.ratio,
    ...cachedMask(cached.D, dropout.pattern, [1 / keep_prob, dropout.ratio?.median ?? 1]),
    leftover,
    deadStayZero: leftover !== undefined || deadStayZero(read.activation, relu),
  };
  return { measure, activation: read.activation };
}

/** relu(Z) where nothing was dropped is a multiple of what the cache holds, and says no more than that. */
function asMultiple(
  { reads, factor }: Read,
  { kept, live, ratio }: ReturnType<typeof survivors>,
): Pick<LayerMeasure, "reads" | "inputFactor"> {
  const isScaled = ratio !== undefined && isConstant(ratio) && !near(ratio.median, 1);
  return reads === "relu" && kept === live && isScaled
    ? { reads: "multiple", inputFactor: 1 / ratio.median }
    : { reads, inputFactor: factor };
}

/** Whether Z is right, and what its ReLU gives to go on from. */
function linearOf({ cached, keep_prob, Z }: LayerQuestion) {
  const fits = (mayBeZero: (k: number) => boolean): boolean =>
    cached.Z !== undefined && isLinear(cached.Z, Z, { keep_prob, mayBeZero });
  const linear: LayerMeasure["linear"] =
    cached.Z === undefined ? "missing" : fits(zerosOf(cached, Z)) ? "right" : "wrong";
  // After a bad link go on from the student's own value, unless it is the right one with zeros in it.
  const goesOn = linear === "wrong" && !fits(() => true);
  const isOwn = goesOn || (linear === "right" && isScaledTwice({ cached, keep_prob, Z }));
  return { linear, relu: B.relu(isOwn && cached.Z ? cached.Z : Z) };
}

/** The scale is in Z, where no mask is, and in A once more: each was made from what came before it. */
function isScaledTwice({ cached: { Z, A, D }, keep_prob, Z: expected }: Linear): boolean {
  if (!Z || !A || keep_prob === 1 || !isUnmasked(Z, D)) return false;
  const { ratio } = survivors(A, B.relu(Z));
  return (
    B.close(Z, B.scaled(expected, 1 / keep_prob)) &&
    ratio !== undefined &&
    isConstantly(ratio, 1 / keep_prob)
  );
}

/** The mask has zeros, and Z none of them: what it is multiplied by has nothing to do with dropout. */
function isUnmasked(Z: Block, D: Block | undefined): boolean {
  return D !== undefined && B.sameShape(D, Z) && D.data.some((d, k) => d === 0 && Z.data[k] !== 0);
}

type Linear = Pick<LayerQuestion, "cached" | "keep_prob" | "Z">;

/** Z as it should be, before the mask or after it (masked, or masked and scaled, before ReLU). */
function isLinear(
  found: Block,
  expected: Block,
  { keep_prob, mayBeZero }: { keep_prob: number; mayBeZero: (k: number) => boolean },
): boolean {
  const bound = B.TOLERANCE * B.largest(expected);
  return [1, 1 / keep_prob].some((factor) =>
    expected.data.every((z, k) => {
      const own = found.data[k] ?? Number.NaN;
      return Math.abs(own - factor * z) <= bound * factor || (own === 0 && mayBeZero(k));
    }),
  );
}

/**
 * Which entries of a masked Z are 0: those that the mask drops, where the mask can be believed, as
 * it agrees with what became of the live units. A Z that is 0 elsewhere has been through the ReLU.
 */
function zerosOf({ A, D }: CachedLayer, Z: Block): (k: number) => boolean {
  const isShaped = A !== undefined && D !== undefined && B.sameShape(A, Z) && B.sameShape(D, Z);
  const isBelieved =
    isShaped && Z.data.every((z, k) => !(z > 0) || (D.data[k] === 0) === (A.data[k] === 0));
  return isBelieved ? (k) => D.data[k] === 0 : () => true;
}

function survivors(activation: Block, relu: Block) {
  const ratios: number[] = [];
  let live = 0;
  const top = B.largest(relu);
  const pattern = B.zip(activation, relu, (a, r) => {
    if (!(r > 1e-3 * top)) return Number.NaN;
    live += 1;
    if (Math.abs(a) <= 1e-7 * r) return 0;
    ratios.push(a / r);
    return 1;
  });
  return { live, kept: ratios.length, ratio: spreadOf(ratios), pattern };
}

function deadStayZero(activation: Block, relu: Block): boolean {
  const bound = B.TOLERANCE * Math.max(B.largest(relu), B.largest(activation));
  return relu.data.every((r, k) => r > 0 || Math.abs(activation.data[k] ?? 0) <= bound);
}

// --- what the next layer reads ---

interface Read {
  activation: Block;
  reads: LayerInput;
  factor: number | undefined;
}

function whatIsRead({ cached, next, keep_prob }: LayerQuestion, relu: Block): Read {
  const fallback = cached.A ?? relu;
  if (next.Z === undefined) return { activation: fallback, reads: "cached", factor: undefined };
  const { Z } = next;
  // A Z that holds 1/keep_prob is one that was masked and scaled.
  const scale = isUnmasked(Z, next.D) ? 1 : keep_prob;
  const explains = (A: Block) =>
    isLinear(Z, B.linear(next.W, A, next.b), { keep_prob: scale, mayBeZero: () => true });
  for (const candidate of candidates(cached, relu, keep_prob)) {
    if (explains(candidate.activation)) return candidate;
  }
  const solved = solveFor(next, Z);
  if (solved && explains(solved)) return { activation: solved, reads: "solved", factor: undefined };
  return { activation: fallback, reads: "unknown", factor: undefined };
}

/** What a next layer may read, the right one first. */
function candidates(cached: CachedLayer, relu: Block, keep_prob: number): Read[] {
  const list: Read[] = [];
  const add = (reads: LayerInput, activation: Block, factor?: number) =>
    list.push({ reads, activation, factor });
  if (cached.A) add("cached", cached.A);
  add("relu", relu);
  const factors = [1 / keep_prob, keep_prob, 1 / keep_prob ** 2];
  for (const factor of factors) if (cached.A) add("multiple", B.scaled(cached.A, factor), factor);
  if (cached.D && B.sameShape(cached.D, relu)) {
    const kept = B.zip(relu, cached.D, (r, d) => (d === 0 ? 0 : r));
    add("dropped-and-scaled", B.scaled(kept, 1 / keep_prob));
    add("dropped", kept);
  }
  for (const factor of factors) add("multiple", B.scaled(relu, factor), factor);
  return list;
}

/** The activation that W·A + b = Z leads back to, where W has more rows than columns. */
function solveFor({ W, b }: NextLinear, Z: Block): Block | undefined {
  if (W.rows <= W.cols || !Z.data.every(Number.isFinite)) return undefined;
  const right = B.block(Z.rows, Z.cols, (i, j) => B.at(Z, i, j) - B.at(b, i, 0));
  const A = solve(rowsOf(W), rowsOf(right));
  return B.block(W.cols, Z.cols, (i, j) => A.get(i, j));
}

function rowsOf(a: Block): Matrix {
  return Matrix.from1DArray(a.rows, a.cols, a.data);
}

// --- the cached mask ---

/** `scales`: what a mask may hold in place of 1, where it is scaled already. */
function cachedMask(D: Block | undefined, pattern: Block, scales: readonly number[]) {
  const none = { cachedMaskShare: undefined, maskUnit: undefined };
  if (D === undefined) return { cachedMask: "missing" as CachedMask, ...none };
  const wide = broadcast(D, pattern);
  if (wide === undefined) return { cachedMask: "wrong-shape" as CachedMask, ...none };
  const entries = B.pickFrom(wide, (d, k) => (Number.isNaN(pattern.data[k]) ? undefined : d));
  const kept = B.pickFrom(pattern, (p) => (Number.isNaN(p) ? undefined : p));
  return judgeMask(entries, kept, scales);
}

function judgeMask(mask: number[], kept: number[], scales: readonly number[]) {
  const units = mask.filter((d) => d !== 0);
  const unit = units[0];
  const constant = unit !== undefined && units.every((d) => near(d, unit));
  const agree = mask.filter((d, k) => (d !== 0) === (kept[k] === 1)).length;
  const share = mask.length === 0 ? undefined : units.length / mask.length;
  const state = (): CachedMask => {
    if (looksUniform(units)) return "uniform";
    if (agree === mask.length && (constant || units.length === 0)) {
      if (unit === undefined || near(unit, 1)) return "right";
      return scales.some((scale) => near(unit, scale)) ? "scaled" : "other";
    }
    return agree === 0 && mask.length > 0 ? "inverted" : "other";
  };
  return { cachedMask: state(), cachedMaskShare: share, maskUnit: constant ? unit : undefined };
}

/** Many different numbers inside (0, 1): draws, not a mask. */
function looksUniform(values: number[]): boolean {
  const inside = values.every((x) => x > 0 && x < 1);
  return inside && new Set(values).size > Math.max(2, values.length / 2);
}

/** A column or row of masks stands for the whole matrix. */
export function broadcast(D: Block, like: Block): Block | undefined {
  if (B.sameShape(D, like)) return D;
  if (D.rows === like.rows && D.cols === 1)
    return B.block(like.rows, like.cols, (i) => B.at(D, i, 0));
  if (D.cols === like.cols && D.rows === 1)
    return B.block(like.rows, like.cols, (_, j) => B.at(D, 0, j));
  return undefined;
}
