import { execFileSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { marked } from "marked";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { reportSchema } from "../../src/model/report.ts";
import { node24 } from "./node-24.ts";
import { HOSTILE, HOSTILE_SYNTAX, repositoryOf } from "./repository.ts";
import { REPOSITORY, bundled, runStep } from "./runner.ts";
import type { Step } from "./runner.ts";

const WRONG = join(REPOSITORY, "solutions/wrong/forward-no-scale/loops");
const RIGHT = join(REPOSITORY, "solutions/correct/course");

let action: ReturnType<typeof bundled>;
const removes: (() => void)[] = [];

beforeAll(() => {
  action = bundled();
  removes.push(() => action.remove());
});
afterAll(() => removes.forEach((remove) => remove()));

function workspaceOf(files: Record<string, string>): string {
  const { folder, remove } = repositoryOf(files);
  removes.push(remove);
  return folder;
}

/** Only what the action itself says: nothing of what a submission would like to say. */
function expectNothingForged({ annotations, commands, stdout, stderr, summary }: Step): void {
  expect(commands).toEqual(annotations);
  for (const { properties, data } of annotations) {
    expect(properties["title"]).not.toMatch(/forged$/u);
    expect(data).not.toMatch(/^\s*::|##\[/mu);
  }
  expect(stderr).toBe("");
  expect(stdout + summary).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202E]/u);
  const html = marked.parse(summary, { async: false });
  expect(html).not.toMatch(/<(?:img|h1|b>x)/u);
  expect(html.match(/<h2/gu)).toHaveLength(1);
  expect(Buffer.byteLength(summary)).toBeLessThan(1024 * 1024);
}

const NODES = [
  ["the machine's Node", process.execPath],
  ["Node 24, which the action declares", node24()],
] as const;

