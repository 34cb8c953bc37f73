import type { Call, CallOutcome } from "../model/observation.ts";
import type { Sandbox, Session } from "../model/session.ts";
import type { Observed } from "./call-program.ts";

/** Makes calls in the process that has the program as its own module. */
export type MakeCalls = (calls: readonly Call[]) => Promise<Observed[]>;

/** Loads the program into that process, once it is known that it can be loaded. */
export type LoadProgram = () => Promise<MakeCalls>;

/**
 * A sandbox whose calls run elsewhere, in a process where a program is an ordinary module. The
 * real sandbox still reads the source, makes the traces, and is asked wherever a call did not
 * simply return, so that errors have the words and lines, and endings the names, of `grade`.
 */
export function inProcessSandbox(real: Sandbox, load: LoadProgram): Sandbox {
  return {
    close: () => real.close(),
    open: async (submission, limits) => {
      const session = await real.open(submission, limits);
      const { problems } = session.program;
      if (problems.some(({ fn }) => fn === undefined)) return session;
      return onProgram(session, await load());
    },
  };
}

function onProgram(session: Session, makeCalls: MakeCalls): Session {
  // Calls that the sandbox has not made. It makes them all, so that it is in the same state.
  let notMade: Call[] = [];
  return {
    ...session,
    run: async (calls) => {
      const observed = await makeCalls(calls);
      notMade.push(...calls);
      if (observed.every(({ sure }) => sure)) return observed.map(({ outcome }) => outcome);
      const checked = await session.run(notMade);
      notMade = [];
      return merge(observed, checked.slice(-calls.length));
    },
  };
}

function merge(observed: readonly Observed[], checked: readonly CallOutcome[]): CallOutcome[] {
  return observed.map(({ outcome, sure }, k) => (sure ? outcome : (checked[k] ?? outcome)));
}
