/** Random number generators that students write themselves. */

import { ts } from "ts-morph";
import { isAssignment, partsOfTarget, withoutParentheses } from "../instrument/assignments.ts";
import type { FunctionNode } from "./syntax.ts";

/** The arithmetic that scrambles: `%`, `^`, `>>>`, `Math.imul`, `Math.sin`. */
const SCRAMBLES = new Set<ts.SyntaxKind>([
  ts.SyntaxKind.PercentToken,
  ts.SyntaxKind.PercentEqualsToken,
  ts.SyntaxKind.CaretToken,
  ts.SyntaxKind.CaretEqualsToken,
  ts.SyntaxKind.GreaterThanGreaterThanGreaterThanToken,
]);

/** A function of few parameters that changes a state outside of it by scrambling, and returns something. */
export function isGenerator(fn: FunctionNode): boolean {
  if (fn.parameters.length > 2 || fn.body === undefined) return false;
  let [changes, scrambles, returns] = [false, false, !ts.isBlock(fn.body)];
  eachOwnNode(fn.body, (node) => {
    const target = changedBy(node);
    if (target !== undefined && isOutside(target, fn)) changes = true;
    if (ts.isBinaryExpression(node) && SCRAMBLES.has(node.operatorToken.kind)) scrambles = true;
    if (ts.isCallExpression(node) && /^Math\.(imul|sin)$/.test(node.expression.getText()))
      scrambles = true;
    if (ts.isReturnStatement(node) && node.expression !== undefined) returns = true;
  });
  return changes && scrambles && returns;
}

/** A function that holds a generator of its own, as `mulberry32(seed)` does. */
export function makesGenerator(fn: FunctionNode): boolean {
  let found = false;
  const look = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && "body" in node && node !== fn && isGenerator(node)) found = true;
    ts.forEachChild(node, look);
  };
  if (fn.body !== undefined) look(fn.body);
  return found;
}

/** The nodes of a body without those of the functions inside it. */
function eachOwnNode(node: ts.Node, look: (node: ts.Node) => void): void {
  if (ts.isFunctionLike(node)) return;
  look(node);
  ts.forEachChild(node, (child) => {
    eachOwnNode(child, look);
  });
}

// state = …; state += …; state++
function changedBy(node: ts.Node): ts.Expression | undefined {
  if (ts.isBinaryExpression(node) && isAssignment(node)) return withoutParentheses(node.left);
  if (ts.isPostfixUnaryExpression(node)) return node.operand;
  const isStep =
    ts.isPrefixUnaryExpression(node) &&
    (node.operator === ts.SyntaxKind.PlusPlusToken ||
      node.operator === ts.SyntaxKind.MinusMinusToken);
  return isStep ? node.operand : undefined;
}

/** True for names that the function does not declare, and for properties of such names and of `this`. */
function isOutside(target: ts.Expression, fn: FunctionNode): boolean {
  const [base] = partsOfTarget(target);
  if (base !== undefined && base !== target) return isOutside(withoutParentheses(base), fn);
  if (target.kind === ts.SyntaxKind.ThisKeyword) return true;
  if (!ts.isIdentifier(target)) return false;
  const { text } = target;
  let declared = fn.parameters.some((parameter) => parameter.name.getText() === text);
  if (fn.body !== undefined) {
    eachOwnNode(fn.body, (node) => {
      if (ts.isVariableDeclaration(node) && node.name.getText() === text) declared = true;
    });
  }
  return !declared;
}
