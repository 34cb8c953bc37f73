/** The condition that decides whether a place runs at all. */

import { ts } from "ts-morph";
import { namedFunctionAround } from "./calls.ts";
import type { CallsOf } from "./calls.ts";
import type { FunctionNode } from "./syntax.ts";

/** Finds the condition around a node, or around the calls of the function that it stands in. */
export type GuardOf = (node: ts.Node) => ts.Node | undefined;

/** Conditions on keep_prob, and on whether there is a random source, belong to a right program too. */
const EXPECTED = /keep|\bkp\b|rng|rand/i;

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
  for (
    let current = node;
    current !== fn && current.parent !== undefined;
    current = current.parent
  ) {
    const guard = conditionOn(current) ?? earlyReturn(current);
    if (guard !== undefined && !EXPECTED.test(guard.getText())) return { guard };
  }
  return fn ? { fn } : {};
}

// if (c) node; c ? node : x; c && node; c ?? node; a ??= node
function conditionOn(node: ts.Node): ts.Node | undefined {
  const { parent } = node;
  if (ts.isIfStatement(parent) || ts.isConditionalExpression(parent)) {
    const condition = ts.isIfStatement(parent) ? parent.expression : parent.condition;
    return condition === node ? undefined : condition;
  }
  if (!ts.isBinaryExpression(parent) || parent.right !== node) return undefined;
  return SHORT_CIRCUITS.has(parent.operatorToken.kind) ? parent.left : undefined;
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
function earlyReturn(node: ts.Node): ts.Node | undefined {
  const { parent } = node;
  if (!ts.isBlock(parent)) return undefined;
  const before = parent.statements.filter((statement) => statement.pos < node.pos);
  const leaving = before.filter(ts.isIfStatement).find((statement) => returns(statement));
  return leaving?.expression;
}

function returns({ thenStatement, elseStatement }: ts.IfStatement): boolean {
  if (elseStatement !== undefined) return false;
  const last = ts.isBlock(thenStatement) ? thenStatement.statements.at(-1) : thenStatement;
  return last !== undefined && (ts.isReturnStatement(last) || ts.isContinueStatement(last));
}
