import type { ProbeResult } from "./model/machine.ts";
import { probeMachine } from "./sandbox/probe.ts";

const WORKER = new URL("./worker.js", import.meta.url);

/** Tries on this machine, with this build, what running strangers' code relies on. */
export function probeThisMachine(): Promise<ProbeResult[]> {
  return probeMachine({ workerUrl: WORKER });
}
