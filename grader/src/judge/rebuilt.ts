/** Backward passes that make the activations anew, from what else the cache holds. */

import * as B from "../assignment/block.ts";
import type { BackwardMeasure } from "../model/measurement.ts";
import type { Block } from "../model/observation.ts";
import { measureBackward, type BackwardQuestion, type BackwardResult } from "./backward-call.ts";
import type { Run } from "./backward-summary.ts";

type Given = BackwardQuestion["given"];

/**
 * A cache of the grader as it is to a program that makes A anew: from the Z of the cache, or all of
 * it from X. After a right forward pass both are what the cache holds; but the grader's own caches
 * have an A that is not masked, for reasons that are no student's business.
 *
 * @param cache as the grader made it, W1 … b3 among it
 */
export function rebuilt(
  { X, keep_prob, given }: Pick<BackwardQuestion, "X" | "keep_prob" | "given">,
  cache: Record<string, Block>,
): Given[] {
  const of = (key: string) => cache[key] ?? B.block(0, 0, () => 0);
  const dropped = (Z: Block, D: Block) => B.scaled(B.times(B.relu(Z), D), 1 / keep_prob);
  const { D1, D2 } = given;
  const Z1 = B.linear(of("W1"), X, of("b1"));
  const A1 = dropped(Z1, D1);
  const Z2 = B.linear(of("W2"), A1, of("b2"));
  const A2 = dropped(Z2, D2);
  const A3 = B.sigmoid(B.linear(of("W3"), A2, of("b3")));
  return [
    { ...given, A1, A2: dropped(given.Z2, D2) },
    { ...given, A1, Z2, A2, A3 },
  ];
}

/**
 * The results of a run, with the grader's caches taken as they are to a program that makes A anew,
 * where it is right about all of them so, and about the caches of its own forward pass.
 */
export function orRebuilt(run: Run, results: readonly BackwardResult[]): readonly BackwardResult[] {
  const own = results.filter((_, k) => run[k]?.asked.question.cache === "own");
  if (own.length === 0 || !own.every(isRight) || results.every(isRight)) return results;
  for (const which of [0, 1]) {
    const other = run.map(({ asked: { question }, outcome }, k) => {
      const given = question.rebuilt?.()[which];
      return given ? measureBackward({ ...question, given }, outcome) : results[k];
    });
    const all = other.flatMap((result) => result ?? []);
    if (all.every(isRight)) return all;
  }
  return results;
}

function isRight(result: BackwardResult): boolean {
  return result.ok && hasRightGradients(result.measure);
}

function hasRightGradients({ gradients, delta }: BackwardMeasure): boolean {
  return delta.state !== "wrong" && Object.values(gradients).every((g) => g.state === "right");
}
