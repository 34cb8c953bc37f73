/** What has been read of a submission, so that an instrumented copy need not read it again. */

import type { Submission } from "../model/submission.ts";
import { blank } from "./blank.ts";
import type { PlainFile } from "./blank.ts";
import { emit } from "./emit.ts";
import { parse } from "./parse.ts";
import type { ParsedProgram } from "./parse.ts";

const parsed = new WeakMap<Submission, ParsedProgram>();
const blanks = new WeakMap<ParsedProgram, PlainFile[] | undefined>();

/** Parses a submission, once for each object. Throws as `parse` does. */
export function understood(submission: Submission): ParsedProgram {
  const known = parsed.get(submission) ?? parse(submission);
  parsed.set(submission, known);
  return known;
}

/** The files with blanks for types; nothing where blanks do not do. Throws as `blank` does. */
export function blanksOf(program: ParsedProgram): PlainFile[] | undefined {
  if (!blanks.has(program)) blanks.set(program, blank(program));
  return blanks.get(program);
}

/** The files as JavaScript. Throws RangeError where one is nested too deeply. */
export function plainOf(program: ParsedProgram): PlainFile[] {
  return blanksOf(program) ?? emit(program);
}
