/** The same number, written another way. */

import ts from "typescript";
import type { Rule } from "./rule.ts";
import { inside, isQuiet } from "./syntax.ts";
import { replace, type View } from "./view.ts";

const FLIPPED: Record<string, string> = { "<": ">", ">": "<", "<=": ">=", ">=": "<=" };
const NEGATED: Record<string, string> = { "<": ">=", ">": "<=", "<=": ">", ">=": "<" };

function binaries(view: View): ts.BinaryExpression[] {
  return view.nodes.filter(ts.isBinaryExpression);
}

export const operatorOf = (node: ts.BinaryExpression): string => node.operatorToken.getText();

const isCalm = (node: ts.Node): boolean =>
  !inside(node).some(
    (part) => ts.isCallExpression(part) && !/^(Math|Number)\b/u.test(part.getText()),
  ) || isQuiet(node);

/** In parentheses, unless it is a name, a number or a call. */
export function closed(node: ts.Node): string {
  const text = node.getText();
  const isSimple =
    ts.isIdentifier(node) ||
    ts.isNumericLiteral(node) ||
    ts.isPropertyAccessExpression(node) ||
    ts.isElementAccessExpression(node) ||
    ts.isCallExpression(node) ||
    ts.isParenthesizedExpression(node);
  return isSimple ? text : `(${text})`;
}

export const flipComparison: Rule = {
  kind: "flip-comparison",
  sites: (view) =>
    binaries(view).flatMap((node) => {
      const flipped = FLIPPED[operatorOf(node)];
      if (flipped === undefined || !(isQuiet(node.left) || isQuiet(node.right))) return [];
      return [() => [replace(node, `${closed(node.right)} ${flipped} ${closed(node.left)}`)]];
    }),
};

export const negateComparison: Rule = {
  kind: "negate-comparison",
  sites: (view) =>
    binaries(view).flatMap((node) => {
      const negated = NEGATED[operatorOf(node)];
      if (negated === undefined) return [];
      return [
        () => [replace(node, `!(${node.left.getText()} ${negated} ${node.right.getText()})`)],
      ];
    }),
};

export const commute: Rule = {
  kind: "commute",
  sites: (view) =>
    binaries(view).flatMap((node) => {
      const operator = operatorOf(node);
      if (operator !== "*" && operator !== "+") return [];
      if (inside(node).some(ts.isStringLiteralLike) || !isCalm(node.left) || !isCalm(node.right))
        return [];
      const swapped = `${closed(node.right)} ${operator} ${closed(node.left)}`;
      const isOperand = ts.isBinaryExpression(node.parent);
      return [() => [replace(node, isOperand ? `(${swapped})` : swapped)]];
    }),
};

/** Divisions that choose an index or a count have to stay exact. */
const isRounded = (node: ts.Node): boolean =>
  ts.findAncestor(
    node,
    (outer) =>
      ts.isCallExpression(outer) && /^Math\.(floor|trunc|ceil|round)/u.test(outer.getText()),
  ) !== undefined ||
  (ts.isBinaryExpression(node.parent) && operatorOf(node.parent) === "|");

export const reciprocal: Rule = {
  kind: "reciprocal",
  sites: (view) =>
    binaries(view).flatMap((node) => {
      if (operatorOf(node) !== "/" || ts.isNumericLiteral(node.left) || isRounded(node)) return [];
      const isOperand = ts.isBinaryExpression(node.parent);
      const text = `${closed(node.left)} * (1 / ${closed(node.right)})`;
      return [() => [replace(node, isOperand ? `(${text})` : text)]];
    }),
};

/** `u < keep_prob` and `1 - u <= keep_prob` are one coin each, and fair to the same degree. */
export const mirrorDraw: Rule = {
  kind: "mirror-draw",
  sites: (view) =>
    binaries(view).flatMap((node) => {
      if (
        !/^(<|<=)$/u.test(operatorOf(node)) ||
        !/^(keep|keep_prob|keepProb|p)$/u.test(node.right.getText())
      )
        return [];
      const text = `${closed(node.left)} >= 1 - ${node.right.getText()}`;
      return [() => [replace(node, text)]];
    }),
};

const FORMS: readonly [pattern: RegExp, forms: readonly string[]][] = [
  [/^Math\.max\(0, (\w+)\)$/u, ["($1 > 0 ? $1 : 0)", "Math.max($1, 0)", "($1 + Math.abs($1)) / 2"]],
  [/^(\w+) > 0 \? \1 : 0$/u, ["Math.max(0, $1)", "$1 <= 0 ? 0 : $1", "$1 * Number($1 > 0)"]],
  [/^(\w+) > 0 \? 1 : 0$/u, ["Number($1 > 0)", "+($1 > 0)", "$1 <= 0 ? 0 : 1"]],
  [
    /^1 \/ \(1 \+ Math\.exp\(-(\w+)\)\)$/u,
    [
      "0.5 * (1 + Math.tanh($1 / 2))",
      "1 / (Math.E ** -$1 + 1)",
      "Math.exp($1) / (1 + Math.exp($1))",
    ],
  ],
  [/^0\.5$/u, [".5", "1 / 2", "0.50"]],
];

export const knownForms: Rule = {
  kind: "known-forms",
  sites: (view) =>
    view.nodes.filter(ts.isExpression).flatMap((node) => {
      const text = node.getText();
      const found = FORMS.find(([pattern]) => pattern.test(text));
      if (found === undefined || (ts.isBinaryExpression(node.parent) && text === "0.5")) return [];
      const [pattern, forms] = found;
      return [
        (random) => {
          const form = forms[Math.floor(random() * forms.length)] ?? text;
          return [replace(node, `(${text.replace(pattern, form)})`)];
        },
      ];
    }),
};
