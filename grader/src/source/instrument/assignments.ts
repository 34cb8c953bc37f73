/** The shapes of assignments. */

import { ts } from "ts-morph";

/** `=`, `*=`, `??=` and their like. */
export function isAssignment(node: ts.BinaryExpression): boolean {
  const { kind } = node.operatorToken;
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

/** The expression inside `(x)`, `x as T`, `<T>x`, `x satisfies T` and `x!`. */
export function withoutParentheses(node: ts.Expression): ts.Expression {
  let inner = node;
  while (isCover(inner)) inner = inner.expression;
  return inner;
}

type Cover =
  | ts.ParenthesizedExpression
  | ts.AsExpression
  | ts.TypeAssertion
  | ts.SatisfiesExpression
  | ts.NonNullExpression;

/** What has the value of the expression inside it. */
export function isCover(node: ts.Node): node is Cover {
  return (
    ts.isParenthesizedExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isTypeAssertionExpression(node) ||
    ts.isSatisfiesExpression(node) ||
    ts.isNonNullExpression(node)
  );
}

/** `[a, b]` and `{ a, b }` on the left of `=`. */
export function isPattern(target: ts.Expression): boolean {
  const inner = withoutParentheses(target);
  return ts.isArrayLiteralExpression(inner) || ts.isObjectLiteralExpression(inner);
}

/** The values that are read to find where a target is. */
export function partsOfTarget(target: ts.Expression): ts.Expression[] {
  if (ts.isPropertyAccessExpression(target)) return [target.expression];
  if (ts.isElementAccessExpression(target)) return [target.expression, target.argumentExpression];
  return ts.isIdentifier(target) ? [] : [target];
}
