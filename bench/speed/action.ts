import { cp, mkdir, readdir, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { ACTION, CLI, WRONG } from "./paths.ts";
import { inTurn, timed } from "./run.ts";
import type { Row } from "./table.ts";

const LESS = 1;

/** (f) The Action from its start to its last annotation and end, beside `grade` on the same. */
export async function action(home: string, repetitions: number): Promise<Row[]> {
  const workspace = path.join(home, "repository");
  await cp(path.join(WRONG, "src"), path.join(workspace, "src"), { recursive: true });
  const env = await runnerFor(home, workspace);
  const where = { cwd: workspace, code: LESS };
  const ms = await inTurn(repetitions, {
    action: () => timed([ACTION], { ...where, env }),
    grade: () => timed([CLI, "."], where),
  });
  const size = (await bytesIn(path.dirname(ACTION))) / 1e6;
  return [
    { what: "(f) the Action, one wrong submission", ms: ms.action },
    { what: "    beside grade", ms: ms.action, to: ms.grade, of: "(a)", target: 1.2 },
    { what: `    bundle: ${size.toFixed(2)} MB (at most 8)`, ms: Number.NaN },
  ];
}

/** What GitHub's runner gives an action. */
async function runnerFor(home: string, workspace: string): Promise<NodeJS.ProcessEnv> {
  const temp = path.join(home, "runner");
  await mkdir(temp, { recursive: true });
  const names = ["STEP_SUMMARY", "OUTPUT", "ENV", "PATH", "STATE"];
  const files = names.map((name) => [`GITHUB_${name}`, path.join(temp, name)] as const);
  for (const [, file] of files) await writeFile(file, "");
  const event = path.join(temp, "event.json");
  await writeFile(event, "{}");
  return {
    PATH: process.env["PATH"] ?? "",
    ...Object.fromEntries(files),
    GITHUB_EVENT_PATH: event,
    GITHUB_ACTIONS: "true",
    GITHUB_WORKSPACE: workspace,
    RUNNER_TEMP: temp,
    GITHUB_SERVER_URL: "https://github.com",
    GITHUB_REPOSITORY: "cs101/alice",
    GITHUB_SHA: "0123456789abcdef0123456789abcdef01234567",
    GITHUB_ACTION_REPOSITORY: "cs101/dropout-grader",
    GITHUB_ACTION_REF: "v1",
  };
}

async function bytesIn(folder: string): Promise<number> {
  let sum = 0;
  for (const name of await readdir(folder, { recursive: true })) {
    const found = await stat(path.join(folder, name));
    if (found.isFile()) sum += found.size;
  }
  return sum;
}
