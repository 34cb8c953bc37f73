/** Finds the file that a submission starts with, or the one that was probably meant. */

import { lstat, realpath } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { ReadProblem } from "../model/submission.ts";
import { nearest } from "./nearest.ts";
import { errorCode, isThere, names, unusual } from "./read-file.ts";

const ENTRY = "src/dropout.ts";

export interface Entry {
  /** Absolute, without symbolic links. */
  root: string;
  /** The entry, relative to the root with `/`. */
  entry: string;
}

export type EntryResult = { ok: true; found: Entry } | { ok: false; problem: ReadProblem };

/** `path` is a folder with `src/dropout.ts` in it, or the file itself. */
export async function findEntry(path: string): Promise<EntryResult> {
  const fail = (id: ReadProblem["id"], detail: string): EntryResult => ({
    ok: false,
    problem: { id, detail },
  });
  try {
    const stats = await lstat(path);
    if (stats.isDirectory()) return await inFolder(await realpath(path));
    const what = unusual(stats);
    if (what !== undefined)
      return fail("file-refused", `this is ${what}; name a folder or a regular file`);
    if (!/\.[tj]s$/.test(path))
      return fail("file-refused", "this is neither a folder nor a .ts file");
    return { ok: true, found: { root: await realpath(dirname(path)), entry: basename(path) } };
  } catch (error) {
    const code = errorCode(error);
    if (code === "ENOENT" || code === "ENOTDIR")
      return fail("path-not-found", "there is nothing at this path");
    return fail("file-unreadable", `this path could not be read (${code})`);
  }
}

async function inFolder(root: string): Promise<EntryResult> {
  if (await isThere(root, ENTRY)) return { ok: true, found: { root, entry: ENTRY } };
  const suggestion = await meant(root);
  if (suggestion === undefined) {
    return {
      ok: false,
      problem: { id: "file-missing", detail: `there is no ${ENTRY} in this folder`, file: ENTRY },
    };
  }
  const detail = `there is no ${ENTRY} in this folder, but there is ${suggestion}`;
  return { ok: false, problem: { id: "file-missing", detail, suggestion, file: ENTRY } };
}

/** A file that the student may have meant, relative to the root. */
async function meant(root: string): Promise<string | undefined> {
  const top = await names(root);
  const folders = top.filter((name) => name !== "node_modules" && !name.startsWith("."));
  // `Src`, or `scr`, stands where `src` should; the file itself may be misspelt too.
  const source = nearest("src", folders) ?? (folders.includes("scr") ? "scr" : undefined);
  if (source !== undefined) {
    const file = likeliest(await names(join(root, source)));
    if (file !== undefined) return `${source}/${file}`;
  }
  const beside = likeliest(top.filter((name) => /^dropout\b/i.test(name)));
  if (beside !== undefined) return beside;
  for (const folder of folders.slice(0, 50)) {
    if (await isThere(join(root, folder), ENTRY)) return `${folder}/${ENTRY}`;
    if (await isThere(join(root, folder), "dropout.ts")) return `${folder}/dropout.ts`;
  }
  return undefined;
}

/** `Dropout.ts`, `dropout.js`, `droupout.ts`, or the only TypeScript file there is. */
function likeliest(files: readonly string[]): string | undefined {
  const near =
    nearest("dropout.ts", files) ??
    files.find((name) => /^dropout\.(m?js|[mc]ts|tsx|jsx)$/i.test(name));
  const typescript = files.filter(
    (name) => name.endsWith(".ts") && !/\.(test|spec|d)\.ts$/.test(name),
  );
  return near ?? (typescript.length === 1 ? typescript[0] : undefined);
}
