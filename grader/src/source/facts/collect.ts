/** What the source shows before it runs. */

import { ts } from "ts-morph";
import type { Facts, FunctionFacts, SourceUse } from "../../model/program.ts";
import { handedOutIn } from "../../assignment/handed-out.ts";
import type { FunctionName, Location } from "../../model/submission.ts";
import { locationOf, shortText, spanIn } from "../locate.ts";
import type { ParsedProgram } from "../parse.ts";
import { bindingsOf } from "./bindings.ts";
import type { Bindings } from "./bindings.ts";
import { flowsOf } from "./flows.ts";
import { callsIn, entriesOf, namedFunctionAround } from "./calls.ts";
import type { CallsOf } from "./calls.ts";
import { guardsOf } from "./guards.ts";
import { keepProbMentions } from "./keep-prob.ts";
import { arithmetic, callBetween, maskRead } from "./operations.ts";
import type { Found } from "./operations.ts";
import { loopsAround } from "./loops.ts";
import { randomUses, seeding } from "./random.ts";
import { reachOf } from "./reach.ts";
import { boundName, eachNode, functionOfDeclaration } from "./syntax.ts";
import type { FunctionNode } from "./syntax.ts";

type Declarations = ReadonlyMap<FunctionName, ts.Declaration>;

/** Uses come file by file, in the order of the text. */
export function collectFacts(
  parsed: ParsedProgram,
  declarations: Declarations,
): Omit<Facts, "misleadingCharacters"> {
  const bindings = bindingsOf(parsed);
  const functions = new Map<FunctionName, FunctionNode>();
  for (const [fn, declaration] of declarations) {
    const node = functionBehind(declaration, bindings);
    if (node !== undefined) functions.set(fn, node);
  }
  const reachedFrom = reachOf(declarations, bindings);
  const callsOf = callsIn(bindings);
  const guardOf = guardsOf(callsOf);
  const entriesTo = entriesOf(functions, callsOf);
  const ofDraw = (node: ts.Node): Pick<SourceUse, "guard" | "entries"> => {
    const guard = guardOf(node);
    const entries = Object.entries(entriesTo(node));
    return {
      ...(guard ? { guard: locationOf(guard) } : {}),
      entries: Object.fromEntries(entries.map(([fn, place]) => [fn, locationOf(place)])),
    };
  };
  const uses = inOwnFiles(findUses(functions, bindings), callsOf, parsed).map(
    ({ node, ...use }): SourceUse => ({
      ...use,
      reachedFrom: reachedFrom(node),
      location: locationOf(node),
      ...ofLoops(use.kind, node),
      ...(use.kind === "random" ? ofDraw(node) : {}),
    }),
  );
  return { functions: functionFacts(declarations, functions), uses };
}

/** Numbers that a helper of the starter draws are drawn where it is called; the rest of it is no student's. */
function inOwnFiles(found: readonly Found[], callsOf: CallsOf, parsed: ParsedProgram): Found[] {
  const handedOut = handedOutIn(parsed.submission);
  if (handedOut.size === 0) return [...found];
  const isGiven = (node: ts.Node) => handedOut.has(locationOf(node).file);
  const outside = (node: ts.Node): readonly ts.Node[] => {
    if (!isGiven(node)) return [node];
    const fn = namedFunctionAround(node);
    return fn ? callsOf(fn).flatMap(outside) : [];
  };
  return found.flatMap((use) => {
    if (!isGiven(use.node)) return [use];
    return use.kind === "random" ? outside(use.node).map((node) => ({ ...use, node })) : [];
  });
}

/** Bidirectional control characters. */
export function misleadingCharacters(file: ts.SourceFile): Location[] {
  const found = file.text.matchAll(/[\u202A-\u202E\u2066-\u2069]/g);
  return Array.from(found, ({ index }) => spanIn(file, index, index + 1));
}

/** How many names stand between an export and its function, at most. */
const ALIASES = 5;

