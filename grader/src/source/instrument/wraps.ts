/** Which expressions of a file are recorded, outer ones before inner ones. */

import { ts } from "ts-morph";
import type { SiteInfo } from "../../model/compiled.ts";
import { spanIn } from "../locate.ts";
import { isAssignment, isPattern, partsOfTarget, withoutParentheses } from "./assignments.ts";
import { flowOf } from "./flow.ts";
import { headOf, loopAround, scopeOf, turnsOf } from "./loops.ts";
import { sitesOf } from "./sites.ts";

export interface Wrap {
  site: SiteInfo;
  /** Offsets in the text, the end exclusive. */
  start: number;
  end: number;
  /** `sequence`: `a, b`, which needs parentheses of its own. `shorthand`: the `A1` of `{ A1 }`. */
  form: "expression" | "sequence" | "shorthand";
}

type Site = Omit<SiteInfo, "location"> & Partial<Pick<SiteInfo, "location">>;

/** Finds them all. No result changes when each is replaced by a call that returns it. */
export function findWraps(file: ts.SourceFile): Wrap[] {
  const wraps: Wrap[] = [];
  const add = (node: ts.Node, site: Site, form: Wrap["form"]): void => {
    const start = node.getStart(file);
    const loop = loopAround(node);
    wraps.push({
      site: {
        location: spanIn(file, start, node.end),
        ...(ts.isExpression(node) ? flowOf(node) : {}),
        ...(loop ? { loop: headOf(file, loop) } : {}),
        scope: scopeOf(node),
        ...site,
      },
      start,
      end: valueEnd(node),
      form,
    });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isShorthandPropertyAssignment(node)) {
      // `{ __proto__ }` is a property, and `{ __proto__: x }` is not.
      const name = node.name.text;
      if (name !== "__proto__")
        add(node.name, { role: "value", name, isProperty: true }, "shorthand");
      return;
    }
    if (ts.isForStatement(node)) {
      const location = headOf(file, node);
      for (const { name, at } of turnsOf(node))
        if (!isSequence(at)) add(at, { role: "loop", name, location }, "expression");
    }
    if (ts.isExpression(node)) {
      for (const site of sitesOf(node))
        add(node, site, isSequence(node) ? "sequence" : "expression");
    }
    for (const child of visitedChildren(node)) visit(child);
  };
  visit(file);
  return wraps;
}

/** `x as T`, `x satisfies T` and `x!` are x, and in the JavaScript nothing else is left of them. */
function valueEnd(node: ts.Node): number {
  let inner = node;
  while (
    ts.isAsExpression(inner) ||
    ts.isSatisfiesExpression(inner) ||
    ts.isNonNullExpression(inner)
  )
    inner = inner.expression;
  return inner.end;
}

function isSequence(node: ts.Expression): boolean {
  return ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.CommaToken;
}

/** The children in which values may be recorded. */
function visitedChildren(node: ts.Node): ts.Node[] {
  if (isSkipped(node)) return [];
  // The counters of loops are not worth recording: they would fill the record.
  if (ts.isForStatement(node)) return [node.statement];
  if (ts.isWhileStatement(node) || ts.isDoStatement(node)) return [node.statement];
  if (ts.isForOfStatement(node) || ts.isForInStatement(node))
    return [node.expression, node.statement];
  if (ts.isVariableDeclaration(node))
    return node.initializer === undefined ? [] : [node.initializer];
  if (ts.isBinaryExpression(node) && isAssignment(node))
    return [...leftParts(node.left), node.right];
  if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) {
    return changesOperand(node) ? leftParts(node.operand) : [node.operand];
  }
  if (ts.isDeleteExpression(node)) return leftParts(node.expression);
  const children: ts.Node[] = [];
  ts.forEachChild(node, (child) => {
    children.push(child);
  });
  return children.filter((child) => !isKept(child, node));
}

/** Nothing is recorded in types, parameters, enums, decorators and what only declares. */
function isSkipped(node: ts.Node): boolean {
  return (
    ts.isTypeNode(node) ||
    ts.isParameter(node) ||
    ts.isEnumDeclaration(node) ||
    ts.isDecorator(node) ||
    ts.isHeritageClause(node) ||
    ts.isImportDeclaration(node) ||
    ts.isImportEqualsDeclaration(node) ||
    ts.isExportDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    (ts.canHaveModifiers(node) &&
      (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword))
  );
}

/** Names of members and tags of templates stay as they are. */
function isKept(child: ts.Node, parent: ts.Node): boolean {
  if (ts.isComputedPropertyName(child)) return ts.isClassElement(parent);
  return ts.isTaggedTemplateExpression(parent) && parent.tag === child;
}

/** Inside `a(b).c[d]`, as the target of an assignment, `a(b)` and `d` are values. */
function leftParts(target: ts.Expression): ts.Node[] {
  return isPattern(target) ? [] : partsOfTarget(withoutParentheses(target));
}

function changesOperand(node: ts.PrefixUnaryExpression | ts.PostfixUnaryExpression): boolean {
  return (
    node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken
  );
}
