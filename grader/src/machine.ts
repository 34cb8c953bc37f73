import type { ProbeResult } from "./model/machine.ts";
import { startEarly } from "./sandbox/open-sandbox.ts";
import { probeMachine } from "./sandbox/probe.ts";

const WORKER = new URL("./worker.js", import.meta.url);

/** Tries on this machine, with this build, what running strangers' code relies on. */
export function probeThisMachine(): Promise<ProbeResult[]> {
  return probeMachine({ workerUrl: WORKER });
}

/**
 * Starts the sandbox's worker before the pipeline that will use it is loaded. What it returns
 * ends the worker where nothing has used it.
 */
export function startSandbox(): () => Promise<void> {
  return startEarly(WORKER);
}
