/** Functions that are called by the name of a property. */

import { ts } from "ts-morph";
import {
  accessedName,
  eachNode,
  functionOfDeclaration,
  functionValue,
  writtenName,
} from "./syntax.ts";

export interface Member {
  node: ts.Node;
  /** The class or object that has it; nothing where it is put there from outside. */
  owner?: ts.Node;
}

type SymbolOf = (name: ts.Identifier) => ts.Symbol | undefined;

/** All of them, by name. */
export function memberIndex(
  files: readonly ts.SourceFile[],
  symbolOf: SymbolOf,
): Map<string, Member[]> {
  const index = new Map<string, Member[]>();
  const add = (name: string | undefined, member: Member): void => {
    if (name === undefined) return;
    const known = index.get(name);
    if (known === undefined) index.set(name, [member]);
    else known.push(member);
  };
  for (const file of files) {
    eachNode(file, (node) => {
      if (isFunctionMember(node)) add(writtenName(node.name), { node, owner: node.parent });
      // net.predict = function () {}
      if (isFunctionAssignment(node)) add(accessedName(node.left), { node: node.right });
      const offered = offeredName(node);
      if (offered === undefined) return;
      for (const fn of functionsNamed(offered.value, symbolOf))
        add(offered.name, { node: fn, owner: node.parent });
    });
  }
  return index;
}

// { predict } and { predict: plain }
function offeredName(
  node: ts.Node,
): { name: string | undefined; value: ts.Identifier } | undefined {
  if (ts.isShorthandPropertyAssignment(node)) return { name: node.name.text, value: node.name };
  if (!ts.isPropertyAssignment(node) || !ts.isIdentifier(node.initializer)) return undefined;
  return { name: writtenName(node.name), value: node.initializer };
}

function functionsNamed(name: ts.Identifier, symbolOf: SymbolOf): ts.Node[] {
  return (symbolOf(name)?.declarations ?? []).filter(
    (node) => functionOfDeclaration(node).length > 0,
  );
}

/** A method, an accessor, or a property whose value is a function. */
export function isFunctionMember(
  node: ts.Node,
): node is
  | ts.MethodDeclaration
  | ts.AccessorDeclaration
  | ts.PropertyAssignment
  | ts.PropertyDeclaration {
  if (ts.isMethodDeclaration(node) || ts.isAccessor(node)) return true;
  if (!ts.isPropertyAssignment(node) && !ts.isPropertyDeclaration(node)) return false;
  return functionValue(node.initializer) !== undefined;
}

/** `x.name = function () {}` */
export function isFunctionAssignment(node: ts.Node): node is ts.BinaryExpression {
  return (
    ts.isBinaryExpression(node) &&
    node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
    accessedName(node.left) !== undefined &&
    functionValue(node.right) !== undefined
  );
}