// export const predict = net.predict;
function functionBehind(declaration: ts.Node, bindings: Bindings): FunctionNode | undefined {
  let current: ts.Node | undefined = declaration;
  for (let step = 0; step < ALIASES && current !== undefined; step++) {
    const [direct] = functionOfDeclaration(current);
    if (direct !== undefined) return direct;
    if (ts.isBindingElement(current)) return functionNamed(boundName(current), bindings);
    if (!ts.isVariableDeclaration(current) || current.initializer === undefined) return undefined;
    const value: ts.Expression = behindBind(current.initializer);
    const [called] = bindings.functionsOf(value);
    if (called !== undefined) return called;
    current = ts.isIdentifier(value) ? bindings.symbolOf(value)?.declarations?.[0] : undefined;
  }
  return undefined;
}

// export const { predict } = makeNet();
function functionNamed(name: string | undefined, bindings: Bindings): FunctionNode | undefined {
  const members = name === undefined ? [] : bindings.members(name);
  return members.flatMap(({ node }) => functionOfDeclaration(node))[0];
}

// net.predict.bind(net)
function behindBind(value: ts.Expression): ts.Expression {
  if (!ts.isCallExpression(value) || !ts.isPropertyAccessExpression(value.expression)) return value;
  return value.expression.name.text === "bind" ? value.expression.expression : value;
}

function functionFacts(
  declarations: Declarations,
  functions: ReadonlyMap<FunctionName, FunctionNode>,
): Facts["functions"] {
  const facts: Facts["functions"] = {};
  for (const [fn, declaration] of declarations) {
    const node = functions.get(fn);
    facts[fn] =
      node === undefined ? { location: locationOf(declaration), parameters: [] } : described(node);
  }
  return facts;
}

function described(node: FunctionNode): FunctionFacts {
  const file = node.getSourceFile();
  // An arrow function is named by what it is assigned to.
  const named = node.name ?? ("name" in node.parent ? node.parent : node);
  const end = node.type?.end ?? node.body?.pos ?? node.end;
  const location = spanIn(file, named.getStart(file), end);
  const result = lastReturn(node);
  return {
    location,
    parameters: node.parameters.map((parameter) => shortText(parameter.name, 40)),
    ...(result ? { result: spanIn(file, result.getStart(file), result.end) } : {}),
  };
}

/** The last `return` of the function itself, or the expression that an arrow function is. */
function lastReturn(node: FunctionNode): ts.Node | undefined {
  if (node.body !== undefined && !ts.isBlock(node.body)) return node.body;
  let last: ts.Node | undefined;
  const visit = (child: ts.Node): void => {
    if (ts.isFunctionLike(child)) return;
    if (ts.isReturnStatement(child)) last = child;
    ts.forEachChild(child, visit);
  };
  if (node.body) ts.forEachChild(node.body, visit);
  return last;
}

function ofLoops(kind: SourceUse["kind"], node: ts.Node): Pick<SourceUse, "loops"> {
  const loops = kind === "random" || kind === "compare" ? loopsAround(node) : [];
  return loops.length > 0 ? { loops } : {};
}

function findUses(functions: ReadonlyMap<FunctionName, FunctionNode>, bindings: Bindings): Found[] {
  const flows = flowsOf(bindings);
  const found: Found[] = [];
  for (const node of keepProbMentions(functions, bindings, flows)) {
    found.push({ kind: "keep-prob", node, detail: shortText(node), operands: [] });
  }
  for (const { node, source, given } of randomUses(functions, bindings, flows)) {
    found.push({ kind: "random", node, detail: source, operands: given });
  }
  for (const file of bindings.files) {
    eachNode(file, (node) => {
      const uses = [
        arithmetic(node, bindings),
        maskRead(node),
        callBetween(node, functions, bindings),
        seeding(node, bindings),
      ];
      found.push(...uses.filter((use) => use !== undefined));
    });
  }
  const order = new Map(bindings.files.map((file, index) => [file, index]));
  return found
    .map((use) => {
      const file = use.node.getSourceFile();
      return { use, rank: order.get(file) ?? 0, start: use.node.getStart(file) };
    })
    .toSorted((a, b) => a.rank - b.rank || a.start - b.start)
    .map(({ use }) => use);
}
