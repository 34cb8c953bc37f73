import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Graded, GraderOptions } from "../model/grader.ts";
import type { ReadResult } from "../model/submission.ts";
import { digest } from "./seed.ts";

/** All that a report depends on, beside the submission's own files. */
export interface Circumstances {
  build: string;
  options: GraderOptions;
  seed: string;
}

const KEY_DIGITS = 32;

/** The digest of the running grader's own code: a cache must not outlive a change of it. */
export async function buildDigest(): Promise<string> {
  const home = fileURLToPath(new URL("../", import.meta.url));
  const names = await readdir(home, { recursive: true });
  const hash = createHash("sha256");
  hash.update(await readFile(new URL("../../package.json", import.meta.url)));
  for (const name of names.filter(isCode).toSorted()) {
    hash.update(`\0${name.split(path.sep).join("/")}\0`);
    hash.update(await readFile(path.join(home, name)));
  }
  return hash.digest("hex").slice(0, KEY_DIGITS);
}

function isCode(name: string): boolean {
  return /\.(js|ts|wasm)$/u.test(name) && !name.endsWith(".d.ts");
}

/** What a submission's result is kept under: the same key, the same report. */
export function keyOfRead(read: ReadResult, circumstances: Circumstances): string {
  if (!read.ok) return keyOf(read.problem, circumstances);
  const { entry, files } = read.submission;
  return keyOf({ entry, files: files.map((file) => [file.path, file.sha256]) }, circumstances);
}

/** The same for what has been graded: a student may have saved a file in between. */
export function keyOfGraded({ files }: Graded, circumstances: Circumstances): string | undefined {
  const [entry] = files;
  if (entry === undefined) return undefined;
  const content = { entry: entry.path, files: files.map((file) => [file.path, file.sha256]) };
  return keyOf(content, circumstances);
}

function keyOf(content: object, { build, options, seed }: Circumstances): string {
  return digest(JSON.stringify({ build, options, seed, content })).slice(0, KEY_DIGITS);
}
