/**
 * Imports and exports of types, which are gone at run time. Where the text does not say `type`,
 * only what a name stands for, and whether it is used as a value, shows that it is one.
 */

import { ts } from "ts-morph";
import { behindAlias } from "./exports.ts";

/** A part of the text, as offsets, the end exclusive. */
export type Span = readonly [start: number, end: number];

export interface Elided {
  /** Whole statements that go. */
  statements: Span[];
  /** Names in a list that go, each with the comma that follows. */
  names: Span[];
  /** The files and libraries that are still imported, as written. */
  specifiers: Set<string>;
}

/** What TypeScript would leave out of a file's imports and exports, beside what says `type` itself. */
export function elided(file: ts.SourceFile, checker: ts.TypeChecker): Elided {
  const found: Elided = { statements: [], names: [], specifiers: new Set() };
  const isUsed = usedAsValue(file, checker);
  for (const statement of file.statements) {
    const isKept = ts.isImportDeclaration(statement)
      ? lookAtImport(statement, isUsed, found)
      : ts.isExportDeclaration(statement)
        ? lookAtExport(statement, checker, found)
        : undefined;
    if (isKept === undefined) continue;
    const { moduleSpecifier } = statement as ts.ImportDeclaration | ts.ExportDeclaration; // the only two
    if (!isKept) found.statements.push([statement.getStart(file), statement.end]);
    else if (moduleSpecifier !== undefined && ts.isStringLiteral(moduleSpecifier))
      found.specifiers.add(moduleSpecifier.text);
  }
  return found;
}

type IsUsed = (name: ts.Identifier) => boolean;

/** False where nothing is left of it. Takes note of names that go while others stay. */
function lookAtImport(node: ts.ImportDeclaration, isUsed: IsUsed, found: Elided): boolean {
  const clause = node.importClause;
  if (clause === undefined) return true;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return false;
  const { name, namedBindings } = clause;
  const list = namedBindings !== undefined && ts.isNamedImports(namedBindings);
  // import {} from "x" is of no use to anybody, and TypeScript takes it away.
  const gone = list ? namedBindings.elements.filter((e) => e.isTypeOnly || !isUsed(e.name)) : [];
  const keepsList = list && gone.length < namedBindings.elements.length;
  const keepsRest =
    keepsList || (namedBindings !== undefined && !list && isUsed(namedBindings.name));
  const keepsName = name !== undefined && isUsed(name);
  if (!keepsName && !keepsRest) return false;
  if (name && !keepsName && namedBindings) found.names.push([name.pos, namedBindings.getStart()]);
  if (name && namedBindings && !keepsRest) found.names.push([name.end, namedBindings.end]);
  else found.names.push(...gone.filter((e) => !e.isTypeOnly).map(withComma));
  return true;
}

function lookAtExport(node: ts.ExportDeclaration, checker: ts.TypeChecker, found: Elided): boolean {
  if (node.isTypeOnly) return false;
  const clause = node.exportClause;
  // export * from "x"; export * as x from "x"; export {}
  if (clause === undefined || !ts.isNamedExports(clause) || clause.elements.length === 0)
    return true;
  const gone = clause.elements.filter((e) => e.isTypeOnly || isType(e.name, checker));
  if (gone.length === clause.elements.length) return false;
  found.names.push(...gone.filter((e) => !e.isTypeOnly).map(withComma));
  return true;
}

function withComma(element: ts.ImportSpecifier | ts.ExportSpecifier): Span {
  const text = element.getSourceFile().text;
  const comma = /^\s*,/.exec(text.slice(element.end))?.[0].length ?? 0;
  return [element.getStart(), element.end + comma];
}

/** True for an interface or a type alias. What nobody knows is taken for a value. */
export function isType(name: ts.Node, checker: ts.TypeChecker): boolean {
  const symbol = checker.getSymbolAtLocation(name);
  if (symbol === undefined) return false;
  const { declarations, flags } = behindAlias(symbol, checker);
  return declarations !== undefined && (flags & ts.SymbolFlags.Value) === 0;
}

/** Whether an imported name stands anywhere in the file where a value is meant. */
function usedAsValue(file: ts.SourceFile, checker: ts.TypeChecker): IsUsed {
  const wanted = new Map<string, ts.Symbol>();
  for (const name of importedNames(file)) {
    const symbol = checker.getSymbolAtLocation(name);
    if (symbol !== undefined && !isType(name, checker)) wanted.set(name.text, symbol);
  }
  const used = new Set<string>();
  const look = (node: ts.Node): void => {
    if (wanted.size === 0 || isForTypesOnly(node)) return;
    if (ts.isIdentifier(node) && isMeant(node, wanted, checker)) {
      wanted.delete(node.text);
      used.add(node.text);
    }
    ts.forEachChild(node, look);
  };
  ts.forEachChild(file, look);
  return (name) => used.has(name.text);
}

function importedNames(file: ts.SourceFile): ts.Identifier[] {
  return file.statements.flatMap((statement) => {
    const clause = ts.isImportDeclaration(statement) ? statement.importClause : undefined;
    if (clause === undefined) return [];
    const { name, namedBindings } = clause;
    const rest =
      namedBindings === undefined
        ? []
        : ts.isNamedImports(namedBindings)
          ? namedBindings.elements.map((element) => element.name)
          : [namedBindings.name];
    return name === undefined ? rest : [name, ...rest];
  });
}

function isForTypesOnly(node: ts.Node): boolean {
  return (
    (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) ||
    ts.isTypeParameterDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isImportDeclaration(node) ||
    (ts.isHeritageClause(node) && node.token === ts.SyntaxKind.ImplementsKeyword) ||
    (ts.isExportDeclaration(node) && (node.isTypeOnly || node.moduleSpecifier !== undefined)) ||
    isDeclared(node)
  );
}

// declare const x: T
function isDeclared(node: ts.Node): boolean {
  return (
    ts.canHaveModifiers(node) &&
    (node.modifiers ?? []).some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword)
  );
}

function isMeant(
  name: ts.Identifier,
  wanted: ReadonlyMap<string, ts.Symbol>,
  checker: ts.TypeChecker,
): boolean {
  const symbol = wanted.get(name.text);
  return symbol !== undefined && valueMeant(name, checker) === symbol;
}

/** What a name stands for in its scope, in front of imports. */
function valueMeant(name: ts.Identifier, checker: ts.TypeChecker): ts.Symbol | undefined {
  const { parent } = name;
  if (ts.isPropertyAccessExpression(parent) && parent.name === name) return undefined;
  if (ts.isShorthandPropertyAssignment(parent))
    return checker.getShorthandAssignmentValueSymbol(parent);
  if (ts.isExportSpecifier(parent))
    return parent.isTypeOnly ? undefined : checker.getExportSpecifierLocalTargetSymbol(parent);
  return checker.getSymbolAtLocation(name);
}
