/** Loops that count: how often each was entered tells, beside what ran inside, how often it ran. */

import { ts } from "ts-morph";
import type { Location } from "../../model/submission.ts";
import { spanIn } from "../locate.ts";

/** The head of a `for (…; …; …)`: from `for` to the parenthesis that closes it. */
export function headOf(file: ts.SourceFile, loop: ts.ForStatement): Location {
  const end = file.text.lastIndexOf(")", loop.statement.getFullStart() + 1) + 1;
  return spanIn(file, loop.getStart(file), Math.max(end, loop.getStart(file) + 3));
}

/** Where a loop is entered, and where it is decided whether it goes on. */
export function turnsOf(loop: ts.ForStatement): { name: string; at: ts.Expression }[] {
  const start = startOf(loop);
  return [
    ...(start ? [{ name: "start", at: start }] : []),
    ...(loop.condition ? [{ name: "next", at: loop.condition }] : []),
  ];
}

/** What the counter begins with: evaluated once each time that the loop is entered. */
function startOf({ initializer }: ts.ForStatement): ts.Expression | undefined {
  if (initializer === undefined) return undefined;
  if (ts.isVariableDeclarationList(initializer)) return initializer.declarations[0]?.initializer;
  const isSet =
    ts.isBinaryExpression(initializer) &&
    initializer.operatorToken.kind === ts.SyntaxKind.EqualsToken;
  return isSet ? initializer.right : undefined;
}

/** The counting loop directly around a node, within the same function. */
export function loopAround(node: ts.Node): ts.ForStatement | undefined {
  let child = node;
  for (let outer = node.parent; outer !== undefined; child = outer, outer = outer.parent) {
    if (ts.isForStatement(outer) && outer.statement === child) return outer;
    if (ts.isFunctionLike(outer)) return undefined;
  }
  return undefined;
}

/** Where the function begins that a node is written in. */
export function scopeOf(node: ts.Node): number {
  return ts.findAncestor(node.parent, ts.isFunctionLike)?.pos ?? -1;
}
