import type { Program } from "../program.ts";
import { bundle } from "../run/bundle.ts";
import { compile, type Instance } from "../run/instance.ts";
import { finiteDifferences } from "./finite-differences.ts";
import { course2017, course2021 } from "./published.ts";

/** What an instructor would use instead of a grader. */
export const BASELINES = {
  "course's tests, 2021": course2021,
  "course's tests, 2017": course2017,
  "finite differences": finiteDifferences,
} satisfies Record<string, (instance: Instance) => boolean>;

export type BaselineName = keyof typeof BASELINES;

/** Whether each of them accepts the program; one that throws is not accepted. */
export async function accepts(program: Program): Promise<Record<BaselineName, boolean>> {
  const fresh = await bundle(program).then(compile, () => undefined);
  const accepted = Object.entries(BASELINES).map(([name, check]) => {
    try {
      return [name, fresh !== undefined && check(fresh())] as const;
    } catch {
      return [name, false] as const;
    }
  });
  // The entries are those of BASELINES.
  return Object.fromEntries(accepted) as Record<BaselineName, boolean>;
}
