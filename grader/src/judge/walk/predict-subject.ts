/** What a walk through `predict` may meet: the plain network, and labels. */

import * as B from "../../assignment/block.ts";
import type { Block } from "../../model/observation.ts";
import { hidden, output } from "./forward-subject.ts";
import { EMPTY, factorsOf, givenKnowns, plainStage, type Stage, type Subject } from "./known.ts";

/** @param given X, W1 … b3 as the call got them. @param labels what it returned */
export function predictSubject(
  given: Readonly<Record<string, Block>>,
  labels: Block | undefined,
): Subject {
  const { X = EMPTY, W1 = EMPTY, W2 = EMPTY } = given;
  const m = X.cols;
  return {
    given: givenKnowns(given),
    masks: [],
    factors: factorsOf(undefined, m),
    stages: [
      ...hidden(1, { given, keep_prob: 1 }),
      ...hidden(2, { given, keep_prob: 1 }),
      ...output(given),
      (have) => labelled(have("A3")),
    ],
    own: labels ? { labels } : {},
    noMasks: [
      [W1.rows, m],
      [W2.rows, m],
    ],
  };
}

/** 1 where A3 is above 0.5. */
function labelled(A3: Block): Stage {
  const known = { name: "A3 > 0.5", value: B.map(A3, (a) => (a > 0.5 ? 1 : 0)), isExact: true };
  const below = B.map(A3, (a) => (a < 0.5 ? 1 : 0));
  const turned = { name: "A3 < 0.5", value: below, isMistake: true, isExact: true };
  return plainStage("labels", known, turned);
}
