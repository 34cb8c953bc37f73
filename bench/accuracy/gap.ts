/** Where a statement that is no longer there can be missed. */

import ts from "typescript";
import type { Mutant } from "./mutate/mutate.ts";
import { isOneStatement, ownLines, type Lines } from "./statements.ts";

/**
 * The statements directly before and after the gap, or the head of what is around it where there
 * is none; the last statement before it that wrote the value which the missing one would have
 * changed, and the next one after it that reads that value, both in the same function.
 */
export function gapPlaces(source: ts.SourceFile, { start, before }: Mutant): Lines[] {
  const block = blockAt(source, start);
  const siblings = statementsOf(block).filter((s) => !ts.isEmptyStatement(s));
  const above = siblings.findLast((s) => s.getStart(source) < start) ?? block.parent;
  const below = siblings.find((s) => s.getStart(source) >= start) ?? block.parent;
  const name = changedName(before);
  const inFunction = name === undefined ? [] : statementsIn(functionAround(block));
  const [written, read] = [
    inFunction.findLast((s) => s.getStart(source) < start && writes(s, name ?? "")),
    inFunction.find((s) => s.getStart(source) >= start && mentions(s, name ?? "")),
  ];
  return [above, below, written, read].flatMap((node) =>
    node === undefined || ts.isSourceFile(node) ? [] : [ownLines(source, node)],
  );
}

/** The innermost block, or the file, around an offset. */
function blockAt(source: ts.SourceFile, offset: number): ts.Node {
  let found: ts.Node = source;
  const visit = (node: ts.Node): void => {
    if (offset < node.pos || offset >= node.end) return;
    if (statementsOf(node).length > 0 || ts.isBlock(node)) found = node;
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(source, visit);
  return found;
}

function statementsOf(node: ts.Node): readonly ts.Statement[] {
  return ts.isBlock(node) ||
    ts.isSourceFile(node) ||
    ts.isModuleBlock(node) ||
    ts.isCaseOrDefaultClause(node)
    ? node.statements
    : [];
}

/** What `A1.mul(D1)`, `out[i] = x`, `this.#keep = x` and `μ.set(i, j, x)` change: the name that they begin with. */
function changedName(statement: string): string | undefined {
  return /^(?:this\.)?(#?[\p{ID_Continue}$]+)/u.exec(statement.trim())?.[1];
}

function functionAround(node: ts.Node): ts.Node {
  return ts.findAncestor(node, ts.isFunctionLike) ?? node.getSourceFile();
}

function statementsIn(node: ts.Node): ts.Statement[] {
  const found: ts.Statement[] = [];
  const visit = (child: ts.Node): void => {
    if (isOneStatement(child)) found.push(child);
    ts.forEachChild(child, visit);
  };
  ts.forEachChild(node, visit);
  return found;
}

/** A simple statement that begins with the name, or declares it. */
function writes(statement: ts.Statement, name: string): boolean {
  if (ts.isExpressionStatement(statement)) return changedName(statement.getText()) === name;
  return (
    ts.isVariableStatement(statement) &&
    statement.declarationList.declarations.some((d) => d.name.getText() === name)
  );
}

/** A simple statement in which the name occurs. */
function mentions(statement: ts.Statement, name: string): boolean {
  const isSimple =
    ts.isExpressionStatement(statement) ||
    ts.isVariableStatement(statement) ||
    ts.isReturnStatement(statement);
  return (
    isSimple &&
    statement
      .getText()
      .split(/[^\p{ID_Continue}$#]+/u)
      .includes(name)
  );
}
