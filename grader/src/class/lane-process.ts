/**
 * The entry of a lane: a process that grades one submission after another for `grade class`.
 * Whatever a submission does, it can end no more than this process; the class goes on in another.
 */

import { setFlagsFromString } from "node:v8";
import { openGrader } from "../grade.ts";
import type { Grader } from "../model/grader.ts";
import type { LaneReply, LaneRequest } from "./lane-messages.ts";

/**
 * How V8 is kept from optimising what gains nothing by it. An engine that does not know one of these
 * says so on stderr and goes on.
 *
 * - TypeScript's checker is a single very large function, called once for every submission. After some
 *   hundreds of them V8 would optimise it, at the cost of seconds and memory. No function that runs
 *   long is nearly as large: this is a limit in bytes of bytecode.
 * - Every submission is other code, read and judged by other parts of the grader, so V8 goes on
 *   optimising and throwing away. It begins nine times later than it would: what is hot in all of them
 *   comes to it all the same. Measured: an eighth less of processor time for each submission.
 */
const ENGINE_FLAGS = ["--max-optimized-bytecode-size=20000", "--interrupt-budget=600000"];
for (const flag of ENGINE_FLAGS) setFlagsFromString(flag);

let grader: Grader | undefined;

async function answer(request: LaneRequest): Promise<LaneReply | undefined> {
  if (request.kind === "open") {
    grader = openGrader(request.options);
    return undefined;
  }
  try {
    if (grader === undefined) throw new Error("asked to grade before it was opened");
    return { kind: "graded", graded: await grader.grade(request.path, request.seed) };
  } catch (error) {
    return {
      kind: "fault",
      message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    };
  }
}

async function reply(request: LaneRequest): Promise<void> {
  const message = await answer(request);
  if (message !== undefined) process.send?.(message);
}

process.on("message", (request: LaneRequest) => void reply(request));

// The parent is gone, or has no more to do.
process.on("disconnect", () => {
  // oxlint-disable-next-line no-process-exit -- a worker in a loop must not keep the process alive.
  process.exit(0);
});

// Ctrl-C reaches every process of the terminal; the parent decides when a lane ends.
process.on("SIGINT", () => undefined);
