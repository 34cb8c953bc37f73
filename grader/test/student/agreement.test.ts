import { join } from "node:path";
import { Matrix } from "ml-matrix";
import { afterAll, describe, expect, test } from "vitest";
import type * as Grade from "../../src/grade.ts";
import type * as CallProgram from "../../src/in-process/call-program.ts";
import type * as OwnGrader from "../../src/in-process/own-grader.ts";
import type { Graded } from "../../src/model/grader.ts";
import { corpus, pathOf } from "./corpus.ts";

// As a student runs it: from what was built, beside which the worker lies.
const built = new URL("../../dist/", import.meta.url);
const load = async (file: string): Promise<unknown> => import(new URL(file, built).href);
const { openRealSandbox, ownGrader, usualOptions } = (await load(
  "in-process/own-grader.js",
)) as typeof OwnGrader;
const { programCaller } = (await load("in-process/call-program.js")) as typeof CallProgram;
const { openGraderOn } = (await load("grade.js")) as typeof Grade;

const SEED = "agreement";
/** Set for the whole corpus, which takes minutes; otherwise every so many-th program. */
const WHOLE = process.env["WHOLE_CORPUS"] === "1";
const EVERY = 12;
const programs = corpus().filter((_, index) => WHOLE || index % EVERY === 0);

const sandbox = openRealSandbox();
const grader = openGraderOn(sandbox, usualOptions());
afterAll(() => sandbox.close());

let calls = 0;

async function gradeInProcess(program: string): Promise<Graded> {
  const own = ownGrader(sandbox, async () => {
    const module = { ...(await import(join(pathOf(program), "src", "dropout.ts"))) };
    const makeCalls = programCaller({ module, Matrix, callMs: 1000 });
    return async (asked) => {
      const observed = makeCalls(asked);
      calls += observed.filter(({ sure }) => sure).length;
      return observed;
    };
  });
  return own.grade(pathOf(program), SEED);
}

/** All of a report but what the program printed: here it goes to the terminal. */
function verdictOf({ report }: Graded): unknown {
  const { console: _, ...verdict } = report;
  return verdict;
}

describe("a program that runs as a module of its own gets the marks and messages of `grade`", () => {
  test.each(programs)("%s", async (program) => {
    expect(verdictOf(await gradeInProcess(program))).toEqual(
      verdictOf(await grader.grade(pathOf(program), SEED)),
    );
  });

  test("and it is the module that is called, not the sandbox", () => {
    expect(calls).toBeGreaterThan(programs.length * 20);
  });
});
