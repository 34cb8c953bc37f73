/** Slips of the pen in operators, names and numbers. */

import ts from "typescript";
import { closed, operatorOf } from "../rewrite/operators.ts";
import { isValueName } from "../rewrite/syntax.ts";
import { replace } from "../rewrite/view.ts";
import { inType, onEach, type Operator } from "./mutant.ts";

const SWAPPED: Record<string, string[]> = {
  "*": ["/", "+"],
  "/": ["*"],
  "+": ["-"],
  "-": ["+"],
  "+=": ["=", "-="],
  "*=": ["/="],
  "/=": ["*="],
  "**": ["*"],
  "<": [">", "<="],
  "<=": [">="],
  ">": ["<", ">="],
  ">=": ["<"],
  "&&": ["||"],
  "||": ["&&"],
  "===": ["!=="],
};

const swapOperator = onEach("swap-operator", ts.isBinaryExpression, (node) =>
  (SWAPPED[operatorOf(node)] ?? []).map((other) => replace(node.operatorToken, other)),
);

const dropMinus = onEach("drop-minus", ts.isPrefixUnaryExpression, (node) => [
  node.operator === ts.SyntaxKind.MinusToken || node.operator === ts.SyntaxKind.ExclamationToken
    ? replace(node, closed(node.operand))
    : undefined,
]);

const isKeep = (node: ts.Node): boolean => /^(keep|keep_prob|keepProb|kp)$/u.test(node.getText());

/** The name where it is used, not where it is declared. */
const isUse = (node: ts.Identifier): boolean => {
  const { parent } = node;
  const isDeclared =
    (ts.isVariableDeclaration(parent) ||
      ts.isParameter(parent) ||
      ts.isBindingElement(parent) ||
      ts.isFunctionLike(parent)) &&
    parent.name === node;
  return (
    isValueName(node) && !isDeclared && !inType(node) && !ts.isShorthandPropertyAssignment(parent)
  );
};

const dropRate = onEach("keep-to-drop", ts.isIdentifier, (node) => [
  isKeep(node) && isUse(node) && !ts.isPropertyAccessExpression(node.parent)
    ? replace(node, "(1 - " + node.text + ")")
    : undefined,
]);

const keepConstant = onEach("keep-constant", ts.isIdentifier, (node) =>
  isKeep(node) && isUse(node)
    ? [replace(node, "0.8"), replace(node, "0.5"), replace(node, "1")]
    : [],
);

const otherLayer = onEach("other-layer", ts.isIdentifier, (node) => {
  const [, letter, digit] = /^([ADZWb])([12])$/u.exec(node.text) ?? [];
  const isProperty = ts.isPropertyAccessExpression(node.parent) && node.parent.name === node;
  if (letter === undefined || digit === undefined || !(isUse(node) || isProperty)) return [];
  const bigger = letter === "W" || letter === "b" ? Number(digit) + 1 : 3 - Number(digit);
  return [replace(node, `${letter}${bigger}`)];
});

const OTHER_LETTER: Record<string, string> = { A: "Z", Z: "A", D: "A", dA: "dZ", dZ: "dA" };

const otherLetter = onEach("other-quantity", ts.isIdentifier, (node) => {
  const [, letter = "", digit] = /^(d?[ADZ])([123])$/u.exec(node.text) ?? [];
  const isProperty = ts.isPropertyAccessExpression(node.parent) && node.parent.name === node;
  const other = OTHER_LETTER[letter];
  return other !== undefined && (isUse(node) || isProperty)
    ? [replace(node, `${other}${digit}`)]
    : [];
});

const number = onEach("number", ts.isNumericLiteral, (node) => {
  if (inType(node) || (ts.isPropertyAssignment(node.parent) && node.parent.name === node))
    return [];
  const others: Record<string, string[]> = { 0: ["1"], 1: ["0", "2"], 0.5: ["0.6", "0"] };
  return (others[Number(node.text)] ?? [`${Number(node.text) + 1}`]).map((other) =>
    replace(node, other),
  );
});

const drawElsewhere = onEach("math-random", ts.isIdentifier, (node) => [
  node.text === "rng" && isUse(node) && !ts.isPropertyAccessExpression(node.parent)
    ? replace(node, "Math.random")
    : undefined,
]);

const swapBranches = onEach("swap-branches", ts.isConditionalExpression, (node) => [
  replace(
    node,
    `${closed(node.condition)} ? ${node.whenFalse.getText()} : ${node.whenTrue.getText()}`,
  ),
  replace(node, node.whenTrue.getText()),
]);

/** What can go wrong with one word. */
export const WORD_OPERATORS: readonly Operator[] = [
  swapOperator,
  dropMinus,
  dropRate,
  keepConstant,
  otherLayer,
  otherLetter,
  number,
  drawElsewhere,
  swapBranches,
];
