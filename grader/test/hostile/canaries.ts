import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CLI } from "./grade.ts";

/** What a run of the command line gave, with traps around it. */
export interface Watched {
  code: number | null;
  stdout: string;
  stderr: string;
  /** Milliseconds. */
  took: number;
  /** What must be in no output: from the environment, from a file beside it, from this machine. */
  secrets: string[];
  /** How often something connected to the open port. */
  connections: number;
  /** What was there afterwards in the folder that it ran in. */
  left: string[];
}

/** What a run finds around it beside the traps. */
interface Surroundings {
  env?: NodeJS.ProcessEnv;
  /** Beside the secret one, by name. */
  files?: Record<string, string>;
}

/**
 * Runs `grade …words` in a folder with a secret file, with a secret in its environment and with
 * a server listening on loopback whose port the environment names.
 */
export async function gradeWatched(
  words: readonly string[],
  seconds: number,
  { env = {}, files = {} }: Surroundings = {},
): Promise<Watched> {
  const cwd = mkdtempSync(join(tmpdir(), "canary-"));
  const inFile = "canary-4f1b7a90c3";
  const inEnvironment = "canary-b82d66e1f0";
  writeFileSync(join(cwd, "secret.txt"), inFile);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // it listens on a port, not on a pipe
  try {
    const ended = await run(words, seconds, {
      cwd,
      env: { ...process.env, ...env, NO_COLOR: "1", SECRET: inEnvironment, PORT: String(port) },
    });
    const left = readdirSync(cwd).toSorted();
    return { ...ended, secrets: [inFile, inEnvironment, cwd], connections, left };
  } finally {
    server.close();
    rmSync(cwd, { recursive: true });
  }
}

type Ended = Pick<Watched, "code" | "stdout" | "stderr" | "took">;

function run(
  words: readonly string[],
  seconds: number,
  options: { cwd: string; env: NodeJS.ProcessEnv },
): Promise<Ended> {
  const started = performance.now();
  const child = spawn(process.execPath, [CLI, ...words], { ...options, timeout: seconds * 1000 });
  const output = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => (output.stdout += chunk));
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (output.stderr += chunk));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, ...output, took: performance.now() - started }));
  });
}

/** Every file below a folder with its size, its times of change and its text. */
export function snapshotOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
    .map((path) => {
      const { size, mtimeMs, mode } = statSync(path);
      const text = statSync(path).isFile() ? readFileSync(path, "utf8") : "";
      return JSON.stringify([path, size, mtimeMs, mode, text]);
    });
}
