import type { Sandbox } from "../model/session.ts";
import { openSession } from "./session.ts";
import type { Exclusive } from "./session.ts";
import { supervise } from "./supervisor.ts";
import { assureMachine } from "./trust.ts";

export { SandboxFault } from "./supervisor.ts";

/**
 * Starts a worker thread in which submissions are read and run. Returns at once; the first `open`
 * waits for the worker, and is refused on a machine on which the sandbox does not hold.
 *
 * @param workerUrl the built `worker.js`
 */
export function openSandbox({ workerUrl }: { workerUrl: URL }): Sandbox {
  const supervisor = supervise(workerUrl);
  let last: Promise<unknown> = Promise.resolve();
  const exclusive: Exclusive = (task) => {
    const result = last.then(task);
    last = result.catch(() => undefined);
    return result;
  };
  let assured: Promise<void> | undefined;
  return {
    open: async (submission, limits) => {
      assured ??= assureMachine(workerUrl);
      await assured;
      return openSession({ submission, limits, supervisor, exclusive });
    },
    close: () => supervisor.close(),
  };
}
