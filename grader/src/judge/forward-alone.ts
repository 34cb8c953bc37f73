/** Whether forward keeps the right share of units before it has been called for others. */

import type { ForwardSummary } from "../model/measurement.ts";
import type { Session } from "../model/session.ts";
import { measureForward } from "./forward-call.ts";
import { forwardCall, type ForwardRun } from "./forward.ts";
import { keptShare } from "./told-apart.ts";

/** Asked where the share is wrong, of the call in which it is so most. */
export async function shareAlone(
  session: Session,
  { summary, scenarios }: Pick<ForwardRun, "summary" | "scenarios">,
): Promise<ForwardSummary["rightAlone"]> {
  const off = (p: { keep_prob: number; found: number }) => Math.abs(p.found - p.keep_prob);
  const [worst] = summary.pooled
    .filter((p) => p.keep_prob < 1 && off(p) > p.bound)
    .toSorted((a, b) => off(b) - off(a));
  // What draws by itself, or one coin for many, keeps now this share and now that.
  const isIndependent = summary.usesRng && summary.sharing.every((s) => s === "none");
  if (worst === undefined || !isIndependent) return undefined;
  const { id, keep_prob, bound } = worst;
  const scenario = scenarios.get(id);
  const outcome = scenario && (await session.alone(forwardCall(scenario)));
  const result = outcome && measureForward(scenario, outcome);
  if (!result?.ok) return undefined;
  const found = keptShare(result.measure.layers);
  return off({ keep_prob, found }) <= bound ? { keep_prob, found, before: worst.found } : undefined;
}
