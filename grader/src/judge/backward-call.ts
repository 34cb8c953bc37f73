/** One call of the backward pass, every link recomputed from the student's own previous value. */

import * as B from "../assignment/block.ts";
import { GRADIENT_NAMES, type Shape } from "../assignment/network.ts";
import type { BackwardMeasure, FailedCall, GradientMeasure } from "../model/measurement.ts";
import type { Block, CallOutcome, Returned, Value } from "../model/observation.ts";
import { expectedDelta, measureLayer } from "./backward-layer.ts";
import { describe } from "./forward-call.ts";
import { readGradients, type Own } from "./gradients.ts";
import { entriesOf } from "./read.ts";
import { compare, weightMeasure, type WeightFrom } from "./products.ts";
import { productsBefore, unchangedDelta, type Products } from "./slope.ts";
import { near } from "./spread.ts";

/** What the judge knows about a call of backward: blocks of full shape, masks as they act. */
export interface BackwardQuestion {
  id: string;
  cache: "own" | "made";
  shape: Shape;
  keep_prob: number;
  X: Block;
  Y: Block;
  /** W1 … A3 as the student was given them. */
  given: Record<"W2" | "W3" | "Z1" | "A1" | "Z2" | "A2" | "A3" | "D1" | "D2", Block>;
  /** The same where a program makes the activations anew (`rebuilt.ts`). */
  rebuilt?: () => readonly BackwardQuestion["given"][];
  /** The masks of the forward call that ran last, where its shapes are the same. */
  lastMasks?: { D1: Block; D2: Block };
}

export type BackwardResult =
  | { ok: true; measure: BackwardMeasure }
  | { ok: false; failed: FailedCall & { cache: "own" | "made" } };

export function measureBackward(question: BackwardQuestion, outcome: CallOutcome): BackwardResult {
  const { id, cache, keep_prob } = question;
  const failed = { id, cache, keep_prob, outcome };
  if (outcome.kind !== "returned") return { ok: false, failed };
  const entries = entriesOf(outcome.value);
  if (entries === undefined)
    return { ok: false, failed: { ...failed, what: describe(outcome.value) } };
  return { ok: true, measure: measureGradients(question, outcome, entries) };
}

function measureGradients(
  q: BackwardQuestion,
  outcome: Returned,
  entries: Record<string, Value>,
): BackwardMeasure {
  const { own, odd, missingKeys, notFinite, shapes } = readGradients(q, entries);
  const delta = compare(
    own.dZ3,
    B.zip(q.given.A3, q.Y, (a, y) => a - y),
  );
  const { layers, gradients, changedDeltas } = chain(q, own, isFolded(delta, q.shape.m));
  return {
    ...{ id: q.id, cache: q.cache, keep_prob: q.keep_prob },
    ...{ nx: q.shape.nx, n1: q.shape.n1, n2: q.shape.n2, m: q.shape.m },
    mathRandomDraws: outcome.mathRandomDraws,
    changedArguments: outcome.changedArguments,
    ...{ missingKeys, notFinite, delta, own: { ...odd, ...own } },
    given: { ...q.given, X: q.X },
    extraKeys: Object.keys(entries).filter((key) => !GRADIENT_NAMES.some((name) => name === key)),
    layers,
    gradients: { ...gradients, ...shapes },
    changedDeltas,
  };
}

/** dZ3 holds 1/m already. */
function isFolded({ state, factor }: GradientMeasure, m: number): boolean {
  return m > 1 && state === "multiple" && near(factor ?? 0, 1 / m);
}

/** Layer by layer, each from the student's own dZ above: as it was returned, or as it was before it was changed. */
function chain(q: BackwardQuestion, own: Own, folded: boolean) {
  const dZ3 = own.dZ3 ?? B.zip(q.given.A3, q.Y, (a, y) => a - y);
  const second = measureLayer(q, own, { layer: 2, dZAbove: dZ3 });
  const dZ2 = own.dZ2 ?? expectedDelta(q, 2, dZ3);
  const before2 = unchangedDelta(second, own, q.given.Z2);
  const orFrom = before2 ? { orFrom: before2 } : {};
  const first = measureLayer(q, own, { layer: 1, dZAbove: dZ2, ...orFrom });
  const dZ1 = own.dZ1 ?? expectedDelta(q, 1, dZ2);
  const before1 = unchangedDelta(first, own, q.given.Z1);
  const of = (divisor: number) => productsOf({ q, own, divisor }, { dZ3, dZ2, dZ1 });
  const products = of(folded ? 1 : q.shape.m);
  const changed: { name: "dZ3" | "dZ2" | "dZ1"; gradients: Partial<Products> }[] = [];
  // Folded into dZ3, and divided again in the layers below: dZ3 was whole when dW3 or db3 was made.
  const wasWhole = folded && [products.dW3, products.db3].some(({ state }) => state === "right");
  const again = wasWhole ? lowerOf(of(q.shape.m)) : {};
  if (areRight(again) && !areRight(lowerOf(products)))
    changed.push({ name: "dZ3", gradients: again });
  const asked = { q, own, divisor: folded ? 1 : q.shape.m };
  for (const [layer, dZ] of [
    [2, before2],
    [1, before1],
  ] as const) {
    const better = dZ ? betterBefore(productsBefore(asked, layer, dZ), products) : {};
    if (Object.keys(better).length > 0) changed.push({ name: `dZ${layer}`, gradients: better });
  }
  const gradients = Object.assign({}, products, ...changed.map((c) => c.gradients)) as Products;
  const layers: BackwardMeasure["layers"] = [second, first];
  return { layers, gradients, changedDeltas: changed.map((c) => c.name) };
}

function lowerOf({ dW2, db2, dW1, db1 }: Products): Partial<Products> {
  return { dW2, db2, dW1, db1 };
}

function areRight(products: Partial<Products>): boolean {
  const all = Object.values(products);
  return all.length > 0 && all.every(({ state }) => state === "right");
}

/** What is right for dZ as it was before, and is not for dZ as it was returned. */
function betterBefore(before: Partial<Products>, products: Products): Partial<Products> {
  const names = Object.keys(before) as (keyof Products)[];
  const better = names.filter(
    (name) => before[name]?.state === "right" && products[name].state !== "right",
  );
  return Object.fromEntries(better.map((name) => [name, before[name]]));
}

function productsOf(
  { q, own, divisor }: { q: BackwardQuestion; own: Own; divisor: number },
  { dZ3, dZ2, dZ1 }: { dZ3: Block; dZ2: Block; dZ1: Block },
): Products {
  const weight = (dZ: Block, from: WeightFrom) => weightMeasure({ q, dZ, divisor }, from);
  const bias = (dZ: Block, db: Block | undefined) =>
    compare(db, B.scaled(B.rowSums(dZ), 1 / divisor));
  return {
    dW3: weight(dZ3, { found: own.dW3, A: q.given.A2, D: q.given.D2, Z: q.given.Z2 }),
    db3: bias(dZ3, own.db3),
    dW2: weight(dZ2, { found: own.dW2, A: q.given.A1, D: q.given.D1, Z: q.given.Z1 }),
    db2: bias(dZ2, own.db2),
    dW1: weight(dZ1, { found: own.dW1, A: q.X }),
    db1: bias(dZ1, own.db1),
  };
}
