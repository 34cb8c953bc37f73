/** Which parts of the text a function may run, through helpers, closures, classes and other files. */

import { ts } from "ts-morph";
import type { FunctionName } from "../../model/submission.ts";
import { isAccess, patternValue } from "./bindings.ts";
import type { Bindings } from "./bindings.ts";
import { isFunctionAssignment, isFunctionMember } from "./members.ts";
import { accessedName, boundName, classValue, functionValue, isOverwritten } from "./syntax.ts";

/** The student functions that may run a place. */
export type ReachedFrom = (node: ts.Node) => FunctionName[];

/** Follows every mention of a function, called or not, so it finds rather too much than too little. */
export function reachOf(
  roots: ReadonlyMap<FunctionName, ts.Declaration>,
  bindings: Bindings,
): ReachedFrom {
  const reached = Array.from(roots, ([fn, root]) => [fn, reachedNodes(root, bindings)] as const);
  return (node) => reached.filter(([, nodes]) => isWithin(node, nodes)).map(([fn]) => fn);
}

function isWithin(node: ts.Node, nodes: ReadonlySet<ts.Node>): boolean {
  for (let current = node; current !== undefined; current = current.parent) {
    if (nodes.has(current)) return true;
    if (isDeferred(current)) return false;
  }
  return false;
}

interface Walk {
  bindings: Bindings;
  queue: ts.Node[];
  /** Properties that are read: methods of these names may be called. */
  names: Set<string>;
}

/** Methods count once the class or the object that has them is mentioned as well (rapid type analysis). */
function reachedNodes(root: ts.Declaration, bindings: Bindings): Set<ts.Node> {
  const reached = new Set<ts.Node>();
  const walking: Walk = { bindings, queue: [], names: new Set() };
  enqueue(root, walking);
  while (walking.queue.length > 0) {
    for (let item = walking.queue.pop(); item !== undefined; item = walking.queue.pop()) {
      if (reached.has(item)) continue;
      reached.add(item);
      for (const part of partsRun(item)) walk(part, walking);
    }
    for (const name of walking.names) {
      const called = bindings
        .members(name)
        .filter(({ owner }) => owner === undefined || isWithin(owner, reached));
      walking.queue.push(...called.map(({ node }) => node).filter((node) => !reached.has(node)));
    }
  }
  return reached;
}

/** Goes on from a declaration that is mentioned. */
function enqueue(node: ts.Declaration, walking: Walk): void {
  if (
    ts.isFunctionDeclaration(node) ||
    ts.isVariableDeclaration(node) ||
    ts.isClassDeclaration(node)
  ) {
    walking.queue.push(node);
  }
  if (!ts.isBindingElement(node)) return;
  // const { predict } = makeNet(): what makes it, and the member of that name
  const value = patternValue(node);
  if (value !== undefined) walking.queue.push(value);
  readProperty(boundName(node), value, walking);
}

function readProperty(
  name: string | undefined,
  base: ts.Expression | undefined,
  walking: Walk,
): void {
  if (name === undefined) return;
  const exported = base === undefined ? undefined : walking.bindings.exported(base, name);
  if (exported === undefined) walking.names.add(name);
  for (const declaration of exported ?? []) enqueue(declaration, walking);
}

/** What runs when an item is used: of a class not its methods, which are found by their names. */
function partsRun(item: ts.Node): ts.Node[] {
  const ofClass = classValue(item);
  if (ofClass !== undefined) {
    const fields = ofClass.members.filter((member) => !isFunctionMember(member));
    return [...fields, ...(ofClass.heritageClauses ?? [])];
  }
  // The value of `const { predict } = makeNet()` is itself a call or a name.
  if (ts.isExpression(item) && functionValue(item) === undefined) return [item];
  const parts: ts.Node[] = [];
  ts.forEachChild(item, (child) => {
    parts.push(child);
  });
  return parts;
}

function walk(node: ts.Node, walking: Walk): void {
  if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return;
  if (isDeferred(node) || isOffered(node, walking.bindings)) return;
  if (ts.isIdentifier(node)) {
    for (const declaration of walking.bindings.symbolOf(node)?.declarations ?? [])
      enqueue(declaration, walking);
    return;
  }
  if (ts.isBindingElement(node)) readProperty(boundName(node), patternValue(node), walking);
  if (isAccess(node) && !isOverwritten(node))
    readProperty(accessedName(node), node.expression, walking);
  ts.forEachChild(node, (child) => {
    walk(child, walking);
  });
}

/** `{ forward, predict }` offers functions by name; as an argument it hands them to be called. */
function isOffered(node: ts.Node, bindings: Bindings): boolean {
  if (!ts.isObjectLiteralExpression(node.parent) || ts.isCallOrNewExpression(node.parent.parent))
    return false;
  const value = ts.isShorthandPropertyAssignment(node)
    ? node.name
    : ts.isPropertyAssignment(node)
      ? node.initializer
      : undefined;
  return value !== undefined && ts.isIdentifier(value) && bindings.functionsOf(value).length > 0;
}

/** What is written here, but runs only where it is mentioned. */
function isDeferred(node: ts.Node): boolean {
  if (ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node)) return true;
  if (isFunctionMember(node) || isFunctionAssignment(node)) return true;
  if (!ts.isVariableDeclaration(node)) return false;
  return functionValue(node.initializer) !== undefined || classValue(node) !== undefined;
}
