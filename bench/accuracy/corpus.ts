/** The programs that somebody wrote by hand. */

import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Program } from "./program.ts";

const SOLUTIONS = fileURLToPath(new URL("../../solutions/", import.meta.url));

/** Every program of `solutions/correct`, in the order of names. */
export function correctPrograms(): Program[] {
  return foldersIn("correct").map(readProgram);
}

/** Every program of `solutions/wrong`, in the order of names. */
export function wrongPrograms(): Program[] {
  return foldersIn("wrong").flatMap(foldersIn).map(readProgram);
}

function foldersIn(folder: string): string[] {
  return readdirSync(path.join(SOLUTIONS, folder))
    .toSorted()
    .map((name) => path.join(folder, name))
    .filter((name) => statSync(path.join(SOLUTIONS, name)).isDirectory());
}

function readProgram(folder: string): Program {
  const root = path.join(SOLUTIONS, folder);
  const names = readdirSync(root, { recursive: true, encoding: "utf8" }).toSorted();
  const sources = names.filter((name) => /\.[jt]s$/u.test(name));
  const files = new Map(sources.map((name) => [name, readFileSync(path.join(root, name), "utf8")]));
  return { id: folder.replaceAll(path.sep, "--"), files };
}
