/** Loops and choices, written another way. */

import ts from "typescript";
import type { Rule } from "./rule.ts";
import {
  assignsTo,
  isBoundToFunction,
  isQuiet,
  jumps,
  neighbours,
  running,
  simpleDeclaration,
  statementLists,
} from "./syntax.ts";
import { replace, type View } from "./view.ts";

const blockOf = (statement: ts.Statement): string =>
  ts.isBlock(statement) ? statement.getText() : `{ ${statement.getText()} }`;

const bodyOf = (statement: ts.Statement): string =>
  ts.isBlock(statement) ? statement.getText().slice(1, -1) : statement.getText();

const ofKind = <T extends ts.Node>(view: View, is: (node: ts.Node) => node is T): T[] =>
  view.nodes.filter(is);

export const ternaryToIf: Rule = {
  kind: "ternary-to-if",
  sites: (view) => [
    ...ofKind(view, ts.isReturnStatement).flatMap((node) => {
      const choice = node.expression;
      if (choice === undefined || !ts.isConditionalExpression(choice)) return [];
      const { condition, whenTrue, whenFalse } = choice;
      const text = `if (${condition.getText()}) { return ${whenTrue.getText()}; } else { return ${whenFalse.getText()}; }`;
      return [() => [replace(node, text)]];
    }),
    ...view.nodes.flatMap((node) => {
      const simple = simpleDeclaration(node);
      const choice = simple?.initializer;
      if (simple === undefined || choice === undefined || !ts.isConditionalExpression(choice))
        return [];
      const name = simple.name.text;
      const { condition, whenTrue, whenFalse } = choice;
      const text = `let ${name}: any; if (${condition.getText()}) ${name} = ${whenTrue.getText()}; else ${name} = ${whenFalse.getText()};`;
      return [() => [replace(simple.statement, text)]];
    }),
    ...ofKind(view, ts.isArrowFunction).flatMap((node) => {
      const choice = ts.isParenthesizedExpression(node.body) ? node.body.expression : node.body;
      if (!ts.isConditionalExpression(choice)) return [];
      const { condition, whenTrue, whenFalse } = choice;
      const text = `{ if (${condition.getText()}) return ${whenTrue.getText()}; return ${whenFalse.getText()}; }`;
      return [() => [replace(node.body, text)]];
    }),
  ],
};

/** `if (c) x = a; else x = b;` and `x = c ? a : b;`, and the same with `return`. */
export const ifToTernary: Rule = {
  kind: "if-to-ternary",
  sites: (view) => [
    ...statementLists(view)
      .flatMap(neighbours)
      .flatMap(([first, second]) => {
        if (!ts.isIfStatement(first) || first.elseStatement || !ts.isReturnStatement(second))
          return [];
        const yes = returned(first.thenStatement);
        const no = second.expression?.getText();
        if (yes === undefined || no === undefined) return [];
        const text = `return ${first.expression.getText()} ? (${yes}) : (${no});`;
        return [() => [replace(first, text), replace(second, "")]];
      }),
    ...ofKind(view, ts.isIfStatement).flatMap((node) => {
      const [yes, no] = [assigned(node.thenStatement), assigned(node.elseStatement)];
      if (yes === undefined || no === undefined || yes.left !== no.left) return [];
      const text = `${yes.left} = ${node.expression.getText()} ? ${yes.right} : ${no.right};`;
      return [() => [replace(node, text)]];
    }),
  ],
};

function returned(statement: ts.Statement): string | undefined {
  const [only, ...others] = ts.isBlock(statement) ? statement.statements : [statement];
  if (only === undefined || others.length > 0 || !ts.isReturnStatement(only)) return undefined;
  return only.expression?.getText();
}

function assigned(
  statement: ts.Statement | undefined,
): { left: string; right: string } | undefined {
  if (statement === undefined) return undefined;
  const [only, ...others] = ts.isBlock(statement) ? statement.statements : [statement];
  if (only === undefined || others.length > 0 || !ts.isExpressionStatement(only)) return undefined;
  const { expression } = only;
  if (
    !ts.isBinaryExpression(expression) ||
    expression.operatorToken.kind !== ts.SyntaxKind.EqualsToken
  )
    return undefined;
  return { left: expression.left.getText(), right: expression.right.getText() };
}

const isLabelled = (node: ts.Node): boolean => ts.isLabeledStatement(node.parent);

