import { RUBRIC } from "../assignment/rubric.ts";
import type { Config } from "../model/config.ts";
import type { GraderOptions } from "../model/grader.ts";
import type { CheckId } from "../model/rubric.ts";
import type { TypedOptions } from "./options.ts";
import { WrongCall } from "./wrong-call.ts";

/** What a run works with, once the command line and the configuration are put together. */
export interface Settings {
  grader: GraderOptions;
  seed: string;
  minScore: number;
}

/** The command line wins over the configuration, and both over the rubric. @throws WrongCall */
export function settle(
  options: Pick<TypedOptions, "only" | "minScore" | "seed" | "walk">,
  config: Config,
  freshSeed: () => string,
): Settings {
  const { only } = options;
  const points = pointsOf(config);
  const fullMarks = RUBRIC.filter(({ id }) => only?.includes(id) ?? true).reduce(
    (sum, { id }) => sum + points[id],
    0,
  );
  if (fullMarks === 0)
    throw new WrongCall("there is nothing to grade: the checks that count carry no points.");
  const minScore = options.minScore ?? config.minScore ?? fullMarks;
  if (minScore > fullMarks) {
    throw new WrongCall(
      `the score asked for is ${minScore}, and full marks are ${fullMarks}: nobody can reach it.`,
    );
  }
  const grader = {
    ...{ limits: config.limits, points },
    ...(only === undefined ? {} : { only }),
    ...(options.walk === true ? { walk: true } : {}),
  };
  return { grader, seed: options.seed ?? config.seed ?? freshSeed(), minScore };
}

function pointsOf(config: Config): Record<CheckId, number> {
  const entries = RUBRIC.map(({ id, points }) => [id, config.points?.[id] ?? points] as const);
  // `fromEntries` forgets the keys' type; RUBRIC has a row for every check, as its test says.
  return Object.fromEntries(entries) as Record<CheckId, number>;
}
