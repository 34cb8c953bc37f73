import { spawn } from "node:child_process";

/** A program and how it went. */
export interface Ran {
  ms: number;
  code: number | null;
  out: string;
}

/** More than anything here takes; then it has hung, and is ended. */
const PATIENCE_MS = 30 * 60_000;

/** Runs Node on a script until it ends. @throws where it ends otherwise than by itself */
export function runNode(
  words: readonly string[],
  { cwd, env = process.env }: { cwd: string; env?: NodeJS.ProcessEnv },
): Promise<Ran> {
  const began = performance.now();
  const stdio: ["ignore", "pipe", "pipe"] = ["ignore", "pipe", "pipe"];
  const child = spawn(process.execPath, words, { cwd, env, stdio, timeout: PATIENCE_MS });
  let out = "";
  child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (out += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => {
      if (signal === null) resolve({ ms: performance.now() - began, code, out });
      else reject(new Error(`${words.join(" ")} ended by ${signal}: ${out}`));
    });
  });
}

/** Milliseconds until it ends with the exit code that it should. @throws with its output */
export async function timed(
  words: readonly string[],
  { code, ...where }: { cwd: string; env?: NodeJS.ProcessEnv; code: number },
): Promise<number> {
  const ran = await runNode(words, where);
  if (ran.code !== code) throw new Error(`${words.join(" ")} ended with ${ran.code}:\n${ran.out}`);
  return ran.ms;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Medians of several measurements taken in turn, so that a busy moment falls on all of them. */
export async function inTurn<Name extends string>(
  repetitions: number,
  measurements: Record<Name, () => Promise<number>>,
): Promise<Record<Name, number>> {
  const names = Object.keys(measurements) as Name[]; // its own keys
  const values = new Map<Name, number[]>(names.map((name) => [name, []]));
  for (let i = 0; i < repetitions; i += 1) {
    for (const name of names) values.get(name)?.push(await measurements[name]());
  }
  const medians = names.map((name) => [name, median(values.get(name) ?? [])] as const);
  return Object.fromEntries(medians) as Record<Name, number>; // the same keys
}
