/** A copy of a program that reports what it computes, and otherwise does just the same. */

import { decode, encode } from "@jridgewell/sourcemap-codec";
import type { SourceMapMappings, SourceMapSegment } from "@jridgewell/sourcemap-codec";
import MagicString from "magic-string";
import type { CompiledFile, InstrumentedProgram, SiteInfo } from "../model/compiled.ts";
import type { Submission, SubmittedFile } from "../model/submission.ts";
import { emit } from "./emit.ts";
import type { EmittedFile, SourceMap } from "./emit.ts";
import { findWraps } from "./instrument/wraps.ts";
import type { Wrap } from "./instrument/wraps.ts";
import { parse } from "./parse.ts";
import type { ParsedFile } from "./parse.ts";

interface Instrumented {
  file: SubmittedFile;
  /** From the instrumented text to the student's: `[column, 0, line, column]` for each line. */
  mappings: SourceMapMappings;
}

/**
 * Wraps values in calls of the recorder, `$v(site, value)`, which hands its value back. The
 * recorder is imported from `grader:trace` as `v`. Throws RangeError where `compile` would say
 * `source-too-complex`.
 */
export function instrument(submission: Submission): InstrumentedProgram {
  const recorder = freshName(submission);
  const sites: SiteInfo[] = [];
  const instrumented = parse(submission).files.map((file, index) => {
    const wraps = findWraps(file.source);
    const text = wrapAll({ file, wraps, recorder, first: sites.length });
    for (const wrap of wraps) sites.push(wrap.site);
    const original = submission.files[index];
    return instrumentedFile(file.path, text, original?.sha256 ?? "");
  });
  const copy = { ...submission, files: instrumented.map(({ file }) => file) };
  const files = emit(parse(copy)).map((file, index) =>
    chained(file, instrumented[index]?.mappings ?? []),
  );
  return { files, sites };
}

/** A name for the recorder that occurs nowhere in the program. */
function freshName(submission: Submission): string {
  let name = "$v";
  for (let number = 1; submission.files.some((file) => file.text.includes(name)); number++)
    name = `$v${number}_`;
  return name;
}

interface Wrapping {
  file: ParsedFile;
  wraps: readonly Wrap[];
  recorder: string;
  /** The number of the first site. */
  first: number;
}

function wrapAll({ file, wraps, recorder, first }: Wrapping): MagicString {
  const text = new MagicString(file.source.text);
  for (const [index, { start, end, form }] of wraps.entries()) {
    const open = `${recorder}(${first + index}, `;
    if (form === "shorthand") {
      // { A1 } becomes { A1: $v(7, A1) }
      text.appendLeft(end, `: ${open}${file.source.text.slice(start, end)})`);
      continue;
    }
    const [before, after] = form === "sequence" ? [`${open}(`, "))"] : [open, ")"];
    // `return{ A3 }` must not become `return$v(…)`.
    const space = /[\p{ID_Continue}$]/u.test(file.source.text.charAt(start - 1)) ? " " : "";
    // An outer value comes before the inner ones, so its opening stays in front of theirs.
    text.appendRight(start, space + before);
    text.appendLeft(end, after);
  }
  // At the end, so that no line moves; imports come first wherever they are written.
  if (wraps.length > 0) text.append(`\nimport { v as ${recorder} } from "grader:trace";\n`);
  return text;
}

function instrumentedFile(path: string, text: MagicString, sha256: string): Instrumented {
  const { mappings } = text.generateDecodedMap({ hires: true });
  return { file: { path, text: text.toString(), sha256 }, mappings };
}

/** The emitted file with a map that leads on to the student's own text. */
function chained(file: EmittedFile, onward: SourceMapMappings): CompiledFile {
  // The emitter wrote it a moment ago.
  const map = JSON.parse(file.map) as SourceMap;
  const mappings = decode(map.mappings).map((line) =>
    line.flatMap((segment): SourceMapSegment[] => {
      if (segment.length === 1) return [];
      const place = lookUp(onward[segment[2]] ?? [], segment[3]);
      return place === undefined ? [] : [[segment[0], 0, place[0], place[1]]];
    }),
  );
  const composed: SourceMap = { ...map, names: [], mappings: encode(mappings) };
  return { path: file.path, code: file.code, map: JSON.stringify(composed) };
}

/** The line and column that the last segment at or before `column` leads to. */
function lookUp(line: readonly SourceMapSegment[], column: number): [number, number] | undefined {
  let [low, high] = [0, line.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((line[middle]?.[0] ?? 0) <= column) low = middle + 1;
    else high = middle;
  }
  const segment = line[low - 1] ?? line[0];
  return segment === undefined || segment.length === 1 ? undefined : [segment[2], segment[3]];
}
