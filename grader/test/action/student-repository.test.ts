import { execFileSync } from "node:child_process";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { repositoryOf } from "./repository.ts";
import { REPOSITORY, bundled, runStep } from "./runner.ts";
import type { Step } from "./runner.ts";

const callerSchema = z.looseObject({
  jobs: z.object({ grade: z.looseObject({ uses: z.string() }) }),
});
const calledSchema = z.looseObject({
  on: z.object({
    workflow_call: z.looseObject({
      inputs: z.record(z.string(), z.looseObject({ default: z.string() })),
    }),
  }),
  jobs: z.object({
    grade: z.looseObject({
      steps: z.array(z.looseObject({ uses: z.string(), with: z.record(z.string(), z.unknown()) })),
    }),
  }),
});
const actionSchema = z.looseObject({
  inputs: z.record(z.string(), z.looseObject({ default: z.string() })),
  runs: z.object({ main: z.string() }),
});

let action: ReturnType<typeof bundled>;
const removes: (() => void)[] = [];

beforeAll(() => {
  action = bundled();
  removes.push(() => action.remove());
});
afterAll(() => removes.forEach((remove) => remove()));

function emptyFolder(): string {
  const { folder, remove } = repositoryOf({});
  removes.push(remove);
  return folder;
}

function git(folder: string, ...words: string[]): string {
  const who = ["-c", "user.name=Alice", "-c", "user.email=alice@example.org"];
  return execFileSync("git", [...who, ...words], { cwd: folder, encoding: "utf8" }).trim();
}

/** A repository made from the starter, a branch with `change`, and the pull request's merge. */
function pullRequest(change: (folder: string) => void) {
  const origin = emptyFolder();
  cpSync(join(REPOSITORY, "starter"), origin, {
    recursive: true,
    filter: (from) => !/node_modules|[\\/]dist$/u.test(from),
  });
  git(origin, "init", "--quiet", "--initial-branch=main");
  git(origin, "add", ".");
  git(origin, "commit", "--quiet", "--message", "The starter");
  const base = git(origin, "rev-parse", "HEAD");
  git(origin, "checkout", "--quiet", "-b", "work");
  change(origin);
  git(origin, "add", ".");
  git(origin, "commit", "--quiet", "--allow-empty", "--message", "My work");
  const head = git(origin, "rev-parse", "HEAD");
  git(origin, "checkout", "--quiet", "main");
  git(origin, "merge", "--quiet", "--no-ff", "--message", "Merge", "work");
  const event = {
    action: "synchronize",
    number: 1,
    pull_request: { number: 1, head: { sha: head, repo: { fork: true } }, base: { sha: base } },
    repository: { full_name: "cs101/alice" },
  };
  return { origin, sha: git(origin, "rev-parse", "HEAD"), event };
}

/** `${{ inputs.name }}` with the called workflow's own defaults. */
function evaluated(text: unknown, inputs: Record<string, { default: string }>): string {
  return String(text).replace(/\$\{\{ inputs\.([\w-]+) \}\}/gu, (_, name: string) => {
    const input = inputs[name];
    if (input === undefined) throw new Error(`the workflow has no input ${name}`);
    return input.default;
  });
}

/** The steps of the student's workflow, followed through the workflow that it calls. */
async function runWorkflow({ origin, sha, event }: ReturnType<typeof pullRequest>): Promise<Step> {
  const yaml = (file: string): unknown => parse(readFileSync(file, "utf8"));
  const caller = callerSchema.parse(yaml(join(origin, ".github/workflows/grade.yml")));
  const { uses } = caller.jobs.grade;
  // The owner is for each class to fill in.
  const [, grader, file = ""] = /^([^/]+\/[^/]+)\/(.+)@v1$/u.exec(uses) ?? [];
  const called = calledSchema.parse(yaml(join(REPOSITORY, file)));
  const { inputs } = called.on.workflow_call;
  const workspace = emptyFolder();
  let last: Step | undefined;
  for (const step of called.jobs.grade.steps) {
    if (step.uses.startsWith("actions/checkout@")) {
      git(workspace, "clone", "--quiet", origin, ".");
      git(workspace, "checkout", "--quiet", sha);
      continue;
    }
    expect(step.uses).toBe(`${grader}/.github/actions/grade@v1`);
    const meta = actionSchema.parse(yaml(join(REPOSITORY, ".github/actions/grade/action.yml")));
    const given = Object.entries(step.with).map(([name, text]) => [name, evaluated(text, inputs)]);
    const defaults = Object.entries(meta.inputs).map(([name, input]) => [name, input.default]);
    const main = join(action.folder, meta.runs.main.replace("dist/", ""));
    const env = {
      GITHUB_EVENT_NAME: "pull_request",
      GITHUB_REF: "refs/pull/1/merge",
      GITHUB_SHA: sha,
      GITHUB_WORKFLOW_REF: "cs101/alice/.github/workflows/grade.yml@refs/pull/1/merge",
    };
    const all = { ...Object.fromEntries(defaults), ...Object.fromEntries(given) };
    last = await runStep(main, { workspace, inputs: all, env, event });
  }
  if (last === undefined) throw new Error("the workflow has no step");
  return last;
}

describe("a pull request in a repository made from the starter", () => {
  test("untouched: where to begin, and no file is flagged", async () => {
    const step = await runWorkflow(pullRequest(() => undefined));
    expect(step.code).toBe(1);
    expect(step.outputs).toMatchObject({ score: "0", "changed-files": "[]" });
    expect(step.summary).toContain("Nothing is wrong: this is where to begin.");
    expect(step.annotations[0]?.properties["file"]).toMatch(/^src\/\w+\.ts$/u);
  });

  test("with a right solution: full marks", async () => {
    const right = join(REPOSITORY, "solutions/correct/course/src/dropout.ts");
    const request = pullRequest((folder) => cpSync(right, join(folder, "src/dropout.ts")));
    const step = await runWorkflow(request);
    expect(step).toMatchObject({ code: 0, outputs: { score: "100", "changed-files": "[]" } });
    expect(step.summary).toContain("as given");
  });

  test("with the mask unscaled, and the workflow made to say so: a line, and a flag", async () => {
    const wrong = join(REPOSITORY, "solutions/wrong/forward-no-scale/loops/src/dropout.ts");
    const request = pullRequest((folder) => {
      cpSync(wrong, join(folder, "src/dropout.ts"));
      const file = join(folder, ".github/workflows/grade.yml");
      writeFileSync(file, `${readFileSync(file, "utf8")}# nothing to see here\n`);
    });
    const step = await runWorkflow(request);
    expect(step.annotations[0]).toMatchObject({
      name: "error",
      properties: { file: "src/dropout.ts" },
    });
    expect(step.summary).toContain(`/cs101/alice/blob/${request.sha}/src/dropout.ts#L`);
    expect(JSON.parse(step.outputs["changed-files"] ?? "")).toEqual([
      ".github/workflows/grade.yml",
    ]);
  });
});
