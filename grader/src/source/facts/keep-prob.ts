/** Mentions of keep_prob, under whatever name. */

import { ts } from "ts-morph";
import type { FunctionName } from "../../model/submission.ts";
import { withoutParentheses } from "../instrument/assignments.ts";
import type { Bindings } from "./bindings.ts";
import { spread } from "./flows.ts";
import type { Flow, Held } from "./flows.ts";
import { accessedName, eachNode, isOverwritten, isPropertyName } from "./syntax.ts";
import type { FunctionNode } from "./syntax.ts";

/** `keep_prob`, `KEEP_PROB`, `keepProbability`, `kp`, `p_keep`; `drop_prob`, `dropoutRate`. */
export const KEEP_PROB_NAMES =
  /^_*(keep_?(p|prob|probs|probability|rate)?|kp|p_?keep|prob_?keep|drop(out)?_?(p|prob|probability|rate))_?\d*$/i;

/** The parameter that the assignment calls keep_prob, whatever the student calls it. */
const POSITION: Partial<Record<FunctionName, number>> = {
  forward_propagation_with_dropout: 2,
  backward_propagation_with_dropout: 3,
};

const ARITHMETIC = new Set<ts.SyntaxKind>([
  ts.SyntaxKind.PlusToken,
  ts.SyntaxKind.MinusToken,
  ts.SyntaxKind.AsteriskToken,
  ts.SyntaxKind.SlashToken,
  ts.SyntaxKind.AsteriskAsteriskToken,
  ts.SyntaxKind.QuestionQuestionToken,
  ts.SyntaxKind.BarBarToken,
]);

/** Every expression that mentions it or what it was handed on as, in the order of the text. */
export function keepProbMentions(
  functions: ReadonlyMap<FunctionName, FunctionNode>,
  bindings: Bindings,
  flows: readonly Flow[],
): ts.Node[] {
  const held = heldBy(bindings);
  for (const [fn, node] of functions) {
    const parameter = node.parameters[POSITION[fn] ?? Number.POSITIVE_INFINITY]?.name;
    const symbol =
      parameter !== undefined && ts.isIdentifier(parameter)
        ? bindings.symbolOf(parameter)
        : undefined;
    if (symbol !== undefined) held.holders.add(symbol);
  }
  addByName(held, bindings);
  spread(held, flows);
  return mentions(held, bindings);
}

function addByName(held: Held, bindings: Bindings): void {
  for (const file of bindings.files) {
    eachNode(file, (node) => {
      if (!ts.isIdentifier(node) || !KEEP_PROB_NAMES.test(node.text)) return;
      if (isPropertyName(node)) held.holders.add(node.text);
      const declares =
        ts.isVariableDeclaration(node.parent) ||
        ts.isParameter(node.parent) ||
        ts.isBindingElement(node.parent);
      const symbol = declares && node.parent.name === node ? bindings.symbolOf(node) : undefined;
      if (symbol !== undefined) held.holders.add(symbol);
    });
  }
}

function heldBy(bindings: Bindings): Held {
  const holders: Held["holders"] = new Set();
  const isHeld = (node: ts.Expression): boolean => {
    if (ts.isIdentifier(node)) {
      const symbol = bindings.symbolOf(node);
      return symbol !== undefined && holders.has(symbol);
    }
    const name = accessedName(node);
    return name !== undefined && holders.has(name);
  };
  const isNeutral = (node: ts.Expression): boolean => {
    const parts = scalarParts(node);
    return parts !== undefined && parts.every(ts.isNumericLiteral);
  };
  const carries = (node: ts.Expression): boolean => {
    const parts = scalarParts(node);
    if (parts === undefined || !parts.some(isHeld)) return false;
    return parts.every((part) => isHeld(part) || ts.isNumericLiteral(part));
  };
  return { holders, carries, isNeutral };
}

/** The numbers and names that a plain calculation is made of, as in `1 / (1 - p)`; nothing for anything else. */
function scalarParts(node: ts.Expression): ts.Expression[] | undefined {
  const inner = withoutParentheses(node);
  if (ts.isNumericLiteral(inner) || ts.isIdentifier(inner) || accessedName(inner) !== undefined)
    return [inner];
  if (ts.isPrefixUnaryExpression(inner)) return scalarParts(inner.operand);
  if (ts.isBinaryExpression(inner)) {
    return ARITHMETIC.has(inner.operatorToken.kind)
      ? allParts([inner.left, inner.right])
      : undefined;
  }
  if (ts.isConditionalExpression(inner)) return allParts([inner.whenTrue, inner.whenFalse]);
  if (!ts.isCallExpression(inner)) return undefined;
  const isPlain = /^(Number|Math\.\w+)$/.test(inner.expression.getText());
  return isPlain && inner.arguments.length > 0 ? allParts(inner.arguments) : undefined;
}

function allParts(nodes: readonly ts.Expression[]): ts.Expression[] | undefined {
  const parts: ts.Expression[] = [];
  for (const node of nodes) {
    const found = scalarParts(node);
    if (found === undefined) return undefined;
    parts.push(...found);
  }
  return parts;
}

function mentions(held: Held, bindings: Bindings): ts.Node[] {
  const found = new Set<ts.Node>();
  for (const file of bindings.files) {
    eachNode(file, (node) => {
      const isName = ts.isIdentifier(node) && !isDeclaredName(node);
      if (!isName && accessedName(node) === undefined) return;
      if (ts.isExpression(node) && held.carries(node) && !isOverwritten(node))
        found.add(around(node));
    });
  }
  return Array.from(found);
}

function isDeclaredName(node: ts.Identifier): boolean {
  const { parent } = node;
  const isDeclaration =
    ts.isVariableDeclaration(parent) || ts.isParameter(parent) || ts.isBindingElement(parent);
  return isDeclaration && parent.name === node;
}

/** The calculation, comparison, call or declaration that a mention stands in. */
function around(node: ts.Node): ts.Node {
  let current = node.parent;
  while (
    ts.isParenthesizedExpression(current) ||
    ts.isPrefixUnaryExpression(current) ||
    ts.isAsExpression(current)
  ) {
    current = current.parent;
  }
  const tells =
    ts.isBinaryExpression(current) ||
    ts.isCallOrNewExpression(current) ||
    ts.isVariableDeclaration(current) ||
    ts.isPropertyAssignment(current);
  return tells ? current : node;
}
