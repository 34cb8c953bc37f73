import type { Sandbox } from "../model/session.ts";
import { openSession } from "./session.ts";
import type { Exclusive } from "./session.ts";
import { supervise } from "./supervisor.ts";
import type { Supervisor } from "./supervisor.ts";
import { assureMachine } from "./trust.ts";

export { SandboxFault } from "./supervisor.ts";

/** Workers that were started before anything was there to use them, by their URL. */
const early = new Map<string, Supervisor>();

/**
 * Starts the worker that the next `openSandbox` of the same URL will use, so that it loads while
 * this thread does. Where none follows, what it returns ends it: it keeps the process alive.
 */
export function startEarly(workerUrl: URL): () => Promise<void> {
  if (!early.has(workerUrl.href)) early.set(workerUrl.href, supervise(workerUrl));
  return async () => takeEarly(workerUrl)?.close();
}

function takeEarly({ href }: URL): Supervisor | undefined {
  const supervisor = early.get(href);
  early.delete(href);
  return supervisor;
}

/**
 * Starts a worker thread in which submissions are read and run. Returns at once; the first `open`
 * waits for the worker, and is refused on a machine on which the sandbox does not hold.
 *
 * @param workerUrl the built `worker.js`
 */
export function openSandbox({ workerUrl }: { workerUrl: URL }): Sandbox {
  const supervisor = takeEarly(workerUrl) ?? supervise(workerUrl);
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
