import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { Graded } from "../../src/model/grader.ts";
import { reporters } from "../../src/report/index.ts";
import { reveal, REVEALS } from "../../src/report/reveal.ts";
import { checksWith, gradedWith, NOT_STARTED, PLAIN, TWO_MISTAKES, UNGRADABLE } from "./samples.ts";

/*
 * None of the three publishes a schema that could be installed. These are written from their
 * documentation, strict, so that a key they do not know is seen.
 */

/** gradescope-autograders.readthedocs.io/en/latest/specs */
const visibility = z.enum(["hidden", "after_due_date", "after_published", "visible"]);
const textFormat = z.enum(["text", "html", "simple_format", "md", "ansi"]);
const gradescope = z.strictObject({
  score: z.number().optional(),
  execution_time: z.number().optional(),
  output: z.string().optional(),
  output_format: textFormat.optional(),
  test_output_format: textFormat.optional(),
  test_name_format: textFormat.optional(),
  visibility: visibility.optional(),
  stdout_visibility: visibility.optional(),
  extra_data: z.record(z.string(), z.unknown()).optional(),
  tests: z
    .array(
      z.strictObject({
        score: z.number(),
        max_score: z.number(),
        status: z.enum(["passed", "failed"]),
        name: z.string(),
        name_format: textFormat.optional(),
        number: z.string().optional(),
        output: z.string(),
        output_format: textFormat.optional(),
        tags: z.array(z.string()).optional(),
        visibility: visibility.optional(),
        extra_data: z.record(z.string(), z.unknown()).optional(),
      }),
    )
    .optional(),
});

/** exercism/docs, building/tooling/test-runners/interface.md */
const status = z.enum(["pass", "fail", "error"]);
const exercism = z
  .strictObject({
    version: z.literal(3),
    status,
    message: z.string().nullable(),
    tests: z.array(
      z.strictObject({
        name: z.string().min(1),
        test_code: z.string().min(1),
        status,
        message: z.string().nullable(),
        output: z.string().max(500).nullable().optional(),
        task_id: z.int().min(1).max(3),
      }),
    ),
  })
  .refine((results) => (results.message === null) === (results.status !== "error"));

/** exercism/docs, building/tooling/analyzers/interface.md */
const analysis = z.strictObject({
  summary: z.string().optional(),
  comments: z.array(
    z.strictObject({
      comment: z.string().regex(/^[a-z]+\.[a-z]+\.[a-z0-9_]+$/u),
      params: z.record(z.string(), z.string()),
      type: z.enum(["essential", "actionable", "informative", "celebratory"]),
    }),
  ),
});

/** PrairieLearn/PrairieLearn, docs/externalGrading.md */
const prairielearn = z.strictObject({
  gradable: z.boolean(),
  score: z.number().min(0).max(1).optional(),
  message: z.string().optional(),
  output: z.string().optional(),
  format_errors: z.array(z.string()).optional(),
  tests: z
    .array(
      z.strictObject({
        name: z.string(),
        description: z.string().optional(),
        points: z.number(),
        max_points: z.number(),
        message: z.string().optional(),
        output: z.string().optional(),
      }),
    )
    .optional(),
});

const SCHEMAS = { gradescope, exercism, "exercism-analysis": analysis, prairielearn };
const SAMPLES: Record<string, Graded> = {
  "full marks": gradedWith({}),
  "two mistakes": TWO_MISTAKES,
  "not started": NOT_STARTED,
  "not gradable": UNGRADABLE,
};
const CASES = (Object.keys(SCHEMAS) as (keyof typeof SCHEMAS)[]).flatMap((format) =>
  Object.keys(SAMPLES).flatMap((sample) =>
    REVEALS.map((level) => [format, sample, level] as const),
  ),
);

function made(format: keyof typeof SCHEMAS, graded: Graded): unknown {
  return JSON.parse(reporters[format].report(graded, PLAIN));
}

test.each(CASES)("%s: %s fits the documentation with --reveal %s", (format, sample, level) => {
  const graded = SAMPLES[sample] ?? gradedWith({});
  expect(SCHEMAS[format].parse(made(format, reveal(graded, level)))).toBeDefined();
});

describe("gradescope", () => {
  test("the score is the sum of the tests, and each failed test says why", () => {
    const { score, tests = [] } = gradescope.parse(made("gradescope", TWO_MISTAKES));
    expect(score).toBe(60);
    expect(tests.reduce((sum, one) => sum + one.score, 0)).toBe(60);
    expect(tests.filter((one) => one.status === "failed" && one.output === "")).toEqual([]);
  });

  test("a fault of the grader never becomes a mark", () => {
    expect(made("gradescope", UNGRADABLE)).not.toHaveProperty("score");
    expect(made("gradescope", UNGRADABLE)).not.toHaveProperty("tests");
    expect(made("prairielearn", UNGRADABLE)).toMatchObject({ gradable: false });
    expect(made("exercism", UNGRADABLE)).toMatchObject({ status: "error", tests: [] });
  });
});

describe("exercism", () => {
  test("pass, fail, and error where nothing ran", () => {
    expect(made("exercism", gradedWith({}))).toMatchObject({ status: "pass" });
    expect(made("exercism", TWO_MISTAKES)).toMatchObject({ status: "fail" });
    expect(made("exercism", NOT_STARTED)).toMatchObject({ status: "error" });
  });

  test("a blocked check did not pass", () => {
    const { tests } = exercism.parse(made("exercism", TWO_MISTAKES));
    expect(tests.map((one) => one.status)).toEqual([
      "pass",
      "pass",
      "fail",
      "pass",
      "fail",
      "fail",
      "pass",
      "pass",
      "pass",
    ]);
  });
});

test("prairielearn: the share of the points", () => {
  expect(made("prairielearn", TWO_MISTAKES)).toMatchObject({ gradable: true, score: 0.6 });
  const nothing = gradedWith({
    checks: checksWith({}).map((one) => ({ ...one, points: 0, maxPoints: 0 })),
    score: 0,
    maxScore: 0,
  });
  expect(made("prairielearn", nothing)).toMatchObject({ score: 0 });
});

describe("--reveal", () => {
  const all = JSON.stringify(TWO_MISTAKES.report);
  const [unscaled] = TWO_MISTAKES.report.findings;

  test.each([
    ["nothing", []],
    ["category", ["title"]],
    ["measured", ["title", "what"]],
    ["everything", ["title", "what", "why", "next"]],
  ] as const)("%s shows %j of a finding, and the score always", (level, shown) => {
    const { report } = reveal(TWO_MISTAKES, level);
    const text = JSON.stringify(report);
    for (const key of ["title", "what", "why", "next"] as const) {
      const words = JSON.stringify(unscaled?.[key]);
      expect(all).toContain(words);
      expect(text.includes(words)).toBe((shown as readonly string[]).includes(key));
    }
    expect(report.score).toBe(60);
    expect(text.includes('"location"')).toBe(level === "everything");
    expect(text.includes("Matrix { … }")).toBe(level === "everything");
  });

  test("what is left out is counted, in the report and in words", () => {
    expect(reveal(TWO_MISTAKES, "everything").report).not.toHaveProperty("notShown");
    expect(reveal(TWO_MISTAKES, "category").report.notShown).toEqual({ checks: 0, findings: 3 });
    expect(reveal(TWO_MISTAKES, "nothing").report.notShown).toEqual({ checks: 9, findings: 3 });
    expect(made("gradescope", reveal(TWO_MISTAKES, "nothing"))).toMatchObject({
      output:
        "Not shown, as your teacher chose: the outcome of 9 checks and details of 3 findings.",
    });
  });
});
