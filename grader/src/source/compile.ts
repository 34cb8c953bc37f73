/** A submission's text, checked, described and made ready to run. */

import { ts } from "ts-morph";
import type { CompiledProgram } from "../model/compiled.ts";
import type { Facts, SourceProblem } from "../model/program.ts";
import type { Submission } from "../model/submission.ts";
import { findExports } from "./exports.ts";
import { collectFacts, misleadingCharacters } from "./facts/collect.ts";
import { findImports } from "./imports.ts";
import { firstLine, spanIn } from "./locate.ts";
import type { ParsedProgram } from "./parse.ts";
import { plainOf, understood } from "./understood.ts";

/** More would only be echoes of the first. */
const SYNTAX_ERRORS_SHOWN = 5;

/**
 * Parses, checks imports and exports, collects facts and strips the types. Never throws for
 * what a submission holds; how long it takes has to be bounded from outside.
 */
export function compile(submission: Submission): CompiledProgram {
  try {
    return compiled(understood(submission));
  } catch (error) {
    const why = tooComplex(error);
    if (why === undefined) throw error;
    return stopped([{ id: "source-too-complex", detail: why }], noFacts());
  }
}

function compiled(parsed: ParsedProgram): CompiledProgram {
  const misleading = parsed.files.flatMap((file) => misleadingCharacters(file.source));
  const syntax = syntaxErrors(parsed);
  if (syntax.length > 0) return stopped(syntax, { ...noFacts(), misleadingCharacters: misleading });
  const plain = plainOf(parsed);
  const imports = findImports(parsed, plain);
  const exports = findExports(parsed);
  const facts = { ...collectFacts(parsed, exports.declarations), misleadingCharacters: misleading };
  const files = plain.map(({ path, code, map }) =>
    map === undefined ? { path, code } : { path, code, map },
  );
  return {
    problems: [...imports.problems, ...exports.problems],
    facts,
    files,
    imports: imports.resolved,
  };
}

function stopped(problems: SourceProblem[], facts: Facts): CompiledProgram {
  return { problems, facts, files: [], imports: {} };
}

function noFacts(): Facts {
  return { functions: {}, uses: [], misleadingCharacters: [] };
}

/** What an error of the compiler says about a source that is too much for it. */
function tooComplex(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error instanceof RangeError) return "the code is nested too deeply to be read";
  // TypeScript's own assertions; they concern text that no person writes.
  return error.message.startsWith("Debug Failure")
    ? "the compiler cannot make sense of the code"
    : undefined;
}

function syntaxErrors(parsed: ParsedProgram): SourceProblem[] {
  return parsed.files
    .flatMap(({ source }) =>
      parsed.program.getSyntacticDiagnostics(source).map((found) => syntaxError(found, source)),
    )
    .slice(0, SYNTAX_ERRORS_SHOWN);
}

function syntaxError(found: ts.DiagnosticWithLocation, source: ts.SourceFile): SourceProblem {
  const detail = ts.flattenDiagnosticMessageText(found.messageText, "\n");
  return {
    id: "syntax-error",
    location:
      found.length === 0 && found.start === 0
        ? firstLine(source)
        : spanIn(source, found.start, found.start + found.length),
    detail,
  };
}
