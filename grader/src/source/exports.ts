/** The three functions of the assignment among what the entry exports. */

import { ts } from "ts-morph";
import type { SourceProblem } from "../model/program.ts";
import { FUNCTION_NAMES } from "../model/submission.ts";
import type { FunctionName } from "../model/submission.ts";
import { firstLine, locationOf } from "./locate.ts";
import { missingExport } from "./near-misses.ts";
import { ownFile } from "./parse.ts";
import type { ParsedProgram } from "./parse.ts";

export interface Exports {
  problems: SourceProblem[];
  /** Where each function that was found is declared, behind aliases and re-exports. */
  declarations: Map<FunctionName, ts.Declaration>;
}

/** Finds the functions by name, through re-exports and renaming, and says what is missing. */
export function findExports(parsed: ParsedProgram): Exports {
  const exported = exportedValues(parsed);
  const declarations = new Map<FunctionName, ts.Declaration>();
  const problems: SourceProblem[] = [];
  for (const fn of FUNCTION_NAMES) {
    const symbol = exported.get(fn);
    if (symbol === undefined) {
      if (!reexportsUnknown(parsed)) problems.push(missingExport(fn, parsed, [...exported.keys()]));
      continue;
    }
    const declaration = declarationOf(symbol);
    // What is re-exported from a file that is not there has no declaration; the import is reported.
    if (declaration === undefined) continue;
    const what = notAFunction(declaration);
    if (what === undefined) declarations.set(fn, declaration);
    else problems.push(wrongKind(fn, declaration, what));
  }
  return { problems, declarations };
}

/** The values that the entry exports, behind aliases. Types are left out. */
function exportedValues(parsed: ParsedProgram): Map<string, ts.Symbol> {
  const { checker, files } = parsed;
  const [entry] = files;
  const module = entry === undefined ? undefined : checker.getSymbolAtLocation(entry.source);
  const found = new Map<string, ts.Symbol>();
  for (const symbol of module === undefined ? [] : checker.getExportsOfModule(module)) {
    const resolved = behindAlias(symbol, checker);
    const unknown = resolved.declarations === undefined;
    const isValue = unknown || (resolved.flags & ts.SymbolFlags.Value) !== 0;
    if (isValue && !isTypeOnlyExport(symbol)) found.set(symbol.name, resolved);
  }
  return found;
}

/** The symbol that an import or a renaming stands for. */
export function behindAlias(symbol: ts.Symbol, checker: ts.TypeChecker): ts.Symbol {
  return (symbol.flags & ts.SymbolFlags.Alias) === 0 ? symbol : checker.getAliasedSymbol(symbol);
}

// export type { f }; export { type f }
function isTypeOnlyExport(symbol: ts.Symbol): boolean {
  return (symbol.declarations ?? []).some(
    (node) => ts.isExportSpecifier(node) && (node.isTypeOnly || node.parent.parent.isTypeOnly),
  );
}

/** Of several declarations (overloads) the one with a body. */
function declarationOf(symbol: ts.Symbol): ts.Declaration | undefined {
  const all = symbol.declarations ?? [];
  return (
    all.find((node) => ts.isFunctionDeclaration(node) && node.body !== undefined) ??
    symbol.valueDeclaration ??
    all[0]
  );
}

// export * from "elsewhere"
function reexportsUnknown({ submission, files }: ParsedProgram): boolean {
  const [entry] = files;
  return (entry?.source.statements ?? []).some((statement) => {
    if (!ts.isExportDeclaration(statement) || statement.exportClause !== undefined) return false;
    const specifier = statement.moduleSpecifier;
    if (specifier === undefined || !ts.isStringLiteral(specifier)) return false;
    return ownFile(submission, submission.entry, specifier.text) === undefined;
  });
}

/** What a declaration plainly is when it cannot be called; the sandbox sees the rest. */
function notAFunction(node: ts.Declaration): string | undefined {
  if (ts.isClassDeclaration(node)) return "a class, which cannot be called without `new`";
  if (ts.isEnumDeclaration(node)) return "an enum";
  if (ts.isModuleDeclaration(node)) return "a namespace";
  if (ts.isFunctionDeclaration(node))
    return node.body === undefined ? "declared, but has no body" : undefined;
  if (!ts.isVariableDeclaration(node)) return undefined;
  const value = node.initializer;
  if (value === undefined) return undefined;
  if (ts.isNumericLiteral(value)) return "a number";
  if (ts.isStringLiteralLike(value) || ts.isTemplateExpression(value)) return "a string";
  if (ts.isArrayLiteralExpression(value)) return "an array";
  if (ts.isObjectLiteralExpression(value)) return "an object";
  if (ts.isClassExpression(value)) return "a class, which cannot be called without `new`";
  if (value.kind === ts.SyntaxKind.TrueKeyword || value.kind === ts.SyntaxKind.FalseKeyword)
    return "a boolean";
  return value.kind === ts.SyntaxKind.NullKeyword ? "null" : undefined;
}

function wrongKind(fn: FunctionName, node: ts.Declaration, what: string): SourceProblem {
  const name = ts.getNameOfDeclaration(node);
  const location = name === undefined ? firstLine(node.getSourceFile()) : locationOf(name);
  return {
    id: "export-not-a-function",
    fn,
    location,
    detail: `\`${fn}\` is ${what}, and a function is needed`,
  };
}
