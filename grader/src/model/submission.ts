/** A student's program as text, read once and never written to. */

export const FUNCTION_NAMES = [
  "forward_propagation_with_dropout",
  "backward_propagation_with_dropout",
  "predict",
] as const;

/** The three functions a student writes, under exactly these names. */
export type FunctionName = (typeof FUNCTION_NAMES)[number];

/** One file of a submission. `path` is relative to the submission's root, with `/`. */
export interface SubmittedFile {
  path: string;
  text: string;
  /** Of the file's bytes, lower-case hex. */
  sha256: string;
}

/** The files that can be reached from the entry by relative imports, entry first. */
export interface Submission {
  /** As the person who called `grade` named it. */
  path: string;
  /** The path of `dropout.ts` inside the submission, usually `src/dropout.ts`. */
  entry: string;
  files: SubmittedFile[];
}

/** A place in a file. Lines and columns are counted from 1; `endColumn` is exclusive. */
export interface Location {
  file: string;
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
}

/** Why a submission could not be read, in words for the student. */
export interface ReadProblem {
  id:
    | "path-not-found"
    | "file-missing"
    | "file-unreadable"
    | "file-too-large"
    | "file-encoding"
    | "file-empty"
    | "file-refused";
  detail: string;
  /** A path that may have been meant, relative to the submission's root. */
  suggestion?: string;
  /** The file that the problem is in, relative to the submission's root. */
  file?: string;
}

/** A submission, or what kept it from being read. `path` is as the caller named it. */
export type ReadResult =
  | { ok: true; submission: Submission }
  | { ok: false; problem: ReadProblem; path: string };
