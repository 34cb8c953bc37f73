import type { Clue } from "../model/diagnosis.ts";
import type { FailedCall } from "../model/measurement.ts";
import type { CallOutcome } from "../model/observation.ts";

/** A call that gave nothing to measure, as a sentence. `worked` is how many other calls did. */
export function failureWords({ outcome, what, keep_prob }: FailedCall, worked: number): string {
  const when =
    worked > 0 ? ` (with keep_prob ${keep_prob}; ${worked} other calls went through)` : "";
  switch (outcome.kind) {
    case "returned":
      return `It returned ${what ?? "something else than was asked for"}${when}.`;
    case "threw":
      return `It stopped with ${outcome.name}: ${outcome.message}${when}`;
    case "timed-out":
      return `It did not come to an end within its time${when}.`;
    case "out-of-memory":
      return `It used up all the memory it may have${when}.`;
    case "stack-overflow":
      return `It called itself until the stack was full${when}.`;
    case "crashed":
      return `It broke the sandbox it runs in: ${outcome.message}${when}.`;
    case "skipped":
      return `It was not run again, since ${outcome.because}${when}.`;
  }
}

/** Where a call stopped, if it is known. */
export function placeOf(outcome: CallOutcome): Clue[] {
  return "at" in outcome && outcome.at
    ? [{ kind: "place", location: outcome.at, stopped: true }]
    : [];
}
