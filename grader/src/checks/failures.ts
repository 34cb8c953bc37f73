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
      return `It stopped with ${outcome.name}: ${outcome.message}${when}${elsewhere(outcome)}`;
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

/** What a program may know from Node or a browser, as an engine says that it does not know it. */
const OF_A_HOST =
  /'(Buffer|Date|Intl|URL|crypto|document|fetch|navigator|performance|process|require|set(Immediate|Interval|Timeout)|window)' is not defined/u;

function elsewhere({ message }: { message: string }): string {
  return OF_A_HOST.test(message)
    ? ". There is no clock, timer, file or network where the grader runs a program: only the language, `ml-matrix` and `console`."
    : "";
}

/** Where a call stopped, if it is known. */
export function placeOf(outcome: CallOutcome): Clue[] {
  return "at" in outcome && outcome.at
    ? [{ kind: "place", location: outcome.at, stopped: true }]
    : [];
}
