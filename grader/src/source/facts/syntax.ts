/** Shapes that the facts are read from. */

import { ts } from "ts-morph";
import { isAssignment, withoutParentheses } from "../instrument/assignments.ts";

export type FunctionNode = ts.FunctionLikeDeclaration;

/** `function () {}` or `() => x`, in parentheses or not. */
export function functionValue(value: ts.Expression | undefined): FunctionNode | undefined {
  if (value === undefined) return undefined;
  const inner = withoutParentheses(value);
  return ts.isFunctionExpression(inner) || ts.isArrowFunction(inner) ? inner : undefined;
}

/** A class written as a value or as a declaration. */
export function classValue(node: ts.Node): ts.ClassLikeDeclaration | undefined {
  if (ts.isClassLike(node)) return node;
  if (!ts.isVariableDeclaration(node) || node.initializer === undefined) return undefined;
  const inner = withoutParentheses(node.initializer);
  return ts.isClassExpression(inner) ? inner : undefined;
}

/** The function that a declaration gives a name to; for a class its constructor. */
export function functionOfDeclaration(node: ts.Node): FunctionNode[] {
  if (ts.isFunctionDeclaration(node)) return node.body === undefined ? [] : [node];
  if (ts.isMethodDeclaration(node) || ts.isAccessor(node)) return [node];
  const ofClass = classValue(node);
  if (ofClass !== undefined)
    return ofClass.members.filter((member) => ts.isConstructorDeclaration(member));
  if (ts.isExpression(node)) return [functionValue(node)].filter((found) => found !== undefined);
  const hasValue =
    ts.isVariableDeclaration(node) ||
    ts.isPropertyAssignment(node) ||
    ts.isPropertyDeclaration(node);
  return hasValue ? [functionValue(node.initializer)].filter((found) => found !== undefined) : [];
}

/** The name of a property, when it is written out. */
export function writtenName(name: ts.Node | undefined): string | undefined {
  if (name === undefined) return undefined;
  if (ts.isIdentifier(name) || ts.isPrivateIdentifier(name) || ts.isStringLiteralLike(name))
    return name.text;
  return ts.isComputedPropertyName(name) && ts.isStringLiteralLike(name.expression)
    ? name.expression.text
    : undefined;
}

/** The property that `a.b` and `a["b"]` read. */
export function accessedName(node: ts.Node): string | undefined {
  if (ts.isPropertyAccessExpression(node)) return node.name.text;
  if (ts.isElementAccessExpression(node)) return writtenName(node.argumentExpression);
  return undefined;
}

/** The property that an element of `{ a, b: c }` reads. */
export function boundName(node: ts.BindingElement): string | undefined {
  if (!ts.isObjectBindingPattern(node.parent) || node.dotDotDotToken !== undefined)
    return undefined;
  return writtenName(node.propertyName ?? node.name);
}

/** True for the left side of `=`, not of `*=`, which reads as well. */
export function isOverwritten(node: ts.Node): boolean {
  const { parent } = node;
  return (
    ts.isBinaryExpression(parent) &&
    parent.left === node &&
    isAssignment(parent) &&
    parent.operatorToken.kind === ts.SyntaxKind.EqualsToken
  );
}

/** The nodes of each file: all facts are collected by looking through them again. */
const listed = new WeakMap<ts.Node, readonly ts.Node[]>();

/** Every node below `root`, without itself, in the order of the text, without types. */
export function eachNode(root: ts.Node, look: (node: ts.Node) => void): void {
  const nodes = listed.get(root) ?? nodesBelow(root);
  listed.set(root, nodes);
  for (const node of nodes) look(node);
}

function nodesBelow(root: ts.Node): ts.Node[] {
  const nodes: ts.Node[] = [];
  const add = (node: ts.Node): void => {
    if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return;
    nodes.push(node);
    ts.forEachChild(node, add);
  };
  ts.forEachChild(root, add);
  return nodes;
}

/** A node and what it stands in, inside of `limit`. */
export function* outward(node: ts.Node, limit: ts.Node | undefined): Generator<ts.Node> {
  for (let at = node; at !== limit && at.parent !== undefined; at = at.parent) yield at;
}

/** True for names that name something, as in `a.name` and `{ name: x }`, and are looked up in no scope. */
export function isPropertyName(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node;
  if (ts.isBindingElement(parent)) return parent.propertyName === node;
  return (
    (ts.isPropertyAssignment(parent) ||
      ts.isMethodDeclaration(parent) ||
      ts.isPropertyDeclaration(parent) ||
      ts.isAccessor(parent) ||
      ts.isEnumMember(parent)) &&
    parent.name === node
  );
}
