/** What a walk through `predict` may meet: the plain network, and labels. */

import * as B from "../../assignment/block.ts";
import type { Block } from "../../model/observation.ts";
import { linear, sigmoid } from "./forward-subject.ts";
import { factorsOf, type Known, type Stage, type Subject } from "./known.ts";

/** @param given X, W1 … b3 as the call got them. @param labels what it returned */
export function predictSubject(
  given: Readonly<Record<string, Block>>,
  labels: Block | undefined,
): Subject {
  const of = (name: string): Block => given[name] ?? { rows: 0, cols: 0, data: new Float64Array() };
  const m = of("X").cols;
  const known = Object.entries(given).map(([name, value]): Known => ({
    ...{ name, value },
    isExact: name.startsWith("b"),
  }));
  return {
    given: known,
    masks: [],
    factors: factorsOf(undefined, m),
    stages: [
      ...plainLayer(1, of),
      ...plainLayer(2, of),
      (have) => linear(3, { W: of("W3"), b: of("b3"), from: "A2", A: have("A2") }),
      (have) => sigmoid(have("Z3")),
      (have) => labelled(have("A3")),
    ],
    own: labels ? { labels } : {},
    noMasks: [
      [of("W1").rows, m],
      [of("W2").rows, m],
    ],
  };
}

/** LINEAR → ReLU, without dropout. */
function plainLayer(l: 1 | 2, of: (name: string) => Block): Subject["stages"][number][] {
  const from = l === 1 ? "X" : "A1";
  return [
    (have) => linear(l, { W: of(`W${l}`), b: of(`b${l}`), from, A: have(from) }),
    (have) => {
      const relu = { name: `relu(Z${l})`, value: B.relu(have(`Z${l}`)) };
      return {
        name: `A${l}`,
        knowns: [relu],
        goal: { known: relu, factor: 1, value: relu.value },
      };
    },
  ];
}

/** 1 where A3 is above 0.5. */
function labelled(A3: Block): Stage {
  const known = { name: "A3 > 0.5", value: B.map(A3, (a) => (a > 0.5 ? 1 : 0)), isExact: true };
  const below = B.map(A3, (a) => (a < 0.5 ? 1 : 0));
  const turned = { name: "A3 < 0.5", value: below, isMistake: true, isExact: true };
  return {
    name: "labels",
    knowns: [known, turned],
    goal: { known, factor: 1, value: known.value },
  };
}
