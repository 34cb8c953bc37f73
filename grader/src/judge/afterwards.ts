/** Forward once more after everything else, with arguments and numbers that it has had before. */

import * as B from "../assignment/block.ts";
import type { Session } from "../model/session.ts";
import { measureForward } from "./forward-call.ts";
import { forwardCall, REPEATED, type ForwardRun } from "./forward.ts";
import { samePatterns } from "./patterns.ts";

/** What `predict` switches off, for one, stays off. Nothing where forward is not the same twice anyway. */
export async function isSteady(session: Session, run: ForwardRun): Promise<boolean | undefined> {
  const { measures, repeatable } = run.summary;
  const scenario = run.scenarios.get(REPEATED);
  const before = measures.find(({ id }) => id === REPEATED);
  if (repeatable !== true || !scenario || !before) return undefined;
  const call = { ...forwardCall(scenario), id: `${REPEATED}-afterwards`, randomOf: REPEATED };
  const [outcome] = await session.run([call]);
  const result = outcome && measureForward(scenario, outcome);
  if (!result?.ok || before.notFinite.length > 0) return undefined;
  const { outputOwn } = result.measure;
  const isSame = !outputOwn || !before.outputOwn || B.close(outputOwn, before.outputOwn);
  return isSame && samePatterns(before, result.measure);
}
