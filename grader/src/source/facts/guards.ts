/** The condition that decides whether a place runs at all. */

import { ts } from "ts-morph";
import { namedFunctionAround } from "./calls.ts";
import type { CallsOf } from "./calls.ts";
import { KEEP_PROB_NAMES } from "./keep-prob.ts";
import { SOURCE_NAMES } from "./random.ts";
import { eachNode, outward } from "./syntax.ts";
import type { FunctionNode } from "./syntax.ts";

/** Finds the condition around a node, or around the calls of the function that it stands in. */
export type GuardOf = (node: ts.Node) => ts.Node | undefined;

export function guardsOf(callsOf: CallsOf): GuardOf {
  const known = new Map<ts.Node, ts.Node | undefined>();
  const guardOfCalls = (fn: FunctionNode): ts.Node | undefined => {
    if (known.has(fn)) return known.get(fn);
    known.set(fn, undefined); // it may call itself
    const guards = callsOf(fn).map((call) => guardOf(call));
    const found = guards.find((guard) => guard !== undefined);
    known.set(fn, found);
    return found;
  };
  const guardOf: GuardOf = (node) => {
    const { guard, fn } = guardWithin(node);
    return guard ?? (fn && guardOfCalls(fn));
  };
  return guardOf;
}

/** The condition inside the named function that a node stands in, and that function. */
function guardWithin(node: ts.Node): { guard?: ts.Node; fn?: FunctionNode } {
  const fn = namedFunctionAround(node);
  for (const current of outward(node, fn)) {
    const conditions = [...conditionOn(current), ...earlyReturns(current)];
    const guard = conditions.find((condition) => !isExpected(condition));
    if (guard) return { guard };
  }
  return fn ? { fn } : {};
}

/** Conditions on keep_prob, and on whether there is a random source, belong to a right program too. */
function isExpected(condition: ts.Node): boolean {
  let found = false;
  const look = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && (KEEP_PROB_NAMES.test(node.text) || SOURCE_NAMES.test(node.text)))
      found = true;
  };
  look(condition);
  eachNode(condition, look);
  return found;
}

// if (c) node; c ? node : x; c && node; c ?? node; a ??= node
function conditionOn(node: ts.Node): ts.Node[] {
  const { parent } = node;
  if (ts.isIfStatement(parent) || ts.isConditionalExpression(parent)) {
    const condition = ts.isIfStatement(parent) ? parent.expression : parent.condition;
    return condition === node ? [] : [condition];
  }
  if (!ts.isBinaryExpression(parent) || parent.right !== node) return [];
  return SHORT_CIRCUITS.has(parent.operatorToken.kind) ? [parent.left] : [];
}

const SHORT_CIRCUITS = new Set<ts.SyntaxKind>([
  ts.SyntaxKind.AmpersandAmpersandToken,
  ts.SyntaxKind.BarBarToken,
  ts.SyntaxKind.QuestionQuestionToken,
  ts.SyntaxKind.AmpersandAmpersandEqualsToken,
  ts.SyntaxKind.BarBarEqualsToken,
  ts.SyntaxKind.QuestionQuestionEqualsToken,
]);

// if (known) return known; node
function earlyReturns(node: ts.Node): ts.Node[] {
  const { parent } = node;
  if (!ts.isBlock(parent)) return [];
  const before = parent.statements.filter((statement) => statement.pos < node.pos);
  const leaving = before.filter(ts.isIfStatement).filter((statement) => returns(statement));
  return leaving.map(({ expression }) => expression);
}

function returns({ thenStatement, elseStatement }: ts.IfStatement): boolean {
  if (elseStatement !== undefined) return false;
  const last = ts.isBlock(thenStatement) ? thenStatement.statements.at(-1) : thenStatement;
  return last !== undefined && (ts.isReturnStatement(last) || ts.isContinueStatement(last));
}
