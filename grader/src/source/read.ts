/** Reads a submission from the disk. Runs on the host, and is all that ever opens a student's files. */

import { posix } from "node:path";
import type { Limits } from "../model/limits.ts";
import type { ReadProblem, ReadResult, SubmittedFile } from "../model/submission.ts";
import { findEntry } from "./entry.ts";
import type { Entry } from "./entry.ts";
import { isThere, readSubmittedFile } from "./read-file.ts";
import { candidates, relativeSpecifiers, target } from "./resolve.ts";

type FilesResult = { ok: true; files: SubmittedFile[] } | { ok: false; problem: ReadProblem };

/**
 * The entry and every file that it may reach by relative imports. `path` is a folder that holds
 * `src/dropout.ts`, or such a file itself. Imports that lead outside of the entry's folder, or
 * to nothing, are not followed: the compiler reports them.
 */
export async function readSubmission(path: string, limits: Limits): Promise<ReadResult> {
  const start = await findEntry(path);
  if (!start.ok) return { ok: false, problem: start.problem, path };
  const read = await readClosure(start.found, limits);
  if (!read.ok) return { ok: false, problem: read.problem, path };
  const [entry] = read.files;
  if (entry === undefined || entry.text.trim() === "") {
    const problem: ReadProblem = {
      id: "file-empty",
      detail: `${start.found.entry} is empty`,
      file: start.found.entry,
    };
    return { ok: false, problem, path };
  }
  return { ok: true, submission: { path, entry: entry.path, files: read.files } };
}

/** The entry first, then the others in the order in which they are imported, breadth first. */
async function readClosure(start: Entry, limits: Limits): Promise<FilesResult> {
  const files: SubmittedFile[] = [];
  const queue = [start.entry];
  const seen = new Set(queue);
  const bounds = { root: start.root, fileBytes: limits.fileBytes };
  for (const path of queue) {
    if (files.length === limits.files) return { ok: false, problem: tooMany(limits.files, path) };
    const result = await readSubmittedFile(path, bounds);
    if (!result.ok) return result;
    files.push(result.file);
    for (const next of await imported(result.file, start)) {
      if (!seen.has(next)) queue.push(next);
      seen.add(next);
    }
  }
  return { ok: true, files };
}

/** The files that are there of those that `file` may import. */
async function imported(file: SubmittedFile, start: Entry): Promise<string[]> {
  const found: string[] = [];
  for (const specifier of relativeSpecifiers(file.text)) {
    const path = target(file.path, specifier, posix.dirname(start.entry));
    if (path === undefined) continue;
    for (const candidate of candidates(path)) {
      if (!(await isThere(start.root, candidate))) continue;
      found.push(candidate);
      break;
    }
  }
  return found;
}

function tooMany(limit: number, file: string): ReadProblem {
  return {
    id: "file-refused",
    detail: `the program is spread over more than ${limit} files`,
    file,
  };
}