const continues = (node: ts.Node): boolean => running(node).some(ts.isContinueStatement);

export const forToWhile: Rule = {
  kind: "for-to-while",
  sites: (view) =>
    ofKind(view, ts.isForStatement).flatMap((node) => {
      const { initializer, condition, incrementor, statement } = node;
      if (isLabelled(node) || continues(statement) || hasClosure(statement)) return [];
      const init = initializer ? `${initializer.getText()};` : "";
      const text = `{ ${init} while (${condition?.getText() ?? "true"}) { ${bodyOf(statement)}\n${incrementor?.getText() ?? ""}; } }`;
      return [() => [replace(node, text)]];
    }),
};

/** A function made in a loop holds on to its own round's variable. */
const hasClosure = (node: ts.Node): boolean =>
  running(node).some((part) => ts.forEachChild(part, ts.isFunctionLike));

interface Counting {
  node: ts.ForStatement;
  name: string;
  limit: ts.Expression;
}

/** `for (let i = 0; i < n; i++)` whose `n` stays and whose `i` nobody else changes. */
function countingLoops(view: View): Counting[] {
  return ofKind(view, ts.isForStatement).flatMap((node) => {
    const { initializer, condition, incrementor } = node;
    if (!initializer || !condition || !incrementor || isLabelled(node)) return [];
    const name = /^let (\w+) = 0$/u.exec(initializer.getText())?.[1];
    if (
      name === undefined ||
      !ts.isBinaryExpression(condition) ||
      condition.left.getText() !== name
    )
      return [];
    const isStep = [`${name}++`, `++${name}`, `${name} += 1`].includes(incrementor.getText());
    const isCount =
      condition.operatorToken.kind === ts.SyntaxKind.LessThanToken && isQuiet(condition.right);
    return isStep && isCount && !assignsTo(node.statement, name)
      ? [{ node, name, limit: condition.right }]
      : [];
  });
}

export const forToForOf: Rule = {
  kind: "for-to-for-of",
  sites: (view) =>
    countingLoops(view).map(({ node, name, limit }) => (random) => {
      const range =
        random() < 0.5
          ? `Array(${limit.getText()}).keys()`
          : `Array.from({ length: ${limit.getText()} }, (_, n) => n)`;
      return [replace(node, `for (const ${name} of ${range}) ${blockOf(node.statement)}`)];
    }),
};

export const forToForEach: Rule = {
  kind: "for-to-for-each",
  sites: (view) =>
    countingLoops(view).flatMap(({ node, name, limit }) => {
      if (jumps(node.statement) || isBoundToFunction(node.statement)) return [];
      const rounds = `Array.from({ length: ${limit.getText()} })`;
      const text = `${rounds}.forEach((_: unknown, ${name}: number) => ${blockOf(node.statement)});`;
      return [() => [replace(node, text)]];
    }),
};

export const backwardLoop: Rule = {
  kind: "backward-loop",
  sites: (view) =>
    countingLoops(view).flatMap(({ node, name, limit }) => {
      // Where the order of rounds is the order of a list, it has to stay.
      if (/\.push\(|\[0\]|yield|return|break|next/u.test(node.statement.getText())) return [];
      const header = `for (let ${name} = ${limit.getText()} - 1; ${name} >= 0; ${name}--)`;
      return [() => [replace(node, `${header} ${blockOf(node.statement)}`)]];
    }),
};

/** Rows within columns, and columns within rows: coins are then tossed in another order. */
export const interchangeLoops: Rule = {
  kind: "interchange-loops",
  sites: (view) => {
    const loops = countingLoops(view);
    return loops.flatMap((outer) => {
      const { statement } = outer.node;
      const [only, ...others] = ts.isBlock(statement) ? statement.statements : [statement];
      const inner = loops.find(({ node }) => node === only);
      if (inner === undefined || others.length > 0) return [];
      if (/\.push\(/u.test(inner.node.getText()) || jumps(inner.node.statement)) return [];
      if (new RegExp(String.raw`\b${outer.name}\b`, "u").test(inner.limit.getText())) return [];
      const header = ({ name, limit }: Counting) =>
        `for (let ${name} = 0; ${name} < ${limit.getText()}; ${name}++)`;
      const text = `${header(inner)} { ${header(outer)} ${blockOf(inner.node.statement)} }`;
      return [() => [replace(outer.node, text)]];
    });
  },
};
