import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** What a program printed, and how it ended. */
export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

const CLI = fileURLToPath(new URL("../../bin/grade.js", import.meta.url));

/** Runs a program to its end. */
export function runProgram(
  program: string,
  words: readonly string[],
  folder: string,
): Promise<Ended> {
  // The tests around this one are no business of a test run inside it.
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("VITEST"));
  const env = { ...Object.fromEntries(inherited), NO_COLOR: "1", CI: "true" };
  const child = spawn(program, words, { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
  const ended: Ended = { code: null, stdout: "", stderr: "" };
  child.stdout.on("data", (chunk) => (ended.stdout += String(chunk)));
  child.stderr.on("data", (chunk) => (ended.stderr += String(chunk)));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ ...ended, code }));
  });
}

/** Runs the built `grade`. */
export function grade(words: readonly string[], folder: string): Promise<Ended> {
  return runProgram(process.execPath, [CLI, ...words], folder);
}
