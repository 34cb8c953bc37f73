/** A call that is the first of all, for what a program remembers of those before. */

import type { Call, CallOutcome } from "../model/observation.ts";
import type { Session } from "../model/session.ts";

/**
 * What comes of a call in an instance that has made no other. Its numbers are the same, those from
 * `Math.random` as well. The instance is the one that shows lines later, so it costs a right program nothing.
 */
export async function askAlone(session: Session, call: Call): Promise<CallOutcome | undefined> {
  const [trace] = await session.trace([call]);
  return trace?.outcome;
}
