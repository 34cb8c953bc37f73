import { fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Graded, GraderOptions } from "../model/grader.ts";
import { laneReplySchema } from "./lane-messages.ts";
import type { LaneReply, LaneRequest } from "./lane-messages.ts";

/** The grader failed on a submission; the submission did not. */
class LaneFault extends Error {
  override name = "LaneFault";
}

/** A process of its own that grades one submission at a time. It starts when it is first needed. */
export interface Lane {
  /** @throws LaneFault */
  grade(path: string, seed: string): Promise<Graded>;
  /** Ends it at once, also in the middle of something. */
  close(): void;
}

/** The sandbox keeps to `totalMs` by itself. This is for when it does not; starting takes a while too. */
const SLACK_MS = 60_000;
const STDERR_CHARS = 2000;

/** @param entry the built `lane-process.js` */
export function openLane(
  options: GraderOptions,
  entry = new URL("./lane-process.js", import.meta.url),
): Lane {
  let child: ChildProcess | undefined;
  let closed = false;
  const end = (): void => {
    child?.kill("SIGKILL");
    child = undefined;
  };
  return {
    grade: async (path, seed) => {
      if (closed) throw new LaneFault("the run was stopped");
      child ??= start(options, entry);
      const patience = 2 * options.limits.totalMs + SLACK_MS;
      try {
        const reply = await ask(child, { kind: "grade", path, seed }, patience);
        if (reply.kind === "graded") return reply.graded;
        throw new LaneFault(reply.message);
      } catch (error) {
        // After a fault nobody knows what state it is in.
        end();
        throw error;
      }
    },
    close: () => {
      closed = true;
      end();
    },
  };
}

function start(options: GraderOptions, entry: URL): ChildProcess {
  const child = fork(fileURLToPath(entry), [], {
    // Nothing of the instructor's environment, least of all a secret.
    env: process.env["SystemRoot"] === undefined ? {} : { SystemRoot: process.env["SystemRoot"] },
    execArgv: [],
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  child.send({ kind: "open", options } satisfies LaneRequest);
  return child;
}

function ask(child: ChildProcess, request: LaneRequest, patience: number): Promise<LaneReply> {
  return new Promise((resolve, reject) => {
    let complaint = "";
    const hear = (chunk: Buffer): void =>
      void (complaint = `${complaint}${chunk.toString()}`.slice(-STDERR_CHARS));
    const settle = (end: () => void): void => {
      clearTimeout(timer);
      child.off("message", take).off("exit", exited).off("error", failed);
      child.stderr?.off("data", hear);
      end();
    };
    const fail = (message: string): void => settle(() => reject(new LaneFault(message)));
    const take = (message: unknown): void => {
      const reply = laneReplySchema.safeParse(message);
      if (reply.success) settle(() => resolve(reply.data));
      else
        fail(`the process that grades sent something else than a report: ${reply.error.message}`);
    };
    const exited = (code: number | null, signal: string | null): void =>
      fail(`the process that grades ended (${signal ?? `exit code ${code}`}). ${complaint}`.trim());
    const failed = (error: Error): void => fail(error.message);
    const timer = setTimeout(() => fail(`no verdict after ${patience / 1000} seconds`), patience);
    child.on("message", take).on("exit", exited).on("error", failed);
    child.stderr?.on("data", hear);
    child.send(request, (error) => {
      if (error !== null) failed(error);
    });
  });
}
