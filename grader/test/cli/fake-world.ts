import type { World } from "../../src/commands/world.ts";
import { main } from "../../src/commands/main.ts";
import type { ProbeResult } from "../../src/model/machine.ts";
import type { Graded, GraderOptions } from "../../src/model/grader.ts";
import { gradedWith } from "../report/samples.ts";

/** What one run of the command line did. */
export interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
  /** What the pipeline was opened with; nothing where it was not loaded. */
  opened: GraderOptions[];
  /** Paths and seeds, in the order in which they were graded. */
  graded: [path: string, seed: string][];
  closed: number;
}

/** A world in which the pipeline gives prepared answers. */
export interface Setting {
  /** The answer for a path; full marks unless said otherwise. */
  grade?: (path: string, seed: string) => Graded;
  env?: NodeJS.ProcessEnv;
  isTTY?: boolean;
  /** What the probes of the machine give. */
  probes?: ProbeResult[];
  /** Nobody reads any more once this much has been written. */
  readerLeavesAfter?: number;
}

/** Full marks for the path, or the given change of that. */
export function gradedAt(path: string, change: Parameters<typeof gradedWith>[0] = {}): Graded {
  return gradedWith({ submission: { path, files: [] }, ...change });
}

/** Runs `grade …words` in a world of our own. */
export async function run(words: readonly string[], setting: Setting = {}): Promise<Outcome> {
  const outcome: Outcome = { code: -1, stdout: "", stderr: "", opened: [], graded: [], closed: 0 };
  outcome.code = await main(words, worldFor(outcome, setting));
  return outcome;
}

function worldFor(outcome: Outcome, setting: Setting): World {
  const answer = setting.grade ?? ((path: string, seed: string) => gradedAt(path, { seed }));
  return {
    stdout: {
      write: (text) => (outcome.stdout += text),
      ...(setting.isTTY === true ? { isTTY: true } : {}),
    },
    stderr: { write: (text) => (outcome.stderr += text) },
    env: setting.env ?? {},
    isClosed: () => outcome.stdout.length > (setting.readerLeavesAfter ?? Infinity),
    freshSeed: () => "fresh",
    version: () => "9.8.7",
    probeMachine: async () => setting.probes ?? [],
    loadPipeline: async () => ({
      openGrader: (options) => {
        outcome.opened.push(options);
        return {
          grade: async (path, seed) => {
            outcome.graded.push([path, seed]);
            return answer(path, seed);
          },
          close: async () => void (outcome.closed += 1),
        };
      },
    }),
  };
}
