import { execFile } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { reportSchema } from "../../src/model/report.ts";
import { HOSTILE, repositoryOf } from "./repository.ts";
import { REPOSITORY, bundled, readLog } from "./runner.ts";
import { TOOLS, localAction } from "./tools.ts";

const RIGHT = join(REPOSITORY, "solutions/correct/course");
const WRONG = join(REPOSITORY, "solutions/wrong/forward-no-scale/loops");

const removes: (() => void)[] = [];
let action = "";

beforeAll(() => {
  const built = bundled();
  const { folder, remove } = repositoryOf({});
  removes.push(built.remove, remove);
  cpSync(built.folder, join(folder, "dist"), { recursive: true });
  cpSync(join(REPOSITORY, ".github/actions/grade/action.yml"), join(folder, "action.yml"));
  action = folder;
});
afterAll(() => removes.forEach((remove) => remove()));

function folderOf(files: Record<string, string>): string {
  const { folder, remove } = repositoryOf(files);
  removes.push(remove);
  return folder;
}

interface Ran {
  code: number;
  annotations: { name: string; title: string | undefined }[];
  summary: string;
  report: string;
}

/** Started as its command line starts it, which wants `tsx` and the package manager's name. */
async function runLocally(workspace: string, source: string): Promise<Ran> {
  const job = folderOf({ summary: "", output: "" });
  const temp = join(job, "temp");
  mkdirSync(temp);
  const settings = {
    ...{ GITHUB_WORKSPACE: workspace, RUNNER_TEMP: temp, INPUT_PATH: ".", INPUT_SEED: "1" },
    GITHUB_STEP_SUMMARY: join(job, "summary"),
    GITHUB_OUTPUT: join(job, "output"),
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
  writeFileSync(join(job, "settings.env"), `${lines.join("\n")}\n`);
  const tsx = createRequire(join(TOOLS, "package.json")).resolve("tsx/cli");
  const words = [tsx, source, action, "dist/index.js", join(job, "settings.env")];
  const env = {
    ...{ PATH: process.env["PATH"], HOME: job, NODE_NO_WARNINGS: "1" },
    ...{ TARGET_ACTION_PATH: action, NODE_PACKAGE_MANAGER: "npm" },
  };
  const { code, stdout } = await new Promise<{ code: number; stdout: string }>((resolve) => {
    const options = { cwd: TOOLS, env, maxBuffer: 1e8 };
    const child = execFile(process.execPath, words, options, (_, out) =>
      resolve({ code: child.exitCode ?? -1, stdout: out }),
    );
  });
  const said = readLog(stdout).commands.filter(({ name }) =>
    /^(error|warning|notice)$/u.test(name),
  );
  return {
    code,
    annotations: said.map(({ name, properties }) => ({ name, title: properties["title"] })),
    summary: readFileSync(join(job, "summary"), "utf8"),
    report: readFileSync(join(temp, "dropout-report.json"), "utf8"),
  };
}

describe.skipIf(localAction === undefined)("under @github/local-action", () => {
  test.each([
    ["a right", RIGHT, 0, 100, ["notice"]],
    ["a wrong", WRONG, 1, 85, ["error", "notice"]],
    ["a hostile", HOSTILE, 1, 0, undefined],
    ["an empty", { "src/dropout.ts": "" }, 1, 0, ["error", "notice"]],
    ["a missing", { "README.md": "later" }, 1, 0, ["error", "notice"]],
  ] as const)(
    "%s submission is graded once, and has its mark",
    async (_, what, code, score, levels) => {
      const workspace = typeof what === "string" ? what : folderOf({ ...what });
      const ran = await runLocally(workspace, localAction ?? "");
      expect(ran.code).toBe(code);
      expect(ran.annotations.at(-1)).toEqual({ name: "notice", title: `${score} of 100 points` });
      expect(ran.annotations.filter(({ title }) => title?.endsWith(" of 100 points"))).toHaveLength(
        1,
      );
      if (levels !== undefined) expect(ran.annotations.map(({ name }) => name)).toEqual(levels);
      expect(ran.summary.match(/^## /gmu)).toHaveLength(1);
      expect(reportSchema.parse(JSON.parse(ran.report))).toMatchObject({ score, seed: "1" });
    },
  );
});
