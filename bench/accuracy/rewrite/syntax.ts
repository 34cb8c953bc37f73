/** Questions about a piece of syntax that several rewritings ask. */

import ts from "typescript";
import type { View } from "./view.ts";

/** Every node inside, outer before inner, the node itself first. */
export function inside(node: ts.Node): ts.Node[] {
  const found: ts.Node[] = [node];
  ts.forEachChild(node, (child) => void found.push(...inside(child)));
  return found;
}

export const isFunctionLike = (node: ts.Node): node is ts.FunctionLikeDeclaration =>
  ts.isFunctionDeclaration(node) ||
  ts.isFunctionExpression(node) ||
  ts.isArrowFunction(node) ||
  ts.isMethodDeclaration(node) ||
  ts.isConstructorDeclaration(node) ||
  ts.isAccessor(node);

/** The nodes that run when this one does: what functions inside it hold is left out. */
export function running(node: ts.Node): ts.Node[] {
  const found: ts.Node[] = [node];
  ts.forEachChild(node, (child) => {
    if (!isFunctionLike(child)) found.push(...running(child));
  });
  return found;
}

/** Names, literals, and reads of properties: nothing happens when they are evaluated. */
export function isQuiet(node: ts.Node): boolean {
  return inside(node).every(
    (part) =>
      ts.isIdentifier(part) ||
      ts.isNumericLiteral(part) ||
      ts.isPropertyAccessExpression(part) ||
      ts.isParenthesizedExpression(part) ||
      ts.isElementAccessExpression(part) ||
      ts.isStringLiteral(part) ||
      (ts.isPrefixUnaryExpression(part) && !isStep(part)) ||
      (ts.isBinaryExpression(part) && !isAssignment(part)) ||
      ts.isToken(part),
  );
}

const isStep = (node: ts.PrefixUnaryExpression | ts.PostfixUnaryExpression): boolean =>
  node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken;

export function isAssignment(node: ts.Node): node is ts.BinaryExpression {
  return (
    ts.isBinaryExpression(node) &&
    node.operatorToken.kind >= ts.SyntaxKind.FirstAssignment &&
    node.operatorToken.kind <= ts.SyntaxKind.LastAssignment
  );
}

/** Assignments and `++` of a name, anywhere inside. */
export function assignsTo(node: ts.Node, name: string): boolean {
  return inside(node).some((part) => {
    if (isAssignment(part)) return namesIn(part.left).has(name);
    if (ts.isPostfixUnaryExpression(part)) return part.operand.getText() === name;
    return ts.isPrefixUnaryExpression(part) && isStep(part) && part.operand.getText() === name;
  });
}

/** Words of its own: `this`, `arguments`, `yield`, `await`, `super`, which mean other things elsewhere. */
export function isBoundToFunction(node: ts.Node): boolean {
  return inside(node).some(
    (part) =>
      part.kind === ts.SyntaxKind.ThisKeyword ||
      part.kind === ts.SyntaxKind.SuperKeyword ||
      ts.isYieldExpression(part) ||
      ts.isAwaitExpression(part) ||
      (ts.isIdentifier(part) && part.text === "arguments"),
  );
}

/** `break`, `continue`, `return` and labels, in what runs. */
export function jumps(node: ts.Node): boolean {
  return running(node).some(
    (part) =>
      ts.isBreakOrContinueStatement(part) ||
      ts.isReturnStatement(part) ||
      ts.isLabeledStatement(part),
  );
}

/** All names that occur, types and property names aside. */
export function namesIn(node: ts.Node): Set<string> {
  return new Set(
    inside(node)
      .filter(isValueName)
      .map((name) => name.text),
  );
}

/** An identifier that stands for a value, not a property's name, a label or a type. */
export function isValueName(node: ts.Node): node is ts.Identifier {
  if (!ts.isIdentifier(node)) return false;
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node;
  if (ts.isBindingElement(parent)) return parent.propertyName !== node;
  if (ts.isTypeNode(parent) || ts.isQualifiedName(parent) || ts.isTypeElement(parent)) return false;
  if (ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent)) return false;
  return !(ts.isClassElement(parent) && parent.name === node) && !ts.isLabeledStatement(parent);
}

/** One `const x = …;` with a plain name. */
export interface Simple {
  statement: ts.VariableStatement;
  name: ts.Identifier;
  initializer: ts.Expression;
}

/** A declaration statement of one plain name with a value. */
export function simpleDeclaration(node: ts.Node): Simple | undefined {
  if (!ts.isVariableStatement(node) || node.modifiers !== undefined) return undefined;
  const [declaration, ...others] = node.declarationList.declarations;
  if (declaration === undefined || others.length > 0 || !ts.isIdentifier(declaration.name))
    return undefined;
  const { name, initializer } = declaration;
  return initializer === undefined ? undefined : { statement: node, name, initializer };
}

/** The statements of a block, of a file or of a `case`, in which one may stand before another. */
export function statementLists(view: View): (readonly ts.Statement[])[] {
  return view.nodes.flatMap((node) => (ts.isBlock(node) ? [node.statements] : []));
}

/** Pairs of neighbours. */
export function neighbours<T>(items: readonly T[]): [T, T][] {
  return items.slice(1).map((item, k): [T, T] => [items[k] ?? item, item]);
}

/** How often each name of a value is used in the file, its declaration included. */
export function usesOf(view: View, name: string): ts.Identifier[] {
  return view.nodes.filter(isValueName).filter((node) => node.text === name);
}
