/** What students are given: it is right, and never theirs to repair. */

import type { Submission } from "../model/submission.ts";

/**
 * The starter's own files, by the SHA-256 of their bytes. One that a student has changed is the
 * student's. `dropout.ts` and its place-holders are not among them: they are there to be replaced.
 */
const STARTER_FILES: ReadonlySet<string> = new Set([
  // src/helpers.ts
  "58ecbe3eb46d97a11fbcbcf2e08cc35930feda0a8b9bc75bacc8e623eaea4619",
]);

/** The paths of the files in a submission that are as they were handed out. */
export function handedOutIn({ files }: Pick<Submission, "files">): ReadonlySet<string> {
  return new Set(files.flatMap(({ path, sha256 }) => (STARTER_FILES.has(sha256) ? [path] : [])));
}
