/** What one expression is recorded as. */

import { ts } from "ts-morph";
import type { SiteInfo } from "../../model/compiled.ts";
import { shortText } from "../locate.ts";
import { isAssignment, isCover, withoutParentheses } from "./assignments.ts";

type Site = Omit<SiteInfo, "location">;

const NAME_LENGTH = 60;

const RECORDED_OPERATORS = new Set<ts.SyntaxKind>([
  ts.SyntaxKind.AsteriskToken,
  ts.SyntaxKind.SlashToken,
  ts.SyntaxKind.LessThanToken,
  ts.SyntaxKind.LessThanEqualsToken,
  ts.SyntaxKind.GreaterThanToken,
  ts.SyntaxKind.GreaterThanEqualsToken,
]);

const RECORDED_COMPOUND = new Set<ts.SyntaxKind>([
  ts.SyntaxKind.AsteriskEqualsToken,
  ts.SyntaxKind.SlashEqualsToken,
]);

/** None, one, or two: a value of its own and what it is to the expression around it. */
export function sitesOf(node: ts.Expression): Site[] {
  if (!isRecordable(node)) return [];
  const own = ownSite(node);
  const given = givenSite(node);
  if (own === undefined || given === undefined)
    return [own ?? given].filter((site) => site !== undefined);
  // `const D1 = a < b` is one value with a name and an operator.
  if (given.role === "value" || given.role === "return") return [{ ...own, ...given }];
  return [own, given];
}

/** Text and functions are not numbers, and a function takes its name from where it is written. */
function isRecordable(node: ts.Expression): boolean {
  return !(
    isCover(node) ||
    ts.isStringLiteralLike(node) ||
    ts.isTemplateExpression(node) ||
    node.kind === ts.SyntaxKind.RegularExpressionLiteral ||
    ts.isFunctionExpression(node) ||
    ts.isArrowFunction(node) ||
    ts.isClassExpression(node) ||
    ts.isSpreadElement(node) ||
    ts.isOmittedExpression(node) ||
    node.kind === ts.SyntaxKind.SuperKeyword ||
    isStepOfChain(node)
  );
}

/** `a.b` of `a.b(c)`, and `a?.b()` of `a?.b().c`: without them the rest would lose `this`, or not be skipped. */
function isStepOfChain(node: ts.Expression): boolean {
  const outer = beyondNonNull(node);
  if (ts.isCallExpression(outer.parent) || ts.isNewExpression(outer.parent)) {
    return outer.parent.expression === outer.node;
  }
  const { parent } = outer;
  if (ts.isTypeOfExpression(parent) || ts.isDeleteExpression(parent)) return true;
  if (ts.isTaggedTemplateExpression(parent)) return parent.tag === outer.node;
  const isAccess = ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent);
  return (
    isAccess &&
    parent.expression === outer.node &&
    (parent.flags & ts.NodeFlags.OptionalChain) !== 0
  );
}

function beyondNonNull(node: ts.Expression): { node: ts.Node; parent: ts.Node } {
  let current: ts.Node = node;
  while (ts.isNonNullExpression(current.parent)) current = current.parent;
  return { node: current, parent: current.parent };
}

/** What the expression itself computes: the result of a call, of an operator, of `a *= b`. */
function ownSite(node: ts.Expression): Site | undefined {
  if (ts.isCallExpression(node)) {
    const { kind } = node.expression;
    if (kind === ts.SyntaxKind.SuperKeyword || kind === ts.SyntaxKind.ImportKeyword)
      return undefined;
    return { role: "value", operator: calleeName(node.expression) };
  }
  if (ts.isNewExpression(node))
    return { role: "value", operator: `new ${calleeName(node.expression)}` };
  if (!ts.isBinaryExpression(node)) return undefined;
  const operator = node.operatorToken.getText();
  if (RECORDED_OPERATORS.has(node.operatorToken.kind)) return { role: "value", operator };
  if (!isAssignment(node) || node.operatorToken.kind === ts.SyntaxKind.EqualsToken)
    return undefined;
  return { role: "value", name: shortText(node.left, NAME_LENGTH), operator };
}

/** The method's or function's name, as in `mul` for `A1.mul(D1)`. */
function calleeName(callee: ts.Expression): string {
  if (ts.isPropertyAccessExpression(callee)) return callee.name.text;
  return shortText(callee, NAME_LENGTH);
}

/** What the expression is for: the value of a name, a result, an operand, an argument. */
function givenSite(node: ts.Expression): Site | undefined {
  let child: ts.Node = node;
  while (isCover(child.parent)) child = child.parent;
  const { parent } = child;
  if (ts.isReturnStatement(parent) || (ts.isArrowFunction(parent) && parent.body === child))
    return { role: "return" };
  if (isNamed(parent) && parent.initializer === child) {
    const name = shortText(parent.name, NAME_LENGTH);
    return {
      role: "value",
      name,
      ...(ts.isPropertyAssignment(parent) ? { isProperty: true } : {}),
    };
  }
  if (ts.isCallOrNewExpression(parent)) return argumentSite(parent, child);
  return ts.isBinaryExpression(parent) ? operandSite(parent, child) : undefined;
}

function isNamed(
  node: ts.Node,
): node is ts.VariableDeclaration | ts.PropertyDeclaration | ts.PropertyAssignment {
  return (
    ts.isVariableDeclaration(node) ||
    ts.isPropertyDeclaration(node) ||
    ts.isPropertyAssignment(node)
  );
}

// A1.mul(D1); new Dropout(0.8); drop(A1, 0.8)
function argumentSite(
  call: ts.CallExpression | ts.NewExpression,
  child: ts.Node,
): Site | undefined {
  const callee = call.expression;
  if (!call.arguments?.some((argument) => argument === child)) return undefined;
  if (ts.isNumericLiteral(child)) return { role: "argument", operator: calleeName(callee) };
  // `new Dropout(1 - keep_prob)`; of the rest there may be very much.
  if (ts.isNewExpression(call))
    return ts.isBinaryExpression(withoutParentheses(child as ts.Expression))
      ? { role: "given", operator: calleeName(callee) }
      : undefined;
  // What a function of the student's own is given.
  if (ts.isIdentifier(callee)) return { role: "given", operator: callee.text };
  if (ts.isPropertyAccessExpression(callee))
    return { role: "argument", operator: callee.name.text };
  return ts.isElementAccessExpression(callee)
    ? { role: "argument", operator: calleeName(callee) }
    : undefined;
}

// a = b; a * b; a *= b
function operandSite(parent: ts.BinaryExpression, child: ts.Node): Site | undefined {
  const { kind } = parent.operatorToken;
  if (kind === ts.SyntaxKind.EqualsToken && parent.right === child) {
    return { role: "value", name: shortText(parent.left, NAME_LENGTH) };
  }
  const isOperand =
    RECORDED_OPERATORS.has(kind) || (RECORDED_COMPOUND.has(kind) && parent.right === child);
  return isOperand ? { role: "operand", operator: parent.operatorToken.getText() } : undefined;
}
