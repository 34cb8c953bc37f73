/** Statements of a file, and the lines that are theirs. */

import ts from "typescript";

export interface Lines {
  line: number;
  endLine: number;
}

/** The innermost statement that an offset lies in, or the file; blocks are no statements here. */
export function statementAt(source: ts.SourceFile, offset: number): ts.Node {
  let found: ts.Node = source;
  const visit = (node: ts.Node): void => {
    if (offset < node.getStart(source) || offset >= node.end) return;
    if (isOneStatement(node)) found = node;
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(source, visit);
  return found;
}

export const isOneStatement = (node: ts.Node): node is ts.Statement =>
  ts.isStatement(node) && !ts.isBlock(node);

/** All the lines of a simple statement; of one with statements inside, those before the first. */
export function ownLines(source: ts.SourceFile, node: ts.Node): Lines {
  const inner = firstInside(source, node);
  const start = lineOf(source, node.getStart(source));
  const end = lineOf(source, node.end);
  return { line: start, endLine: inner === undefined ? end : Math.max(start, inner - 1) };
}

/** The line of the first statement inside another, or of the end where its block is empty. */
function firstInside(source: ts.SourceFile, node: ts.Node): number | undefined {
  let first: number | undefined;
  const visit = (child: ts.Node): void => {
    if (first !== undefined) return;
    if (isOneStatement(child)) first = lineOf(source, child.getStart(source));
    else if (ts.isBlock(child) && child.statements.length === 0)
      first = lineOf(source, child.getStart(source)) + 1;
    else ts.forEachChild(child, visit);
  };
  ts.forEachChild(node, visit);
  return first;
}

export const lineOf = (source: ts.SourceFile, offset: number): number =>
  source.getLineAndCharacterOfPosition(offset).line + 1;
