/** From findings to points. */

import { RUBRIC } from "../assignment/rubric.ts";
import type { CheckResult, Finding } from "../model/report.ts";
import type { CheckId } from "../model/rubric.ts";
import type { FunctionName } from "../model/submission.ts";
import type { Measurements } from "../model/measurement.ts";
import { CHECKS } from "./index.ts";

/** By check: what has to be repaired before it can be judged. */
export type Blocked = ReadonlyMap<CheckId, string>;

export interface Marking {
  points: Record<CheckId, number>;
  /** Only these checks count; all nine where it is absent. */
  only?: readonly CheckId[];
}

/** All or none for each check: failed for an essential finding, blocked, or passed. */
export function score(
  findings: readonly Finding[],
  blocked: Blocked,
  { points, only }: Marking,
): CheckResult[] {
  return RUBRIC.filter(({ id }) => only?.includes(id) ?? true).map(({ id, title }) => {
    const maxPoints = points[id];
    const blockedBy = blocked.get(id);
    const isFailed = findings.some(
      (f) => f.check === id && f.kind === "essential" && f.id !== blockedBy,
    );
    if (isFailed) return { id, title, points: 0, maxPoints, status: "failed" };
    if (blockedBy !== undefined)
      return { id, title, points: 0, maxPoints, status: "blocked", blockedBy };
    return { id, title, points: maxPoints, maxPoints, status: "passed" };
  });
}

/** The check in which it shows that a function cannot be measured at all. */
const WHOLE_FUNCTION: Record<FunctionName, CheckId> = {
  forward_propagation_with_dropout: "forward.network",
  backward_propagation_with_dropout: "backward.gradients",
  predict: "predict.labels",
};

export function checkOfFunction(fn: FunctionName): CheckId {
  return WHOLE_FUNCTION[fn];
}

export function checksOfFunction(fn: FunctionName): CheckId[] {
  return RUBRIC.filter((row) => row.fn === fn).map((row) => row.id);
}

/** What cannot be judged, since something else has to be repaired first. */
export function blockedChecks(
  m: Measurements,
  findings: readonly Pick<Finding, "id" | "check" | "kind">[],
): Map<CheckId, string> {
  const blocked = new Map<CheckId, string>();
  for (const check of CHECKS) {
    const by = check.blockedBy?.(m);
    if (by) blocked.set(check.id, toRepairFirst(by, findings));
  }
  for (const fn of unmeasured(m)) {
    const own = WHOLE_FUNCTION[fn];
    const notStarted = findings.find((f) => f.check === own && f.id === "not-started");
    for (const id of checksOfFunction(fn)) {
      if (notStarted) blocked.set(id, notStarted.id);
      else if (id !== own) blocked.set(id, own);
    }
  }
  return blocked;
}

/** A check that has passed blocks nothing: then it is the first of its function that has not. */
function toRepairFirst(by: CheckId, findings: readonly Pick<Finding, "check" | "kind">[]): CheckId {
  const hasFailed = (id: CheckId) =>
    findings.some(({ check, kind }) => check === id && kind === "essential");
  const fn = RUBRIC.find(({ id }) => id === by)?.fn;
  const others = RUBRIC.filter((row) => row.fn === fn).map(({ id }) => id);
  return hasFailed(by) ? by : (others.find(hasFailed) ?? by);
}

/** Functions that were called and gave nothing to measure. */
function unmeasured({ forward, backward, predict }: Measurements): FunctionName[] {
  const empty: FunctionName[] = [];
  if (forward?.measures.length === 0) empty.push("forward_propagation_with_dropout");
  if (backward?.measures.length === 0) empty.push("backward_propagation_with_dropout");
  if (predict?.returns === "nothing") empty.push("predict");
  return empty;
}
