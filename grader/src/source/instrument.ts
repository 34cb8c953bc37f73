/** A copy of a program that reports what it computes, and otherwise does just the same. */

import MagicString from "magic-string";
import { handedOutIn } from "../assignment/handed-out.ts";
import type { CompiledFile, InstrumentedProgram, SiteInfo } from "../model/compiled.ts";
import type { Submission } from "../model/submission.ts";
import { emit } from "./emit.ts";
import { findWraps } from "./instrument/wraps.ts";
import type { Wrap } from "./instrument/wraps.ts";
import { parse } from "./parse.ts";
import { blanksOf, understood } from "./understood.ts";

/**
 * Wraps values in calls of the recorder, `$v(site, value)`, which hands its value back. The
 * recorder is imported from `grader:trace` as `v`. Throws RangeError where `compile` would say
 * `source-too-complex`.
 */
export function instrument(submission: Submission): InstrumentedProgram {
  const recorder = freshName(submission);
  const sites: SiteInfo[] = [];
  const parsed = understood(submission);
  const blanks = blanksOf(parsed);
  const handedOut = handedOutIn(submission);
  const texts = parsed.files.map(({ path, source }, index) => {
    // What a helper of the starter holds is right: what it was given and what it gives show outside.
    const wraps = handedOut.has(path) ? [] : findWraps(source);
    // Where blanks stand for the types, the JavaScript has every value at its own place.
    const text = blanks?.[index]?.code ?? source.text;
    const code = wrapAll({ text, wraps, recorder, first: sites.length });
    for (const wrap of wraps) sites.push(wrap.site);
    return { path, code };
  });
  return { files: blanks === undefined ? compiled(submission, texts) : texts, sites };
}

function compiled(submission: Submission, texts: readonly CompiledFile[]): CompiledFile[] {
  const files = texts.map(({ path, code }) => ({ path, text: code, sha256: "" }));
  return emit(parse({ ...submission, files })).map(({ path, code }) => ({ path, code }));
}

/** A name for the recorder that occurs nowhere in the program. */
function freshName(submission: Submission): string {
  let name = "$v";
  for (let number = 1; submission.files.some((file) => file.text.includes(name)); number++)
    name = `$v${number}_`;
  return name;
}

interface Wrapping {
  text: string;
  wraps: readonly Wrap[];
  recorder: string;
  /** The number of the first site. */
  first: number;
}

function wrapAll({ text, wraps, recorder, first }: Wrapping): string {
  const wrapped = new MagicString(text);
  for (const [index, { start, end, form }] of wraps.entries()) {
    const open = `${recorder}(${first + index}, `;
    if (form === "shorthand") {
      // { A1 } becomes { A1: $v(7, A1) }
      wrapped.appendLeft(end, `: ${open}${text.slice(start, end)})`);
      continue;
    }
    const [before, after] = form === "sequence" ? [`${open}(`, "))"] : [open, ")"];
    // `return{ A3 }` must not become `return$v(…)`.
    const space = /[\p{ID_Continue}$]/u.test(text.charAt(start - 1)) ? " " : "";
    // An outer value comes before the inner ones, so its opening stays in front of theirs.
    wrapped.appendRight(start, space + before);
    wrapped.appendLeft(end, after);
  }
  // At the end, so that no line moves; imports come first wherever they are written.
  if (wraps.length > 0) wrapped.append(`\nimport { v as ${recorder} } from "grader:trace";\n`);
  return wrapped.toString();
}
