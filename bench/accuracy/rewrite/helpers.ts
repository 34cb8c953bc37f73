/** Parts of an expression taken out, and put back. */

import ts from "typescript";
import { pick } from "../random.ts";
import type { Rule, Site } from "./rule.ts";
import {
  inside,
  isAssignment,
  isBoundToFunction,
  isFunctionLike,
  isQuiet,
  isValueName,
  neighbours,
  simpleDeclaration,
  statementLists,
  usesOf,
} from "./syntax.ts";
import { insertBefore, replace, type View } from "./view.ts";

/** `const t = …` for what is evaluated first in the statement's expression. */
export const extractLocal: Rule = {
  kind: "extract-local",
  sites: (view) =>
    statementLists(view)
      .flat()
      .flatMap((statement): Site[] => {
        const value = valueOf(statement);
        if (value === undefined) return [];
        const parts = firstEvaluated(value).filter(
          (part) => part !== value && ts.isCallExpression(part),
        );
        return parts.map((part) => (random) => {
          const name = view.freshName(pick(random, ["t", "step", "partial", "product"]) ?? "t");
          return [
            insertBefore(statement, `const ${name}: any = ${part.getText()};\n  `),
            replace(part, name),
          ];
        });
      }),
};

function valueOf(statement: ts.Statement): ts.Expression | undefined {
  if (ts.isReturnStatement(statement)) return statement.expression;
  if (ts.isExpressionStatement(statement) && isAssignment(statement.expression))
    return ts.isIdentifier(statement.expression.left) ? statement.expression.right : undefined;
  return simpleDeclaration(statement)?.initializer;
}

/** The chain of parts before which nothing but names and literals is evaluated. */
function firstEvaluated(node: ts.Expression): ts.Expression[] {
  if (ts.isCallExpression(node)) {
    const object = ts.isPropertyAccessExpression(node.expression)
      ? node.expression.expression
      : node.expression;
    const loud = [object, ...node.arguments].find((part) => !isQuiet(part));
    return loud === undefined || isFunctionLike(loud) ? [node] : [node, ...firstEvaluated(loud)];
  }
  if (ts.isParenthesizedExpression(node)) return firstEvaluated(node.expression);
  return [];
}

/** `const t = …; const x = f(t);` and `const x = f(…);` */
export const inlineLocal: Rule = {
  kind: "inline-local",
  sites: (view) =>
    statementLists(view)
      .flatMap(neighbours)
      .flatMap(([first, second]): Site[] => {
        const simple = simpleDeclaration(first);
        const value = valueOf(second);
        if (simple === undefined || value === undefined || isFunctionLike(simple.initializer))
          return [];
        const uses = usesOf(view, simple.name.text).filter((use) => use !== simple.name);
        const [use, ...others] = uses;
        if (use === undefined || others.length > 0 || !isEvaluatedFirst(value, use)) return [];
        if (ts.isShorthandPropertyAssignment(use.parent)) return [];
        return [() => [replace(first, ""), replace(use, `(${simple.initializer.getText()})`)]];
      }),
};

/** Nothing but reading happens before the name is reached, and no function is between. */
function isEvaluatedFirst(value: ts.Expression, use: ts.Identifier): boolean {
  if (!inside(value).includes(use)) return false;
  if (ts.findAncestor(use, (outer) => outer === value || isFunctionLike(outer)) !== value)
    return false;
  const before = inside(value).filter((part) => part.getEnd() <= use.getStart());
  return before.every((part) => !ts.isCallExpression(part) && !isAssignment(part));
}

/** A value computed by a function of its own, which gets what it needs as arguments. */
export const extractHelper: Rule = {
  kind: "extract-helper",
  sites: (view) =>
    view.nodes.flatMap((node): Site[] => {
      const simple = simpleDeclaration(node);
      if (simple === undefined || !ts.isBlock(node.parent)) return [];
      const { initializer } = simple;
      if (isFunctionLike(initializer) || isBoundToFunction(initializer) || isQuiet(initializer))
        return [];
      if (inside(initializer).some((part) => isAssignment(part) || isStep(part))) return [];
      const free = freeNames(view, initializer);
      const top = topLevel(node);
      if (top === undefined) return [];
      return [
        (random) => {
          const name = view.freshName(
            pick(random, ["compute", "helper", "stepOf", "make_it"]) ?? "helper",
          );
          const params = free.map((one) => `${one}: any`).join(", ");
          const text = `function ${name}(${params}): any {\n  return ${initializer.getText()};\n}\n\n`;
          return [insertBefore(top, text), replace(initializer, `${name}(${free.join(", ")})`)];
        },
      ];
    }),
};

const isStep = (node: ts.Node): boolean =>
  ts.isPostfixUnaryExpression(node) ||
  (ts.isPrefixUnaryExpression(node) &&
    (node.operator === ts.SyntaxKind.PlusPlusToken ||
      node.operator === ts.SyntaxKind.MinusMinusToken));

const topLevel = (node: ts.Node): ts.Statement | undefined => {
  const found = ts.findAncestor(
    node,
    (outer) => outer.parent !== undefined && ts.isSourceFile(outer.parent),
  );
  return found !== undefined && ts.isStatement(found) ? found : undefined;
};

/** Names that are declared around an expression, not in it and not at the top of the file. */
function freeNames(view: View, node: ts.Node): string[] {
  const found = inside(node)
    .filter(isValueName)
    .filter((name) => {
      const declaration = view.symbolOf(name)?.declarations?.[0];
      if (declaration === undefined) return false;
      const isInside = declaration.pos >= node.pos && declaration.end <= node.end;
      const isTop =
        ts.findAncestor(
          declaration.parent,
          (outer) => isFunctionLike(outer) || ts.isBlock(outer),
        ) === undefined && !ts.isParameter(declaration);
      return !isInside && !isTop;
    });
  return [...new Set(found.map((name) => name.text))];
}

/** A helper of one expression, written out where it is called. */
export const inlineHelper: Rule = {
  kind: "inline-helper",
  sites: (view) =>
    view.nodes.filter(ts.isCallExpression).flatMap((call): Site[] => {
      if (!ts.isIdentifier(call.expression)) return [];
      const declaration = view.symbolOf(call.expression)?.declarations?.[0];
      const helper = declaration && helperOf(declaration);
      if (helper === undefined || isBoundToFunction(helper) || inside(helper).includes(call))
        return [];
      if (call.arguments.some(ts.isSpreadElement) || helper.asteriskToken) return [];
      const text = `((${helper.parameters.map((one) => one.getText()).join(", ")}): any => ${bodyText(helper)})`;
      const isTop = freeNames(view, helper).length === 0;
      return isTop ? [() => [replace(call.expression, text)]] : [];
    }),
};

function helperOf(
  declaration: ts.Declaration,
): ts.FunctionDeclaration | ts.ArrowFunction | undefined {
  if (ts.isFunctionDeclaration(declaration))
    return declaration.body && !declaration.typeParameters ? declaration : undefined;
  const value = ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
  return value !== undefined && ts.isArrowFunction(value) && !value.typeParameters
    ? value
    : undefined;
}

function bodyText({ body }: ts.FunctionDeclaration | ts.ArrowFunction): string {
  const text = body?.getText() ?? "{}";
  return body !== undefined && !ts.isBlock(body) ? `(${text})` : text;
}
