/** What a name in the program stands for. */

import { ts } from "ts-morph";
import { behindAlias } from "../exports.ts";
import { withoutParentheses } from "../instrument/assignments.ts";
import type { ParsedProgram } from "../parse.ts";
import { memberIndex } from "./members.ts";
import type { Member } from "./members.ts";
import { accessedName, boundName, functionOfDeclaration, isPropertyName } from "./syntax.ts";
import type { FunctionNode } from "./syntax.ts";

export interface Bindings {
  files: readonly ts.SourceFile[];
  /** What a name stands for in its scope, behind imports and renaming. */
  symbolOf(name: ts.Identifier): ts.Symbol | undefined;
  /** Functions that can be called as `x.name`, whatever `x` is. */
  members(name: string): readonly Member[];
  /**
   * The declarations of `name` in a namespace or an `import * as x`, when `base` is one; nothing
   * when it is anything else.
   */
  exported(base: ts.Expression, name: string): readonly ts.Declaration[] | undefined;
  /** The functions that a callee may be, as far as the text shows. */
  functionsOf(callee: ts.Expression): FunctionNode[];
}

/** A name that more functions share says nothing about which of them is called. */
const NAMESAKES = 30;

/** Looks names up by scope, and methods by name alone. */
export function bindingsOf(parsed: ParsedProgram): Bindings {
  const { checker } = parsed;
  const files = parsed.files.map((file) => file.source);
  const symbolOf = symbolLookup(checker);
  const exported: Bindings["exported"] = (base, name) => {
    const inner = withoutParentheses(base);
    const symbol = ts.isIdentifier(inner) ? symbolOf(inner) : undefined;
    if (symbol === undefined || (symbol.flags & ts.SymbolFlags.ValueModule) === 0) return undefined;
    const found = checker.getExportsOfModule(symbol).find((item) => item.name === name);
    return found === undefined ? [] : (behindAlias(found, checker).declarations ?? []);
  };
  const index = memberIndex(files, symbolOf);
  const members = (name: string): readonly Member[] => index.get(name) ?? [];
  const namedSo = (name: string): ts.Node[] => {
    const found = members(name);
    return found.length > NAMESAKES ? [] : found.map((member) => member.node);
  };
  const functionsOf = (callee: ts.Expression): FunctionNode[] => {
    const inner = withoutParentheses(callee);
    if (ts.isIdentifier(inner)) return (symbolOf(inner)?.declarations ?? []).flatMap(declared);
    const name = accessedName(inner);
    if (name === undefined) return [];
    const fromModule = isAccess(inner) ? exported(inner.expression, name) : undefined;
    return (fromModule ?? namedSo(name)).flatMap(functionOfDeclaration);
  };
  // const { dot } = np, and const { predict } = makeNet()
  const declared = (node: ts.Node): FunctionNode[] => {
    const name = ts.isBindingElement(node) ? boundName(node) : undefined;
    if (name === undefined || !ts.isBindingElement(node)) return functionOfDeclaration(node);
    const from = patternValue(node);
    const fromModule = from === undefined ? undefined : exported(from, name);
    return (fromModule ?? namedSo(name)).flatMap(functionOfDeclaration);
  };
  return { files, symbolOf, members, exported, functionsOf };
}

function symbolLookup(checker: ts.TypeChecker): Bindings["symbolOf"] {
  const known = new Map<ts.Identifier, ts.Symbol | undefined>();
  return (name) => {
    if (known.has(name)) return known.get(name);
    const symbol = isPropertyName(name) ? undefined : rawSymbol(name, checker);
    const behind = symbol === undefined ? undefined : behindAlias(symbol, checker);
    known.set(name, behind);
    return behind;
  };
}

function rawSymbol(name: ts.Identifier, checker: ts.TypeChecker): ts.Symbol | undefined {
  return ts.isShorthandPropertyAssignment(name.parent)
    ? checker.getShorthandAssignmentValueSymbol(name.parent)
    : checker.getSymbolAtLocation(name);
}

/** `a.b` and `a[b]` */
export function isAccess(
  node: ts.Node,
): node is ts.PropertyAccessExpression | ts.ElementAccessExpression {
  return ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node);
}

/** The value that a pattern takes apart, as in `const { a } = value`. */
export function patternValue(element: ts.BindingElement): ts.Expression | undefined {
  let outer: ts.Node = element;
  while (
    ts.isBindingElement(outer) ||
    ts.isObjectBindingPattern(outer) ||
    ts.isArrayBindingPattern(outer)
  ) {
    outer = outer.parent;
  }
  return ts.isVariableDeclaration(outer) ? outer.initializer : undefined;
}
