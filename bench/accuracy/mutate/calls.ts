/** Slips of the pen in calls, loops and statements. */

import ts from "typescript";
import { methodCall } from "../rewrite/matrices.ts";
import { closed, operatorOf } from "../rewrite/operators.ts";
import { replace } from "../rewrite/view.ts";
import { inType, onEach, type Operator } from "./mutant.ts";

const axis = onEach("other-axis", ts.isStringLiteral, (node) => {
  const other = { row: "column", column: "row" }[node.text];
  return other !== undefined && !inType(node) ? [replace(node, `"${other}"`)] : [];
});

const dimension = onEach("other-dimension", ts.isPropertyAccessExpression, (node) => {
  const other = { rows: "columns", columns: "rows" }[node.name.text];
  return other === undefined ? [] : [replace(node.name, other)];
});

const METHODS: Record<string, string> = {
  mul: "div",
  div: "mul",
  add: "sub",
  sub: "add",
  max: "min",
};

const otherMethod = onEach("other-method", ts.isCallExpression, (node) => {
  if (!ts.isPropertyAccessExpression(node.expression)) return [];
  const other = METHODS[node.expression.name.text];
  return other === undefined ? [] : [replace(node.expression.name, other)];
});

/** `x.div(m)` to `x`, `Matrix.mul(A, D)` to `A`, `relu(Z)` to `Z`. */
const dropCall = onEach("drop-call", ts.isCallExpression, (node) => {
  const method = methodCall(node);
  const [first] = node.arguments;
  if (method !== undefined && method.object.getText() !== "Matrix")
    return /^(mul|div|transpose|clone|addColumnVector|add)$/u.test(method.method)
      ? [replace(node, method.object.getText())]
      : [];
  return first !== undefined && !ts.isFunctionLike(first) && !ts.isExpressionStatement(node.parent)
    ? [replace(node, first.getText())]
    : [];
});

const swapArguments = onEach("swap-arguments", ts.isCallExpression, (node) => {
  const [first, second] = node.arguments;
  if (first === undefined || second === undefined || [first, second].some(ts.isFunctionLike))
    return [];
  return [
    {
      start: first.getStart(),
      end: second.getEnd(),
      text: `${second.getText()}, ${first.getText()}`,
    },
  ];
});

const offByOne = onEach("off-by-one", ts.isForStatement, ({ condition }) =>
  condition !== undefined && ts.isBinaryExpression(condition)
    ? [replace(condition.right, `${closed(condition.right)} - 1`)]
    : [],
);

const dropStatement = onEach("drop-statement", ts.isExpressionStatement, (node) => [
  replace(node, ""),
]);

const reassignDropped = onEach("drop-operand", ts.isBinaryExpression, (node) =>
  /^[*/+-]$/u.test(operatorOf(node))
    ? [replace(node, closed(node.left)), replace(node, closed(node.right))]
    : [],
);

/** What can go wrong with a whole step. */
export const CALL_OPERATORS: readonly Operator[] = [
  axis,
  dimension,
  otherMethod,
  dropCall,
  swapArguments,
  offByOne,
  dropStatement,
  reassignDropped,
];
