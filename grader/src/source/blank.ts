/**
 * TypeScript to plain JavaScript by putting blanks where the types were, so that every position
 * stays what it was. That needs no printing and no source map, and is many times as fast as
 * TypeScript's own emitter; what cannot be done by blanks alone is left to that.
 */

import { blankSourceFile } from "ts-blank-space";
import { ts } from "ts-morph";
import type { CompiledFile } from "../model/compiled.ts";
import { elided, isType } from "./elide.ts";
import type { Span } from "./elide.ts";
import type { ParsedFile, ParsedProgram } from "./parse.ts";

export interface PlainFile extends CompiledFile {
  /** What the JavaScript still imports, as written: imports of types are gone. */
  specifiers: Set<string>;
}

/**
 * Every file as JavaScript, in the order of the submission. Nothing where one of them needs to be
 * compiled (`enum`, `namespace`, parameter properties, decorators), since the others may use what
 * that one declares. Throws RangeError where a file is nested too deeply.
 */
export function blank(parsed: ParsedProgram): PlainFile[] | undefined {
  const files: PlainFile[] = [];
  for (const file of parsed.files) {
    const plain = isPlain(file.path) ? untouched(file) : blanked(file, parsed.checker);
    if (plain === undefined) return undefined;
    files.push(plain);
  }
  return files;
}

function isPlain(path: string): boolean {
  return path.endsWith(".js");
}

/** In JavaScript nothing is a type, and no import is in vain. */
function untouched({ path, source }: ParsedFile): PlainFile {
  const specifiers = source.statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return [];
    const { moduleSpecifier } = statement;
    return moduleSpecifier && ts.isStringLiteral(moduleSpecifier) ? [moduleSpecifier.text] : [];
  });
  return { path, code: source.text, specifiers: new Set(specifiers) };
}

function blanked({ path, source }: ParsedFile, checker: ts.TypeChecker): PlainFile | undefined {
  if (isBeyondBlanks(source, checker)) return undefined;
  let needsCompiling = false;
  const code = blankSourceFile(source, () => {
    needsCompiling = true;
  });
  if (needsCompiling) return undefined;
  const { statements, names, specifiers } = elided(source, checker);
  // A statement that goes must not let the one before it run on.
  const withoutStatements = statements.reduce((text, span) => blankOut(text, span, ";"), code);
  return {
    path,
    code: names.reduce((text, span) => blankOut(text, span, ""), withoutStatements),
    specifiers,
  };
}

function blankOut(text: string, [start, end]: Span, first: string): string {
  const gap = text.slice(start + first.length, end).replace(/[^\r\n\u2028\u2029]/g, " ");
  return text.slice(0, start) + first + gap + text.slice(end);
}

/** What may be a decorator, `using` or `accessor`: newer than the engine. */
const NEWER = /@|\busing\b|\baccessor\b/;

/** What TypeScript rewrites and `ts-blank-space` leaves as it is. */
function isBeyondBlanks(file: ts.SourceFile, checker: ts.TypeChecker): boolean {
  // export default SomeInterface
  const exportsType = file.statements.some(
    (statement) =>
      ts.isExportAssignment(statement) &&
      ts.isIdentifier(statement.expression) &&
      isType(statement.expression, checker),
  );
  return exportsType || (NEWER.test(file.text) && hasNewer(file));
}

function hasNewer(node: ts.Node): boolean {
  // `const` is 2, `using` 4, `await using` both.
  const isUsing = ts.isVariableDeclarationList(node) && (node.flags & ts.NodeFlags.Using) !== 0;
  if (isUsing || ts.isDecorator(node) || node.kind === ts.SyntaxKind.AccessorKeyword) return true;
  return ts.forEachChild(node, hasNewer) ?? false;
}