describe.each(NODES.flatMap(([name, node]) => (node === undefined ? [] : [[name, node] as const])))(
  "on %s",
  (_, node) => {
    test("a right submission: one notice with full marks, exit code 0", async () => {
      const step = await runStep(action.main, { workspace: RIGHT, node });
      expect(step.code).toBe(0);
      expect(step.annotations).toEqual([
        {
          name: "notice",
          properties: { title: "100 of 100 points" },
          data: "The whole report is in the job summary.",
        },
      ]);
      expect(step.outputs).toMatchObject({
        score: "100",
        "max-score": "100",
        "changed-files": "[]",
      });
      expect(step.summary).toMatch(/^## 100 of 100 points\n/u);
      expectNothingForged(step);
    });

    test("a wrong one: the student's line first, in the repository's terms", async () => {
      const inputs = { path: "solutions/wrong/forward-no-scale/loops", seed: "1" };
      const step = await runStep(action.main, { workspace: REPOSITORY, node, inputs });
      expect(step.code).toBe(1);
      const report = reportSchema.parse(JSON.parse(step.outputs["report"] ?? ""));
      expect(report).toMatchObject({ seed: "1", submission: { path: inputs.path } });
      const [finding] = report.findings;
      expect(finding).toMatchObject({ id: "forward-no-scale", kind: "essential" });
      const [first, last, ...more] = step.annotations;
      expect(more).toEqual([]);
      expect(first).toEqual({
        name: "error",
        properties: {
          title: finding?.title,
          file: `solutions/wrong/forward-no-scale/loops/${finding?.location?.file}`,
          line: String(finding?.location?.line),
          endLine: String(finding?.location?.endLine),
          col: String(finding?.location?.column),
          endColumn: String((finding?.location?.endColumn ?? 0) - 1),
        },
        data: [
          finding?.what,
          finding?.next,
          "https://github.com/cs101/dropout-grader/blob/v1/docs/misconceptions/forward-no-scale.md",
        ].join("\n"),
      });
      expect(last?.properties["title"]).toBe(`${report.score} of 100 points`);
      expect(Number(step.outputs["score"])).toBe(report.score);
      expect(step.summary).toContain(`${finding?.location?.line} │`);
    });

    test.each([
      ["hostile", HOSTILE],
      ["hostile and no program", HOSTILE_SYNTAX],
    ])("a %s one: a verdict, and nothing forged or hidden", async (_name, files) => {
      const step = await runStep(action.main, { workspace: workspaceOf(files), node });
      expect(step.code).toBe(1);
      expect(step.outputs["score"]).toBe("0");
      expect(step.stdout.includes("Your program printed")).toBe(files === HOSTILE);
      expect(step.annotations[0]?.name).toBe("error");
      expect(step.annotations.at(-1)?.properties["title"]).toBe("0 of 100 points");
      expectNothingForged(step);
    });

    test.each([
      ["an empty", { "src/dropout.ts": "" }],
      ["a missing", { "README.md": "later" }],
    ])("%s one is said to be so", async (_name, files) => {
      const step = await runStep(action.main, { workspace: workspaceOf(files), node });
      expect(step.code).toBe(1);
      expect(step.outputs["score"]).toBe("0");
      expect(step.annotations.map(({ name }) => name)).toEqual(["error", "notice"]);
      expectNothingForged(step);
    });
  },
);

describe("inputs", () => {
  test.each([
    [{ "minimum-score": "0" }, 0],
    [{ "minimum-score": "86" }, 1],
    [{ config: '{"minScore": 10}' }, 0],
    [{ config: '{"minScore": 10}', "minimum-score": "100" }, 1],
  ])("%j ends with %i", async (inputs, code) => {
    const step = await runStep(action.main, { workspace: WRONG, inputs });
    expect(step.code).toBe(code);
  });

  test.each([
    [{ reveal: "all" }, /reveal should be one of/u],
    [{ "minimum-score": "ten" }, /minimum-score should be a whole number/u],
    [{ "minimum-score": "101" }, /nobody can reach it/u],
    [{ config: "none.json" }, /cannot read the configuration/u],
    [{ config: '{"minscore": 1}' }, /Did you mean/u],
    [{ config: '{"protected": {"a": "b"}}' }, /64 hexadecimal digits/u],
    [{ config: String.raw`{"points": {"\u001b[31m\u000a::error::x": 1}}` }, /unknown key/u],
  ])("%j is refused in one error, without a mark", async (inputs, words) => {
    const step = await runStep(action.main, { workspace: WRONG, inputs });
    expect(step.code).toBe(2);
    expect(step.commands).toHaveLength(1);
    expect(step.commands[0]).toMatchObject({ name: "error", data: expect.stringMatching(words) });
    expect(step.stdout).not.toContain("\u001B");
    expect(step.outputs).toEqual({});
  });

  test("the configuration can be a file of the repository", async () => {
    const files = {
      "src/dropout.ts": readFileSync(join(WRONG, "src/dropout.ts"), "utf8"),
      "course.json": '{ "points": { "forward.scaled": 0 } }',
    };
    const inputs = { config: "course.json" };
    const step = await runStep(action.main, { workspace: workspaceOf(files), inputs });
    expect(step.outputs).toMatchObject({ score: "85", "max-score": "85" });
  });

  test("reveal: nothing says the points and neither idea nor line", async () => {
    const inputs = { reveal: "nothing" };
    const step = await runStep(action.main, { workspace: WRONG, inputs });
    expect(step.annotations.map(({ properties }) => properties)).toEqual([
      { title: "85 of 100 points" },
    ]);
    expect(step.stdout + step.summary + step.outputs["report"]).not.toMatch(
      /scale|forward|dropout\.ts:\d/u,
    );
  });
});

describe("given files", () => {
  const given = (path: string) => readFileSync(join(REPOSITORY, "starter", path), "utf8");
  const whole = () => ({
    "src/dropout.ts": given("src/dropout.ts"),
    "src/helpers.ts": given("src/helpers.ts"),
    "src/types.ts": given("src/types.ts"),
    "src/todo.ts": given("src/todo.ts"),
    ".github/workflows/grade.yml": given(".github/workflows/grade.yml"),
  });

  test("as given: nothing is flagged, and their hashes are outputs", async () => {
    const step = await runStep(action.main, { workspace: workspaceOf(whole()) });
    expect(step.outputs["changed-files"]).toBe("[]");
    const hashes: Record<string, string> = JSON.parse(step.outputs["hashes"] ?? "");
    expect(Object.keys(hashes)).toEqual(expect.arrayContaining(Object.keys(whole())));
    expect(step.summary).not.toContain("not as they were given");
  });

  test("a changed workflow and a changed helper are flagged", async () => {
    const files = {
      ...whole(),
      "src/helpers.ts": `${given("src/helpers.ts")}\n// mine\n`,
      ".github/workflows/grade.yml": "on: push\n",
    };
    const step = await runStep(action.main, { workspace: workspaceOf(files) });
    expect(JSON.parse(step.outputs["changed-files"] ?? "")).toEqual([
      "src/helpers.ts",
      ".github/workflows/grade.yml",
    ]);
    const warnings = step.annotations.filter(({ name }) => name === "warning");
    expect(warnings.map(({ properties }) => properties["title"])).toEqual([
      "Given files were changed",
    ]);
    expect(step.summary).toContain("not as they were given");
  });

  test("a list of the instructor's own counts alone, and misses what is gone", async () => {
    const expected = { "src/helpers.ts": "0".repeat(64), "tests/given.ts": "0".repeat(64) };
    const inputs = { config: JSON.stringify({ protected: expected }) };
    const step = await runStep(action.main, { workspace: workspaceOf(whole()), inputs });
    expect(JSON.parse(step.outputs["changed-files"] ?? "")).toEqual(Object.keys(expected));
    expect(step.summary).toMatch(/changed.*missing/u);
  });
});

describe("the bundle", () => {
  test("is under 8 MB, and has what action.yml runs", () => {
    const files = readdirSync(action.folder, { recursive: true, encoding: "utf8" });
    const sizes = files.map((file) => statSync(join(action.folder, file)));
    const bytes = sizes.filter((s) => s.isFile()).reduce((sum, { size }) => sum + size, 0);
    expect(bytes).toBeLessThan(8_000_000);
    expect(files).toEqual(expect.arrayContaining(["index.js", "worker.js", "given.json"]));
  });

  test("building fails where it grows past the limit", () => {
    const script = join(REPOSITORY, "grader/scripts/bundle-action.js");
    const { folder, remove } = repositoryOf({});
    removes.push(remove);
    const build = () => execFileSync(process.execPath, [script, folder, "1000"], { stdio: "pipe" });
    expect(build).toThrow(/larger than 0\.001 MB/u);
  });

  test("needs nothing of this repository", async () => {
    const { folder, remove } = repositoryOf({});
    removes.push(remove);
    cpSync(action.folder, join(folder, "dist"), { recursive: true });
    const step = await runStep(join(folder, "dist/index.js"), { workspace: RIGHT });
    expect(step.outputs["score"]).toBe("100");
  });
});

test("a grader that is broken says so, and gives neither mark nor blame", async () => {
  const { folder, remove } = repositoryOf({});
  removes.push(remove);
  cpSync(action.folder, folder, { recursive: true });
  rmSync(join(folder, "worker.js"));
  const step = await runStep(join(folder, "index.js"), { workspace: RIGHT });
  expect(step.code).toBe(3);
  expect(step.commands.map(({ name, properties }) => [name, properties["title"]])).toEqual([
    ["error", "The grader failed"],
  ]);
  expect(step.commands[0]?.data).toContain("not the submission's fault");
  expect(step.outputs).toEqual({});
});

const hasPython = (() => {
  try {
    execFileSync("python3", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();

test.skipIf(!hasPython)("Classroom 50's entry script leaves the result.json it asks for", () => {
  const workspace = workspaceOf({
    "src/dropout.ts": readFileSync(join(WRONG, "src/dropout.ts"), "utf8"),
  });
  const grader = workspaceOf({});
  cpSync(action.folder, join(grader, "dist"), { recursive: true });
  const script = join(grader, "autograder.py");
  cpSync(join(REPOSITORY, ".github/actions/grade/classroom50/autograder.py"), script);
  const git = (...words: string[]) =>
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b", ...words], {
      cwd: workspace,
      env: { ...process.env, GIT_COMMITTER_DATE: "2026-06-01T16:32:01+02:00" },
    });
  git("init", "--quiet");
  git("add", ".");
  git("commit", "--quiet", "--message", "submit");
  mkdirSync(join(grader, "temp"));
  writeFileSync(join(grader, "output"), "");
  execFileSync("python3", [script], {
    cwd: workspace,
    stdio: "pipe",
    env: {
      ...process.env,
      CLASSROOM: "cs-principles",
      ASSIGNMENT: "dropout",
      SUBMISSION_TAG: "submit/2026-06-01T14-32-05Z-a1b2c3d",
      COMMIT_URL: "https://github.com/o/r/commit/a1b2c3d",
      RELEASE_URL: "https://github.com/o/r/releases/tag/submit",
      GITHUB_OUTPUT: join(grader, "output"),
      RUNNER_TEMP: join(grader, "temp"),
    },
  });
  const result: unknown = JSON.parse(readFileSync(join(workspace, "result.json"), "utf8"));
  expect(result).toMatchObject({
    schema: "classroom50/result/v1",
    classroom: "cs-principles",
    assignment: "dropout",
    submission: "submit/2026-06-01T14-32-05Z-a1b2c3d",
    commit: "https://github.com/o/r/commit/a1b2c3d",
    review: "https://github.com/o/r/commit/a1b2c3d",
    datetime: "2026-06-01T14:32:01Z",
    score: 85,
    "max-score": 100,
  });
  expect(readFileSync(join(grader, "output"), "utf8")).toBe("");
});
