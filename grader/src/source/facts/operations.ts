/** Multiplications, divisions, comparisons, reads of masks, and calls between the three functions. */

import { ts } from "ts-morph";
import type { SourceUse } from "../../model/program.ts";
import type { FunctionName } from "../../model/submission.ts";
import { shortText } from "../locate.ts";
import type { Bindings } from "./bindings.ts";
import { accessedName, boundName, isOverwritten } from "./syntax.ts";
import type { FunctionNode } from "./syntax.ts";

export type Found = Pick<SourceUse, "kind" | "detail" | "operands" | "callee"> & { node: ts.Node };

const OPERATORS = new Map<ts.SyntaxKind, SourceUse["kind"]>([
  [ts.SyntaxKind.AsteriskToken, "multiply"],
  [ts.SyntaxKind.AsteriskEqualsToken, "multiply"],
  [ts.SyntaxKind.SlashToken, "divide"],
  [ts.SyntaxKind.SlashEqualsToken, "divide"],
  [ts.SyntaxKind.LessThanToken, "compare"],
  [ts.SyntaxKind.LessThanEqualsToken, "compare"],
  [ts.SyntaxKind.GreaterThanToken, "compare"],
  [ts.SyntaxKind.GreaterThanEqualsToken, "compare"],
]);

/** Element by element only: `mmul` is the linear part. */
const METHODS: readonly [RegExp, SourceUse["kind"]][] = [
  [
    /^(mul|multiply|hadamard|mul(Row|Column)(Vector)?|element_?wise_?(mul|multiply|product))$/i,
    "multiply",
  ],
  [/^(div|divide|div(Row|Column)(Vector)?|element_?wise_?(div|divide))$/i, "divide"],
  [/^(lt|lte|le|gt|gte|ge|less(Than)?|greater(Than)?)(OrEqual|Equal)?$/i, "compare"],
];

/** `Matrix` and other names of classes: a capital first, and not of capitals only. */
const STATIC = /(^|\.)[A-Z]\w*[a-z]\w*$/;

// a * b; a *= b; a.mul(b); Matrix.mul(a, b); hadamard(a, b)
export function arithmetic(node: ts.Node, bindings: Bindings): Found | undefined {
  if (ts.isBinaryExpression(node)) {
    const kind = OPERATORS.get(node.operatorToken.kind);
    if (kind === undefined || isLoopCounter(node)) return undefined;
    return {
      kind,
      node,
      detail: node.operatorToken.getText(),
      operands: [node.left, node.right].map((side) => shortText(side)),
    };
  }
  if (!ts.isCallExpression(node)) return undefined;
  const callee = node.expression;
  const name = accessedName(callee) ?? (ts.isIdentifier(callee) ? callee.text : "");
  const kind = METHODS.find(([names]) => names.test(name))?.[1];
  if (kind === undefined) return undefined;
  const given = node.arguments.map((argument) => shortText(argument));
  if (!ts.isPropertyAccessExpression(callee)) return { kind, node, detail: name, operands: given };
  const receiver = shortText(callee.expression);
  const isStatic =
    STATIC.test(receiver) || bindings.exported(callee.expression, name) !== undefined;
  if (isStatic) return { kind, node, detail: `${receiver}.${name}`, operands: given };
  return { kind, node, detail: `.${name}`, operands: [receiver, ...given] };
}

// for (…; i < n; …)
function isLoopCounter(node: ts.BinaryExpression): boolean {
  return ts.isForStatement(node.parent) && node.parent.condition === node;
}

// cache.D1; cache["D" + l]; const { D1: mask } = cache
export function maskRead(node: ts.Node): Found | undefined {
  if (ts.isBindingElement(node)) {
    const name = boundName(node);
    return name !== undefined && isMask(name)
      ? { kind: "mask-read", node, detail: name, operands: [] }
      : undefined;
  }
  if (isOverwritten(node)) return undefined;
  const name = accessedName(node);
  if (name !== undefined)
    return isMask(name) ? { kind: "mask-read", node, detail: name, operands: [] } : undefined;
  if (!ts.isElementAccessExpression(node)) return undefined;
  const key = shortText(node.argumentExpression);
  return /^["'`]D["'`] ?\+|^`D\$\{/.test(key)
    ? { kind: "mask-read", node, detail: key, operands: [] }
    : undefined;
}

function isMask(name: string): boolean {
  return name === "D1" || name === "D2";
}

/** Where keep_prob stands among the arguments. */
const KEEP_PROB: Record<FunctionName, number> = {
  forward_propagation_with_dropout: 2,
  backward_propagation_with_dropout: 3,
  predict: 2,
};

// forward_propagation_with_dropout(X, parameters, 1)
export function callBetween(
  node: ts.Node,
  functions: ReadonlyMap<FunctionName, FunctionNode>,
  bindings: Bindings,
): Found | undefined {
  if (!ts.isCallExpression(node)) return undefined;
  const called = bindings.functionsOf(node.expression);
  for (const [callee, fn] of functions) {
    if (!called.includes(fn)) continue;
    const given = node.arguments[KEEP_PROB[callee]];
    return {
      kind: "call",
      callee,
      node,
      detail: given === undefined ? "" : shortText(given),
      operands: [],
    };
  }
  return undefined;
}
