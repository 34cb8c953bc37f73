/** Which variable an expression hands on unchanged, and which one changes where it is made. */

import { ts } from "ts-morph";
import type { SiteInfo } from "../../model/compiled.ts";
import { isAssignment, isCover } from "./assignments.ts";

type Flow = Pick<SiteInfo, "reads" | "on" | "changes">;

/** Methods that change what they are called on, wherever the call is written. */
const CHANGING = new Set(["set", "push", "fill", "apply", "setRow", "setColumn"]);

/** By the first name of a chain: `out` for `out[i][j]` and for `out.set(i, j, x)`. */
export function flowOf(node: ts.Expression): Flow {
  const reads = isChain(node) ? rootOf(node) : undefined;
  const on =
    ts.isCallExpression(node) && !ts.isIdentifier(node.expression) ? rootOf(node) : undefined;
  const changes = changedBy(node);
  return {
    ...(reads === undefined ? {} : { reads }),
    ...(on === undefined ? {} : { on }),
    ...(changes === undefined ? {} : { changes }),
  };
}

/** `a`, `a.b`, `a[i]`: nothing is computed. */
function isChain(node: ts.Expression): boolean {
  if (ts.isIdentifier(node)) return true;
  if (ts.isPropertyAccessExpression(node)) return isChain(node.expression);
  if (ts.isElementAccessExpression(node)) return isChain(node.expression);
  return node.kind === ts.SyntaxKind.ThisKeyword || (isCover(node) && isChain(node.expression));
}

/** The first name of `a.b[c].d(e)`; after `this`, the second. */
function rootOf(node: ts.Node): string | undefined {
  if (ts.isIdentifier(node)) return node.text;
  if (ts.isPropertyAccessExpression(node))
    return node.expression.kind === ts.SyntaxKind.ThisKeyword
      ? `this.${node.name.text}`
      : rootOf(node.expression);
  if (ts.isElementAccessExpression(node) || ts.isCallExpression(node) || isCover(node))
    return rootOf(node.expression);
  return undefined;
}

function changedBy(node: ts.Expression): string | undefined {
  if (ts.isBinaryExpression(node) && isAssignment(node)) return rootOf(node.left);
  let child: ts.Node = node;
  while (isCover(child.parent)) child = child.parent;
  const { parent } = child;
  if (ts.isBinaryExpression(parent) && isAssignment(parent) && parent.right === child)
    return rootOf(parent.left);
  if (ts.isVariableDeclaration(parent)) return rootOf(parent.name);
  if (!ts.isCallExpression(node)) return undefined;
  const isStatement = ts.isExpressionStatement(parent);
  const callee = node.expression;
  const isChanging = ts.isPropertyAccessExpression(callee) && CHANGING.has(callee.name.text);
  return isStatement || isChanging ? rootOf(callee) : undefined;
}
