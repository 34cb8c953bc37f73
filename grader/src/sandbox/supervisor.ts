import { Worker } from "node:worker_threads";
import { startAllowance } from "./allowance.ts";
import { narrowReply } from "./narrow.ts";
import type { Reply, Request } from "./messages.ts";

/** Starting takes 0.3 s; a slow machine gets a hundred times that. */
export const START_MS = 30_000;

/** Between two looks at how long something has taken. */
const SHORTEST_WAIT_MS = 20;

/** 16 MiB of stack are twice what the engine's own limit of 256 KiB needs. See engine.ts. */
const RESOURCE_LIMITS = {
  stackSizeMb: 16,
  maxOldGenerationSizeMb: 256,
  maxYoungGenerationSizeMb: 32,
};

/** The grader itself is at fault, not the submission. */
export class SandboxFault extends Error {
  override name = "SandboxFault";
}

/** How an exchange ended. In all but `done` the worker is gone, and another is being started. */
export type Ending = "done" | "overran" | "out-of-memory" | "died";

export interface Exchange {
  request: Request;
  /** Takes a reply; true where it is the last one. */
  take: (reply: Reply) => boolean;
  /** Milliseconds that the next reply may take, as in `Allowance`; asked again after each. */
  patience: () => number;
}

export interface Supervisor {
  exchange(exchange: Exchange): Promise<Ending>;
  /** Sends something that needs no answer. */
  tell(request: Request): void;
  /** Counts workers: what a worker before this one held is gone. */
  generation(): number;
  /** Waits for a worker that is ready. */
  ready(): Promise<void>;
  close(): Promise<void>;
}

/** A worker thread and what is being asked of it. */
interface Crew {
  worker: Worker;
  started: Promise<Ending>;
  listen: ((event: Reply | Exclude<Ending, "done">) => void) | undefined;
}

/** @param eager load the compiler before saying "ready"; a worker that takes over may not need it */
function hire(workerUrl: URL, eager: boolean): Crew {
  const worker = new Worker(workerUrl, {
    workerData: { eager },
    env: {},
    execArgv: [],
    stdout: true,
    stderr: true,
    resourceLimits: RESOURCE_LIMITS,
  });
  worker.stdout.resume();
  worker.stderr.resume();
  worker.unref();
  const crew: Crew = { worker, started: Promise.resolve("died"), listen: undefined };
  worker.on("message", (message: unknown) => {
    const reply = narrowReply(message);
    crew.listen?.(reply ?? "died");
  });
  worker.on("error", (error: Error & { code?: unknown }) => {
    crew.listen?.(error.code === "ERR_WORKER_OUT_OF_MEMORY" ? "out-of-memory" : "died");
  });
  worker.on("exit", () => crew.listen?.("died"));
  crew.started = attend(crew, {
    take: (reply) => reply.kind === "ready",
    patience: () => START_MS,
  });
  return crew;
}

/** Listens to a worker until the last reply, its end, or the end of patience. */
function attend(crew: Crew, { take, patience }: Omit<Exchange, "request">): Promise<Ending> {
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined;
    let allowed = { since: startAllowance(), ms: 0 };
    const settle = (end: () => void): void => {
      clearTimeout(timer);
      crew.listen = undefined;
      end();
    };
    const wait = (ms: number): void => {
      timer = setTimeout(look, Math.max(ms, SHORTEST_WAIT_MS));
    };
    // Replies that arrived while this thread was busy come before the verdict that there are none.
    const look = (): void => {
      timer = undefined;
      setImmediate(() => {
        if (timer !== undefined || crew.listen === undefined) return;
        if (allowed.since.isOver(allowed.ms)) settle(() => resolve("overran"));
        else wait(allowed.ms - allowed.since.taken());
      });
    };
    const restart = (): void => {
      clearTimeout(timer);
      allowed = { since: startAllowance(), ms: patience() };
      wait(allowed.ms);
    };
    crew.listen = (event) => {
      if (typeof event === "string") return settle(() => resolve(event));
      if (event.kind === "fault") return settle(() => reject(new SandboxFault(event.message)));
      if (take(event)) settle(() => resolve("done"));
      else restart();
    };
    restart();
  });
}

/** Keeps one worker thread, ends it when it overruns, and starts another ahead of need. */
export function supervise(workerUrl: URL): Supervisor {
  let crew = hire(workerUrl, true);
  let generation = 0;
  let closed = false;
  const replace = async (): Promise<void> => {
    await crew.worker.terminate();
    if (closed) return;
    generation += 1;
    crew = hire(workerUrl, false);
  };
  const ready = async (): Promise<void> => {
    if (closed) throw new SandboxFault("the sandbox has been closed");
    const ending = await crew.started;
    if (ending !== "done") throw new SandboxFault(`the sandbox did not start (${ending})`);
  };
  return {
    ready,
    generation: () => generation,
    tell: (request) => crew.worker.postMessage(request),
    exchange: async (exchange) => {
      await ready();
      crew.worker.postMessage(exchange.request);
      const { request, take, patience } = exchange;
      const isMine = (reply: Reply): boolean => "run" in reply && reply.run === request.run;
      const ending = await attend(crew, {
        take: (reply) => isMine(reply) && take(reply),
        patience,
      });
      if (ending !== "done") await replace();
      return ending;
    },
    close: async () => {
      closed = true;
      await crew.worker.terminate();
    },
  };
}
