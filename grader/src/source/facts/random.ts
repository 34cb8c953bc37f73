/** Every place that draws a random number, or may. */

import { ts } from "ts-morph";
import type { FunctionName } from "../../model/submission.ts";
import { isAssignment, withoutParentheses } from "../instrument/assignments.ts";
import { shortText } from "../locate.ts";
import type { Bindings } from "./bindings.ts";
import { spread } from "./flows.ts";
import type { Flow, Held } from "./flows.ts";
import type { Found } from "./operations.ts";
import { isGenerator, makesGenerator } from "./generators.ts";
import { accessedName, eachNode, isPropertyName } from "./syntax.ts";
import type { FunctionNode } from "./syntax.ts";

/** Parameters with these names are random sources wherever they stand. */
export const SOURCE_NAMES = /^_*(rng|prng|rand|random|random_?(fn|source|generator))$/i;
/** Draws of a normal distribution, which students write themselves. */
const NORMAL_NAMES =
  /^(randn|gauss(ian)?(_?random)?|(random|rand|sample)_?(normal|gaussian)|box_?muller|(standard_?)?normal)$/i;
const MATRIX_DRAWS = /^(rand|random|randInt|randn)$/;

export interface RandomUse {
  node: ts.Node;
  /** What is drawn from, as in `rng`, `Math.random`, `Matrix.rand`. */
  source: string;
  /** The text of what is handed to it. */
  given: string[];
}

/** Calls of a random source, and sources handed to functions that are not the student's. */
export function randomUses(
  functions: ReadonlyMap<FunctionName, FunctionNode>,
  bindings: Bindings,
  flows: readonly Flow[],
): RandomUse[] {
  const held = sources(bindings);
  const rng = functions.get("forward_propagation_with_dropout")?.parameters[3]?.name;
  const symbol = rng !== undefined && ts.isIdentifier(rng) ? bindings.symbolOf(rng) : undefined;
  if (symbol !== undefined) held.holders.add(symbol);
  addParametersByName(held, bindings);
  spread(held, flows);
  const uses: RandomUse[] = [];
  const students = new Set(functions.values());
  for (const file of bindings.files) {
    eachNode(file, (node) => {
      // build(n, m, () => (state = (state * a + c) % m) / m)
      if (isHandedOn(node) && isGenerator(node))
        uses.push({ node, source: shortText(node, 40), given: [] });
      if (!ts.isCallExpression(node)) return;
      const source = drawnFrom(node, { held, bindings, students });
      // drop(A1, keep_prob, Math.random)
      const handed = node.arguments.find((argument) => argument.getText() === "Math.random");
      if (handed && bindings.functionsOf(node.expression).length > 0)
        uses.push({ node: handed, source: "Math.random", given: [] });
      if (source !== undefined)
        uses.push({ node, source, given: node.arguments.map((each) => shortText(each)) });
    });
  }
  return uses;
}

function sources(bindings: Bindings): Held {
  const holders: Held["holders"] = new Set();
  const carries = (node: ts.Expression): boolean => {
    const inner = withoutParentheses(node);
    if (inner.getText() === "Math.random") return true;
    if (ts.isIdentifier(inner)) {
      const symbol = bindings.symbolOf(inner);
      return symbol !== undefined && holders.has(symbol);
    }
    if (ts.isConditionalExpression(inner))
      return carries(inner.whenTrue) || carries(inner.whenFalse);
    if (ts.isBinaryExpression(inner))
      return isChoice(inner) && (carries(inner.left) || carries(inner.right));
    // const next = mulberry32(1)
    if (ts.isCallExpression(inner))
      return bindings.functionsOf(inner.expression).some(makesGenerator);
    const name = accessedName(inner);
    return name !== undefined && holders.has(name);
  };
  return { holders, carries, isNeutral: () => true };
}

function isChoice(node: ts.BinaryExpression): boolean {
  const { kind } = node.operatorToken;
  return (
    kind === ts.SyntaxKind.QuestionQuestionToken ||
    kind === ts.SyntaxKind.BarBarToken ||
    isAssignment(node)
  );
}

function addParametersByName(held: Held, bindings: Bindings): void {
  for (const file of bindings.files) {
    eachNode(file, (node) => {
      if (!ts.isIdentifier(node) || !SOURCE_NAMES.test(node.text) || isPropertyName(node)) return;
      const isParameter = ts.isParameter(node.parent) && node.parent.name === node;
      const symbol = isParameter ? bindings.symbolOf(node) : undefined;
      if (symbol !== undefined) held.holders.add(symbol);
    });
  }
}

interface Known {
  held: Held;
  bindings: Bindings;
  /** The three functions of the assignment: none is a generator, whatever it counts. */
  students: ReadonlySet<FunctionNode>;
}

function drawnFrom(
  call: ts.CallExpression,
  { held, bindings, students }: Known,
): string | undefined {
  const callee = withoutParentheses(call.expression);
  if (held.carries(callee)) return shortText(callee, 40);
  const own = bindings.functionsOf(callee);
  const name = accessedName(callee) ?? (ts.isIdentifier(callee) ? callee.text : "");
  if (own.some((fn) => !students.has(fn) && (isGenerator(fn) || NORMAL_NAMES.test(name))))
    return shortText(callee, 40);
  if (isMatrixDraw(callee, name)) return shortText(callee, 40);
  if (/^crypto\.(getRandomValues|randomUUID)$/.test(callee.getText())) return callee.getText();
  if (own.length > 0) return undefined;
  // Array.from({ length: n }, rng)
  const handed = call.arguments.find((argument) => isName(argument) && held.carries(argument));
  return handed === undefined ? undefined : shortText(handed, 40);
}

/** Names of functions that start a generator, the student's own or a library's. */
const SEED_NAMES = /seed|^srand$/i;

// np.random.seed(3); seedrandom("course"); mulberry32(3)
export function seeding(node: ts.Node, bindings: Bindings): Found | undefined {
  if (!ts.isCallOrNewExpression(node)) return undefined;
  const [seed] = node.arguments ?? [];
  if (seed === undefined || !ts.isLiteralExpression(seed)) return undefined;
  const callee = withoutParentheses(node.expression);
  const name = accessedName(callee) ?? (ts.isIdentifier(callee) ? callee.text : "");
  const starts = SEED_NAMES.test(name) || bindings.functionsOf(callee).some(makesGenerator);
  return starts
    ? { kind: "seed", node, detail: shortText(callee, 40), operands: [shortText(seed)] }
    : undefined;
}

function isHandedOn(node: ts.Node): node is ts.ArrowFunction | ts.FunctionExpression {
  return (
    (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) &&
    ts.isCallOrNewExpression(node.parent)
  );
}

function isName(node: ts.Expression): boolean {
  return ts.isIdentifier(node) || accessedName(node) !== undefined;
}

// Matrix.rand(n, m)
function isMatrixDraw(callee: ts.Expression, name: string): boolean {
  if (!MATRIX_DRAWS.test(name)) return false;
  const isAccess = ts.isPropertyAccessExpression(callee) || ts.isElementAccessExpression(callee);
  return isAccess && /(^|\.)Matrix$/.test(callee.expression.getText());
}
