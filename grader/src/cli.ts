import { randomBytes } from "node:crypto";
import { main } from "./commands/main.ts";
import type { World } from "./commands/world.ts";
import { graderVersion } from "./version.ts";

const INTERRUPTED = 130;
const GRADER_FAILED = 3;

let isClosed = false;
let isDone = false;
let stopGently: (() => void) | undefined;

const world: World = {
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  isClosed: () => isClosed,
  freshSeed: () => randomBytes(4).toString("hex"),
  onInterrupt: (stop) => void (stopGently = stop),
  version: graderVersion,
  loadPipeline: () => import("./grade.ts"),
  probeMachine: async () => (await import("./machine.ts")).probeThisMachine(),
};

for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    isClosed = true;
  });
}

process.on("SIGINT", () => {
  if (stopGently !== undefined) {
    const stop = stopGently;
    stopGently = undefined;
    stop();
    return;
  }
  isDone = true;
  // The one place that does not wait: a worker may be in a loop that never ends.
  process.exit(INTERRUPTED);
});

// Whatever else ends the process early is the grader's fault, and never looks like a mark.
process.on("exit", () => {
  if (!isDone) process.exitCode = GRADER_FAILED;
});

process.exitCode = await main(process.argv.slice(2), world);
isDone = true;
