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

// Every call of a function asks again, and its body can be long.
const generators = new WeakMap<FunctionNode, boolean>();
const makers = new WeakMap<FunctionNode, boolean>();

/** A function of few parameters that changes a state outside of it by scrambling, and returns something. */
export function isGenerator(fn: FunctionNode): boolean {
  return remembered(generators, fn, () => {
    if (fn.parameters.length > 2 || fn.body === undefined) return false;
    const own = ownNames(fn);
    let [changes, scrambles, returns] = [false, false, !ts.isBlock(fn.body)];
    eachOwnNode(fn.body, (node) => {
      const target = changedBy(node);
      if (target !== undefined && isOutside(target, own)) changes = true;
      if (ts.isBinaryExpression(node) && SCRAMBLES.has(node.operatorToken.kind)) scrambles = true;
      if (ts.isCallExpression(node) && /^Math\.(imul|sin)$/.test(node.expression.getText()))
        scrambles = true;
      if (ts.isReturnStatement(node) && node.expression !== undefined) returns = true;
    });
    return changes && scrambles && returns;
  });
}

/** A function that holds a generator of its own, as `mulberry32(seed)` does. */
export function makesGenerator(fn: FunctionNode): boolean {
  return remembered(makers, fn, () => {
    const holds = (node: ts.Node): boolean =>
      (ts.isFunctionLike(node) && "body" in node && node !== fn && isGenerator(node)) ||
      (ts.forEachChild(node, holds) ?? false);
    return fn.body !== undefined && holds(fn.body);
  });
}

function remembered(
  known: WeakMap<FunctionNode, boolean>,
  fn: FunctionNode,
  find: () => boolean,
): boolean {
  const before = known.get(fn);
  if (before !== undefined) return before;
  const found = find();
  known.set(fn, found);
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

/** True for names that are not the function's own, and for properties of such names and of `this`. */
function isOutside(target: ts.Expression, own: ReadonlySet<string>): boolean {
  const [base] = partsOfTarget(target);
  if (base !== undefined && base !== target) return isOutside(withoutParentheses(base), own);
  if (target.kind === ts.SyntaxKind.ThisKeyword) return true;
  return ts.isIdentifier(target) && !own.has(target.text);
}

/** The names of a function's parameters and of what its own body declares. */
function ownNames(fn: FunctionNode): ReadonlySet<string> {
  const names = new Set(fn.parameters.map((parameter) => parameter.name.getText()));
  if (fn.body !== undefined) {
    eachOwnNode(fn.body, (node) => {
      if (ts.isVariableDeclaration(node)) names.add(node.name.getText());
    });
  }
  return names;
}
