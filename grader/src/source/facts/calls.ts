/** From a place back to the calls that lead to it. */

import { ts } from "ts-morph";
import type { FunctionName } from "../../model/submission.ts";
import type { Bindings } from "./bindings.ts";
import { eachNode } from "./syntax.ts";
import type { FunctionNode } from "./syntax.ts";

/** The calls that may run a function, as far as the text shows, in the order of the text. */
export type CallsOf = (fn: FunctionNode) => readonly ts.CallExpression[];

/** Looks for them only when it is asked. */
export function callsIn(bindings: Bindings): CallsOf {
  let calls: ReadonlyMap<FunctionNode, readonly ts.CallExpression[]> | undefined;
  return (fn) => {
    calls ??= callsByFunction(bindings);
    return calls.get(fn) ?? [];
  };
}

function callsByFunction(bindings: Bindings): Map<FunctionNode, ts.CallExpression[]> {
  const calls = new Map<FunctionNode, ts.CallExpression[]>();
  for (const file of bindings.files) {
    eachNode(file, (node) => {
      if (!ts.isCallExpression(node)) return;
      for (const fn of bindings.functionsOf(node.expression)) {
        const known = calls.get(fn);
        if (known) known.push(node);
        else calls.set(fn, [node]);
      }
    });
  }
  return calls;
}

/** The function that a place is written in; one that is handed to a call belongs to what is around it. */
export function namedFunctionAround(node: ts.Node): FunctionNode | undefined {
  for (let current = node; current.parent !== undefined; current = current.parent) {
    const isFunction = ts.isFunctionLike(current) && "body" in current;
    if (isFunction && !ts.isCallOrNewExpression(current.parent)) return current as FunctionNode;
  }
  return undefined;
}

/** In each of the student's three functions, the place itself or the first call that leads to it. */
export type EntriesOf = (node: ts.Node) => Partial<Record<FunctionName, ts.Node>>;

export function entriesOf(
  functions: ReadonlyMap<FunctionName, FunctionNode>,
  callsOf: CallsOf,
): EntriesOf {
  const names = new Map(Array.from(functions, ([name, fn]) => [fn, name]));
  const known = new Map<FunctionNode, ReturnType<EntriesOf>>();
  const entriesOfCalls = (fn: FunctionNode): ReturnType<EntriesOf> => {
    const before = known.get(fn);
    if (before) return before;
    const entries: ReturnType<EntriesOf> = {};
    known.set(fn, entries); // it may call itself
    for (const call of callsOf(fn)) {
      for (const [name, node] of Object.entries(entriesTo(call)))
        entries[name as FunctionName] ??= node; // a key of what `entriesTo` made
    }
    return entries;
  };
  const entriesTo: EntriesOf = (node) => {
    const fn = outerFunction(node, names);
    const name = fn && names.get(fn);
    if (name !== undefined) return { [name]: node };
    return fn ? entriesOfCalls(fn) : {};
  };
  return entriesTo;
}

/** A helper inside one of the three functions is part of it. */
function outerFunction(
  node: ts.Node,
  names: ReadonlyMap<FunctionNode, FunctionName>,
): FunctionNode | undefined {
  const own = namedFunctionAround(node);
  for (let fn = own; fn !== undefined; fn = namedFunctionAround(fn.parent))
    if (names.has(fn)) return fn;
  return own;
}
