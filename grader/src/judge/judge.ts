/** Runs a submission on all scenarios and measures it. */

import type { Call } from "../model/observation.ts";
import type { Measurements } from "../model/measurement.ts";
import type { Session } from "../model/session.ts";
import type { FunctionName } from "../model/submission.ts";
import { isSteady } from "./afterwards.ts";
import { judgeBackward } from "./backward.ts";
import { shareAlone } from "./forward-alone.ts";
import { forwardCall, judgeForward, NO_FORWARD } from "./forward.ts";
import { judgePredict } from "./predict.ts";

export interface Judged {
  measurements: Measurements;
  /** The calls that were made, by id, for running one of them again. */
  calls: Map<string, Call>;
}

export async function judge(session: Session, seed: string): Promise<Judged> {
  const { program } = session;
  const can = (fn: FunctionName) => program.callable.includes(fn);
  const measurements: Measurements = { program };
  const calls = new Map<string, Call>();
  const forward = can("forward_propagation_with_dropout")
    ? await judgeForward(session, seed)
    : undefined;
  if (forward) {
    measurements.forward = forward.summary;
    forward.summary.rightAlone = await shareAlone(session, forward);
    for (const scenario of forward.scenarios.values())
      calls.set(scenario.id, forwardCall(scenario));
  }
  if (can("backward_propagation_with_dropout")) {
    const backward = await judgeBackward(session, seed, forward ?? NO_FORWARD);
    measurements.backward = backward.summary;
    for (const call of backward.calls) calls.set(call.id, call);
  }
  if (can("predict")) {
    const predict = await judgePredict(session, seed);
    measurements.predict = predict.summary;
    for (const call of predict.calls) calls.set(call.id, call);
    if (forward) forward.summary.steady = await isSteady(session, forward);
  }
  return { measurements, calls };
}
