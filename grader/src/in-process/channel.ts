/**
 * The talk between a test's thread, which has the student's module, and vitest's own thread, which
 * keeps a sandbox and the judge loaded from one run of the tests to the next.
 */

import { BroadcastChannel } from "node:worker_threads";
import type { Call } from "../model/observation.ts";
import type { Graded } from "../model/grader.ts";
import type { Observed } from "./call-program.ts";

/** What vitest's own thread provides to the tests. */
export interface Warm {
  /** The channel on which `GradeRequest`s are heard. */
  channel: string;
  /** A debugger may hold up the program, so its calls have no time limit. */
  debugging: boolean;
}

/** `answers` names the channel on which the rest is talked about. */
export interface GradeRequest {
  folder: string;
  seed: string;
  answers: string;
}

/** From vitest's thread to the test's. The last two end the talk. */
export type Question =
  | { kind: "load" }
  | { kind: "calls"; calls: readonly Call[] }
  | { kind: "graded"; graded: Graded }
  | { kind: "fault"; message: string };

/** From the test's thread to vitest's. */
export type Answer = { kind: "loaded" } | { kind: "observed"; observed: Observed[] };

/** The key under which vitest hands `Warm` on. */
export const WARM = "dropout-grader";

/** One end of a channel. */
export interface Channel<Out> {
  say(message: Out): void;
  close(): void;
}

/** Opens a channel. What is heard on it is what our own other end says. */
export function openChannel<Out>(name: string, hear: (message: unknown) => void): Channel<Out> {
  const channel = new BroadcastChannel(name);
  channel.onmessage = (event) => hear((event as { data: unknown }).data); // a MessageEvent
  return { say: (message) => channel.postMessage(message), close: () => channel.close() };
}

declare module "vitest" {
  interface ProvidedContext {
    [WARM]: Warm;
  }
}
