import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const KEPT = new URL("./corpus/", import.meta.url);

/** Cases that once broke something, or nearly, of one fuzzer. */
export function keptCases(name: string): { file: string; one: unknown }[] {
  const folder = new URL(`${name}/`, KEPT);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .toSorted()
    .map((file) => ({ file, one: JSON.parse(readFileSync(new URL(file, folder), "utf8")) }));
}

/** Keeps a case for the tests that come after. @returns the file */
export function keepCase(name: string, one: unknown): string {
  const text = `${JSON.stringify(one)}\n`;
  const hash = createHash("sha256").update(text).digest("hex").slice(0, 12);
  const folder = new URL(`${name}/`, KEPT);
  mkdirSync(folder, { recursive: true });
  const file = new URL(`${hash}.json`, folder);
  writeFileSync(file, text);
  return fileURLToPath(file);
}
