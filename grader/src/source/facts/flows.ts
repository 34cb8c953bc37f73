/** Where values are handed on: to variables, parameters and properties. */

import { ts } from "ts-morph";
import { isAssignment, withoutParentheses } from "../instrument/assignments.ts";
import type { Bindings } from "./bindings.ts";
import { accessedName, boundName, eachNode, writtenName } from "./syntax.ts";

/** A place that holds a value: what a name stands for, or all the properties of one name. */
export type Holder = ts.Symbol | string;

export interface Flow {
  /** The expression, or the property that is read. */
  from: ts.Expression | { property: string };
  to: Holder;
  /** True for the argument of a call: several calls may hand on different things. */
  argument: boolean;
}

/** All of them, in all files. */
export function flowsOf(bindings: Bindings): Flow[] {
  const flows: Flow[] = [];
  for (const file of bindings.files) {
    eachNode(file, (node) => {
      flows.push(...flowsAt(node, bindings));
    });
  }
  return flows;
}

function flowsAt(node: ts.Node, bindings: Bindings): Flow[] {
  if (ts.isVariableDeclaration(node) || ts.isParameter(node))
    return toName(node.initializer, node.name, bindings);
  if (ts.isBindingElement(node)) return fromPattern(node, bindings);
  if (ts.isPropertyAssignment(node) || ts.isPropertyDeclaration(node))
    return toProperty(node.initializer, writtenName(node.name));
  if (ts.isShorthandPropertyAssignment(node)) return toProperty(node.name, node.name.text);
  if (ts.isBinaryExpression(node) && isAssignment(node)) {
    const target = withoutParentheses(node.left);
    return ts.isIdentifier(target)
      ? toName(node.right, target, bindings)
      : toProperty(node.right, accessedName(target));
  }
  if (ts.isCallOrNewExpression(node)) return toParameters(node, bindings);
  return [];
}

function toName(from: ts.Expression | undefined, name: ts.Node, bindings: Bindings): Flow[] {
  const owner = name.parent;
  // constructor(private keep_prob: number)
  const isField = ts.isParameter(owner) && ts.isParameterPropertyDeclaration(owner, owner.parent);
  const field = isField && ts.isIdentifier(name) ? toProperty(name, name.text) : [];
  if (from === undefined || !ts.isIdentifier(name)) return field;
  const to = bindings.symbolOf(name);
  return to === undefined ? field : [...field, { from, to, argument: false }];
}

function toProperty(from: ts.Expression | undefined, to: string | undefined): Flow[] {
  return from === undefined || to === undefined ? [] : [{ from, to, argument: false }];
}

// const { keep_prob: p = 0.8 } = options
function fromPattern(node: ts.BindingElement, bindings: Bindings): Flow[] {
  const property = boundName(node);
  const to = ts.isIdentifier(node.name) ? bindings.symbolOf(node.name) : undefined;
  const read: Flow[] =
    property === undefined || to === undefined ? [] : [{ from: { property }, to, argument: false }];
  return [...read, ...toName(node.initializer, node.name, bindings)];
}

function toParameters(call: ts.CallExpression | ts.NewExpression, bindings: Bindings): Flow[] {
  const given = call.arguments ?? [];
  return bindings.functionsOf(call.expression).flatMap((fn) =>
    fn.parameters.flatMap((parameter, index): Flow[] => {
      const from = given[index];
      const to = ts.isIdentifier(parameter.name) ? bindings.symbolOf(parameter.name) : undefined;
      return from === undefined || to === undefined ? [] : [{ from, to, argument: true }];
    }),
  );
}

/** Which holders hold a certain thing. */
export interface Held {
  holders: Set<Holder>;
  /** True for an expression that is the thing, or is made from nothing else. */
  carries(node: ts.Expression): boolean;
  /** True for what may stand beside it at another call, such as a number. */
  isNeutral(node: ts.Expression): boolean;
}

/** Chains of handing on longer than this are not followed. */
const ROUNDS = 8;

/** Adds to `held.holders` all that the thing is handed on to. */
export function spread(held: Held, flows: readonly Flow[]): void {
  const argumentsOf = groupByHolder(flows);
  for (let round = 0; round < ROUNDS; round++) {
    const before = held.holders.size;
    for (const flow of flows) {
      if (held.holders.has(flow.to) || !flowCarries(flow, held)) continue;
      const others = flow.argument ? (argumentsOf.get(flow.to) ?? []) : [];
      if (others.every((other) => flowCarries(other, held) || flowIsNeutral(other, held)))
        held.holders.add(flow.to);
    }
    if (held.holders.size === before) return;
  }
}

function flowCarries({ from }: Flow, held: Held): boolean {
  return "property" in from ? held.holders.has(from.property) : held.carries(from);
}

function flowIsNeutral({ from }: Flow, held: Held): boolean {
  return !("property" in from) && held.isNeutral(from);
}

function groupByHolder(flows: readonly Flow[]): Map<Holder, Flow[]> {
  const groups = new Map<Holder, Flow[]>();
  for (const flow of flows) {
    if (!flow.argument) continue;
    const known = groups.get(flow.to);
    if (known === undefined) groups.set(flow.to, [flow]);
    else known.push(flow);
  }
  return groups;
}
