/**
 * GitHub's runner as far as an action meets it, written from its documentation ("Workflow commands
 * for GitHub Actions", "Metadata syntax for GitHub Actions") and not from our code.
 */

import { execFile, execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const REPOSITORY = fileURLToPath(new URL("../../../", import.meta.url));

export interface Command {
  name: string;
  properties: Record<string, string>;
  data: string;
}

/** What the runner makes of a log. */
export interface Log {
  commands: Command[];
  /** Lines that it only prints. */
  text: string[];
}

const KNOWN = new Set(
  `error warning notice debug group endgroup add-mask stop-commands save-state set-output set-env
   add-path echo add-matcher remove-matcher internal-set-repo-path`.split(/\s+/u),
);

/** Reads a log line by line; commands begin a line, blanks aside, or stand in it as `##[…]`. */
export function readLog(stdout: string): Log {
  const log: Log = { commands: [], text: [] };
  let resume: string | undefined;
  for (const line of stdout.split(/\r\n|\n|\r/u)) {
    const command = commandIn(line, resume);
    if (resume !== undefined) {
      if (command?.name.toLowerCase() === resume.toLowerCase()) resume = undefined;
      else log.text.push(line);
    } else if (command === undefined) {
      log.text.push(line);
    } else if (command.name === "stop-commands") {
      resume = command.data;
    } else {
      log.commands.push(command);
    }
  }
  return log;
}

function commandIn(line: string, resume: string | undefined): Command | undefined {
  const [, info, data] = /^\s*::(.*?)::(.*)$/u.exec(line) ?? [];
  const [, oldInfo, oldData] = /##\[([^\]]*)\](.*)$/u.exec(line) ?? [];
  return (
    parsed(info, data, { separator: ",", resume }) ??
    parsed(oldInfo, oldData, { separator: ";", resume })
  );
}

interface Dialect {
  separator: string;
  resume: string | undefined;
}

function parsed(info: string | undefined, data: string | undefined, dialect: Dialect) {
  if (info === undefined || data === undefined) return undefined;
  const [, name = "", rest = ""] = /^(\S*)\s*(.*)$/su.exec(info) ?? [];
  const isKnown = KNOWN.has(name.toLowerCase()) || name === dialect.resume;
  if (!isKnown) return undefined;
  const pairs = rest
    .split(dialect.separator)
    .filter((pair) => pair.includes("="))
    .map((pair): [string, string] => {
      const at = pair.indexOf("=");
      return [pair.slice(0, at).trim(), unescaped(pair.slice(at + 1))];
    });
  return { name, properties: Object.fromEntries(pairs), data: unescaped(data) };
}

function unescaped(text: string): string {
  return text
    .replaceAll("%0D", "\r")
    .replaceAll("%0A", "\n")
    .replaceAll("%3A", ":")
    .replaceAll("%2C", ",")
    .replaceAll("%25", "%");
}

/** A finished step. */
export interface Step extends Log {
  code: number;
  stdout: string;
  stderr: string;
  summary: string;
  outputs: Record<string, string>;
  annotations: Command[];
}

/** What a job gives to a step. */
export interface Job {
  workspace: string;
  node?: string;
  inputs?: Record<string, string>;
  env?: Record<string, string>;
  event?: unknown;
}

/** Runs a JavaScript action the way the runner does: inputs and files by environment, no shell. */
export async function runStep(main: string, job: Job): Promise<Step> {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "dropout-step-"));
  const file = (name: string, text = "") => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  try {
    mkdirSync(join(folder, "temp"));
    const files = {
      GITHUB_STEP_SUMMARY: file("summary"),
      GITHUB_OUTPUT: file("output"),
      GITHUB_ENV: file("env"),
      GITHUB_PATH: file("path"),
      GITHUB_STATE: file("state"),
      GITHUB_EVENT_PATH: file("event.json", JSON.stringify(job.event ?? {})),
    };
    const env = { ...standing(job, folder), ...files, ...inputsAsEnv(job.inputs), ...job.env };
    const done = await spawned(job.node ?? process.execPath, main, { cwd: job.workspace, env });
    const read = (name: string) => readFileSync(join(folder, name), "utf8");
    const out = readLog(done.stdout);
    const err = readLog(done.stderr);
    const commands = [...out.commands, ...err.commands];
    return {
      ...done,
      commands,
      text: [...out.text, ...err.text],
      annotations: commands.filter(({ name }) => ["error", "warning", "notice"].includes(name)),
      summary: read("summary"),
      outputs: outputsIn(read("output"), join(folder, "temp")),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function standing({ workspace }: Job, folder: string): Record<string, string> {
  return {
    PATH: process.env["PATH"] ?? "",
    HOME: folder,
    CI: "true",
    GITHUB_ACTIONS: "true",
    GITHUB_WORKSPACE: workspace,
    RUNNER_TEMP: join(folder, "temp"),
    GITHUB_SERVER_URL: "https://github.com",
    GITHUB_REPOSITORY: "cs101/alice",
    GITHUB_SHA: "0123456789abcdef0123456789abcdef01234567",
    GITHUB_ACTION_REPOSITORY: "cs101/dropout-grader",
    GITHUB_ACTION_REF: "v1",
  };
}

function inputsAsEnv(inputs: Record<string, string> = {}): Record<string, string> {
  const entries = Object.entries(inputs).map(([name, value]): [string, string] => [
    `INPUT_${name.replaceAll(" ", "_").toUpperCase()}`,
    value,
  ]);
  return Object.fromEntries(entries);
}

interface Done {
  code: number;
  stdout: string;
  stderr: string;
}

function spawned(
  node: string,
  main: string,
  options: { cwd: string; env: Record<string, string> },
) {
  return new Promise<Done>((resolve) => {
    const child = execFile(node, [main], { ...options, maxBuffer: 1e8 }, (_, stdout, stderr) => {
      resolve({ code: child.exitCode ?? -1, stdout, stderr });
    });
  });
}

/** `name<<DELIMITER`, lines, `DELIMITER`; a report's file is read while it is there. */
function outputsIn(text: string, temp: string): Record<string, string> {
  const outputs: Record<string, string> = {};
  const pattern = /^(?<name>[^\n<]+)<<(?<end>[^\n]+)\n(?<value>.*?)\n?\k<end>\n/gmsu;
  for (const { groups } of text.matchAll(pattern)) {
    if (groups?.["name"] !== undefined) outputs[groups["name"]] = groups["value"] ?? "";
  }
  const report = outputs["report"];
  if (report?.startsWith(temp)) outputs["report"] = readFileSync(report, "utf8");
  return outputs;
}

/** Builds the action into a folder of its own. @returns its entry and a way to remove it */
export function bundled(): { main: string; folder: string; remove(): void } {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "dropout-action-"));
  const script = join(REPOSITORY, "grader/scripts/bundle-action.js");
  execFileSync(process.execPath, [script, folder], { stdio: "pipe" });
  return {
    main: join(folder, "index.js"),
    folder,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
