/** Other names, and other ways to say one. */

import ts from "typescript";
import type { Rule, Site } from "./rule.ts";
import { inside } from "./syntax.ts";
import { pick } from "../random.ts";
import { replace, type Edit, type View } from "./view.ts";

const WORDS = [
  "tmp",
  "foo",
  "val",
  "q",
  "inner",
  "res",
  "layer_out",
  "matrixA",
  "thing",
  "kept_units",
  "x_",
  "schicht",
  "maske",
  "valeur",
  "activacion",
  "größe",
  "Σ",
  "my_array",
  "data",
  "h",
  "helperVar",
];

export const rename: Rule = {
  kind: "rename",
  sites: (view) => {
    const symbols = new Set(declared(view).flatMap((name) => view.symbolOf(name) ?? []));
    return [...symbols].map((symbol): Site => (random) => {
      const name = view.freshName(pick(random, WORDS) ?? "v");
      return view.nodes
        .filter(ts.isIdentifier)
        .filter((node) => node.text === symbol.name && view.symbolOf(node) === symbol)
        .flatMap((node) => renamed(node, name));
    });
  },
};

/** Names of variables, parameters and functions that are this file's own affair. */
function declared(view: View): ts.Identifier[] {
  return view.nodes.flatMap((node) => {
    const isDeclaration =
      ts.isVariableDeclaration(node) ||
      ts.isParameter(node) ||
      ts.isBindingElement(node) ||
      ts.isFunctionDeclaration(node);
    if (!isDeclaration || node.name === undefined || !ts.isIdentifier(node.name)) return [];
    const isParameterProperty = ts.isParameter(node) && node.modifiers !== undefined;
    return isExported(node) || isInType(node) || isParameterProperty || node.name.text === "this"
      ? []
      : [node.name];
  });
}

const isInType = (node: ts.Node): boolean =>
  ts.findAncestor(node, (outer) => ts.isTypeNode(outer) || ts.isTypeElement(outer)) !== undefined;

/** Exported here, or by an `export { … }` at another place of the file. */
function isExported(node: ts.Node): boolean {
  const statement = ts.findAncestor(node, ts.isStatement);
  if (statement === undefined || !ts.isSourceFile(statement.parent)) return false;
  const isMarked =
    ts.canHaveModifiers(statement) &&
    (ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false);
  return isMarked && !isInner(node, statement);
}

/** Below a function of the statement: its parameter, for one. */
const isInner = (node: ts.Node, statement: ts.Statement): boolean =>
  node !== statement &&
  ts.findAncestor(
    node.parent,
    (outer) => ts.isFunctionLike(outer) && outer.pos >= statement.pos,
  ) !== undefined;

function renamed(node: ts.Identifier, name: string): Edit[] {
  const { parent } = node;
  if (ts.isShorthandPropertyAssignment(parent)) return [replace(node, `${node.text}: ${name}`)];
  if (ts.isExportSpecifier(parent) && parent.propertyName === undefined)
    return [replace(node, `${name} as ${node.text}`)];
  const isShortBinding =
    ts.isBindingElement(parent) &&
    parent.name === node &&
    parent.propertyName === undefined &&
    ts.isObjectBindingPattern(parent.parent) &&
    parent.dotDotDotToken === undefined;
  return [replace(node, isShortBinding ? `${node.text}: ${name}` : name)];
}

/** `cache.D1` and `cache["D1"]`. */
export const brackets: Rule = {
  kind: "brackets",
  sites: (view) =>
    view.nodes.flatMap((node) => {
      if (
        !ts.isPropertyAccessExpression(node) ||
        node.questionDotToken ||
        ts.isPrivateIdentifier(node.name)
      )
        return [];
      const isUpper = /^(dA|dZ|dW|db|[ADWZb])\d$/u.test(node.name.text);
      if (
        !isUpper ||
        inside(node.expression).some((part) => part.kind === ts.SyntaxKind.ThisKeyword)
      )
        return [];
      return [() => [replace(node, `${node.expression.getText()}["${node.name.text}"]`)]];
    }),
};

/** `{ Z1 }` and `{ Z1: Z1 }`, `{ "Z1": Z1 }`. */
export const longhand: Rule = {
  kind: "longhand",
  sites: (view) =>
    view.nodes.filter(ts.isShorthandPropertyAssignment).map((node): Site => (random) => {
      if (node.objectAssignmentInitializer) return [];
      const name = node.name.text;
      return [replace(node, random() < 0.5 ? `${name}: ${name}` : `"${name}": ${name}`)];
    }),
};

/** `const { Z1, D1 } = cache` and `const Z1 = cache.Z1, D1 = cache.D1`. */
export const undestructure: Rule = {
  kind: "undestructure",
  sites: (view) =>
    view.nodes.flatMap((node) => {
      if (!ts.isVariableDeclaration(node) || !ts.isObjectBindingPattern(node.name)) return [];
      const { initializer, name } = node;
      if (initializer === undefined || !ts.isIdentifier(initializer)) return [];
      const isPlain = name.elements.every(
        (element) =>
          ts.isIdentifier(element.name) &&
          element.initializer === undefined &&
          element.dotDotDotToken === undefined &&
          !(element.propertyName && !ts.isIdentifier(element.propertyName)),
      );
      if (!isPlain || name.elements.length === 0 || ts.isForOfStatement(node.parent.parent))
        return [];
      const parts = name.elements.map((element) => {
        const key = element.propertyName?.getText() ?? element.name.getText();
        return `${element.name.getText()} = ${initializer.text}.${key}`;
      });
      return [() => [replace(node, parts.join(", "))]];
    }),
};
