/** What a walk through the backward pass may meet. */

import * as B from "../../assignment/block.ts";
import type { BackwardMeasure } from "../../model/measurement.ts";
import type { Block } from "../../model/observation.ts";
import { factorsOf, type Known, type Mask, type Stage, type Subject } from "./known.ts";

/** @param Y the labels that the call got, (1, m) */
export function backwardSubject(measure: BackwardMeasure, Y: Block): Subject {
  const { given, keep_prob, m, own } = measure;
  const layerMasks = ([1, 2] as const).map((l) => masksOf(l, given));
  const masks = layerMasks.flat();
  const drawn = masks.map(({ name, value }): Known => ({
    ...{ name, value, factors: [1 / keep_prob] },
    isExact: true,
  }));
  const names = ["X", "W2", "W3", "Z1", "A1", "Z2", "A2", "A3"] as const;
  const known = names.map((name): Known => ({ name, value: given[name], isExact: true }));
  const context = { given, m, keep_prob };
  const raw2 = B.product(
    B.transposed(given.W3),
    B.zip(given.A3, Y, (a, y) => a - y),
  );
  const dA2 = own["dA2"] ?? B.scaled(B.times(raw2, given.D2), 1 / keep_prob);
  const [one, two] = layerMasks.map((all) => all.slice(0, MASKS_ON_THE_WAY));
  return {
    given: [...known, { name: "Y", value: Y, isExact: true }, ...drawn],
    masks,
    factors: factorsOf(keep_prob, m),
    stages: [
      () => outputDelta(given.A3, Y, m),
      ...products(3, context),
      (have) => delta(2, { ...context, above: have("dZ3"), masks: two ?? [] }),
      ...products(2, context),
      (have) => delta(1, { ...context, above: have("dZ2"), masks: one ?? [], dA2 }),
      ...products(1, context),
    ],
    own: { ...own },
    noMasks: [
      [given.Z1.rows, m],
      [given.Z2.rows, m],
    ],
  };
}

/** How many of `masksOf` a right program may use. */
const MASKS_ON_THE_WAY = 4;

function masksOf(layer: 1 | 2, given: BackwardMeasure["given"]): Mask[] {
  const [D, Z, A] = [given[`D${layer}`], given[`Z${layer}`], given[`A${layer}`]];
  const live = B.positive(Z);
  return [
    { name: `D${layer}`, value: D },
    { name: `[Z${layer} > 0]`, value: live },
    { name: `D${layer}∘[Z${layer} > 0]`, value: B.times(D, live) },
    { name: `[A${layer} > 0]`, value: B.positive(A) },
    { name: `(1 - D${layer})`, value: B.map(D, (d) => 1 - d) },
    { name: `[Z${layer} <= 0]`, value: B.map(live, (z) => 1 - z) },
  ];
}

interface Context {
  given: BackwardMeasure["given"];
  m: number;
  keep_prob: number;
}

/** dZ3 = A3 - Y, and the derivative of the loss by A3 that leads there as well. */
function outputDelta(A3: Block, Y: Block, m: number): Stage {
  const known = { name: "A3 - Y", value: B.zip(A3, Y, (a, y) => a - y), factors: [1 / m] };
  const slope = B.map(A3, (a) => a * (1 - a));
  const byA3 = B.zip(A3, Y, (a, y) => (a - y) / (a * (1 - a)));
  return {
    name: "dZ3",
    knowns: [
      known,
      { name: "A3·(1 - A3)", value: slope, isExact: true },
      { name: "the derivative of the loss by A3", value: byA3, factors: [-1, 1 / m] },
      { name: "(A3 - Y)·A3·(1 - A3)", value: B.times(known.value, slope), isMistake: true },
    ],
    goal: { known, factor: 1, value: known.value },
  };
}

interface Delta extends Context {
  /** dZ of the layer above. */
  above: Block;
  masks: readonly Mask[];
  /** For layer 1: the gradient that a program may take in place of dZ2. */
  dA2?: Block;
}

/** W_{l+1}ᵀ·dZ_{l+1} ∘ D / keep_prob ∘ [Z > 0], with the mask and the factor in any order. */
function delta(layer: 1 | 2, { given, above, masks, m, keep_prob, dA2 }: Delta): Stage {
  const W = layer === 2 ? given.W3 : given.W2;
  const [D, Z] = [given[`D${layer}`], given[`Z${layer}`]];
  const next = layer + 1;
  const forms = { masks, factors: [1 / keep_prob, 1 / m, 1 / (keep_prob * m)] };
  const known = {
    name: `W${next}ᵀ·dZ${next}`,
    value: B.product(B.transposed(W), above),
    ...forms,
  };
  const value = B.times(B.scaled(known.value, 1 / keep_prob), B.times(D, B.positive(Z)));
  const both = masks.find(({ name }) => name === `D${layer}∘[Z${layer} > 0]`);
  const goal = { known, factor: 1 / keep_prob, value };
  const viaA: Known[] = dA2
    ? [{ name: "W2ᵀ·dA2", value: B.product(B.transposed(W), dA2), isMistake: true }]
    : [];
  return {
    name: `dZ${layer}`,
    knowns: [known, ...viaA],
    goal: both ? { ...goal, mask: both } : goal,
  };
}

/** dW = dZ·A_prevᵀ / m and db, the sum of dZ over the examples / m. */
function products(layer: 1 | 2 | 3, { given, m }: Context): Subject["stages"][number][] {
  const from = layer === 1 ? "X" : (`A${layer - 1}` as "A1" | "A2");
  const dZ = `dZ${layer}`;
  return [
    (have) => {
      const known = {
        name: `${dZ}·${from}ᵀ`,
        value: B.product(have(dZ), B.transposed(given[from])),
        factors: [1 / m],
      };
      const goal = { known, factor: 1 / m, value: B.scaled(known.value, 1 / m) };
      return { name: `dW${layer}`, knowns: [known, ...undropped(layer, given, have(dZ))], goal };
    },
    (have) => {
      const name = `the sum of ${dZ} over the examples`;
      const known = { name, value: B.rowSums(have(dZ)), factors: [1 / m] };
      const goal = { known, factor: 1 / m, value: B.scaled(known.value, 1 / m) };
      const columns = B.transposed(B.rowSums(B.transposed(have(dZ))));
      const byExample = {
        name: `the sum of ${dZ} over the units`,
        value: columns,
        factors: [1 / m],
        isMistake: true,
      };
      // With one unit, that is dZ itself.
      const mistakes = layer === 3 ? [] : [byExample];
      return { name: `db${layer}`, knowns: [known, ...mistakes], goal };
    },
  ];
}

/** dW made from an activation that was masked and scaled, or freed of it, once more. */
function undropped(layer: 1 | 2 | 3, given: BackwardMeasure["given"], dZ: Block): Known[] {
  if (layer === 1) return [];
  const before = (layer - 1) as 1 | 2;
  const [A, D, Z] = [given[`A${before}`], given[`D${before}`], given[`Z${before}`]];
  const by = (name: string, value: Block): Known => ({
    name: `dZ${layer}·(${name})ᵀ`,
    value: B.product(dZ, B.transposed(value)),
    isMistake: true,
  });
  return [by(`A${before}∘D${before}`, B.times(A, D)), by(`relu(Z${before})`, B.relu(Z))];
}
