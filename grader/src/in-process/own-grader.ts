import { RUBRIC } from "../assignment/rubric.ts";
import { openGraderOn } from "../grade.ts";
import type { Grader, GraderOptions } from "../model/grader.ts";
import { limitsSchema } from "../model/limits.ts";
import type { CheckId } from "../model/rubric.ts";
import type { Sandbox } from "../model/session.ts";
import { openSandbox } from "../sandbox/open-sandbox.ts";
import { inProcessSandbox } from "./in-process-sandbox.ts";
import type { LoadProgram } from "./in-process-sandbox.ts";

/** The sandbox that reads the source, and that is asked where a call does not return. */
export function openRealSandbox(): Sandbox {
  return openSandbox({ workerUrl: new URL("../worker.js", import.meta.url) });
}

/** A grader whose calls run in the process that has the program as its own module. */
export function ownGrader(real: Sandbox, load: LoadProgram): Grader {
  return openGraderOn(inProcessSandbox(real, load), usualOptions());
}

/** The rubric's points and the usual limits. */
export function usualOptions(): GraderOptions {
  // `fromEntries` forgets the keys' type; RUBRIC has a row for every check, as its test says.
  const points = Object.fromEntries(RUBRIC.map((row) => [row.id, row.points])) as Record<
    CheckId,
    number
  >;
  return { limits: limitsSchema.parse({}), points };
}
