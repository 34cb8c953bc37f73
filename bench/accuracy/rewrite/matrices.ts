/** The same matrix, by other calls of the library or by loops of one's own. */

import ts from "typescript";
import type { Rule, Site } from "./rule.ts";
import { isQuiet } from "./syntax.ts";
import { closed } from "./operators.ts";
import { insertBefore, replace, type View } from "./view.ts";

const isKeep = (text: string): boolean => /^(keep|keep_prob|keepProb|kp|p)$/u.test(text);

interface MethodCall {
  call: ts.CallExpression;
  object: ts.Expression;
  method: string;
  args: readonly ts.Expression[];
}

export function methodCall(node: ts.Node): MethodCall | undefined {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression))
    return undefined;
  const { expression: object, name } = node.expression;
  return { call: node, object, method: name.text, args: node.arguments };
}

function calls(view: View): MethodCall[] {
  return view.nodes.flatMap((node) => methodCall(node) ?? []);
}

/** `.mul(D).div(keep_prob)` and `.div(keep_prob).mul(D)`, and the same with `Matrix.mul`, `Matrix.div`. */
export const scaleBeforeMask: Rule = {
  kind: "scale-before-mask",
  sites: (view) =>
    calls(view).flatMap((outer) => [...swappedChain(outer), ...swappedStatic(outer)]),
};

function swappedChain({ call, object, method, args }: MethodCall): Site[] {
  const inner = methodCall(object);
  const [argument] = args;
  const [innerArgument] = inner?.args ?? [];
  if (inner === undefined || argument === undefined || innerArgument === undefined) return [];
  const isPair = [method, inner.method].every((name) => name === "mul" || name === "div");
  if (!isPair || inner.object.getText() === "Matrix" || args.length > 1) return [];
  const text = `${inner.object.getText()}.${method}(${argument.getText()}).${inner.method}(${innerArgument.getText()})`;
  return [() => [replace(call, text)]];
}

function swappedStatic({ call, object, method, args }: MethodCall): Site[] {
  const [first, second] = args;
  const inner = first && methodCall(first);
  if (
    object.getText() !== "Matrix" ||
    method !== "div" ||
    second === undefined ||
    inner === undefined
  )
    return [];
  const [a, d] = inner.args;
  if (
    inner.object.getText() !== "Matrix" ||
    inner.method !== "mul" ||
    a === undefined ||
    d === undefined
  )
    return [];
  const text = `Matrix.mul(Matrix.div(${a.getText()}, ${second.getText()}), ${d.getText()})`;
  return [() => [replace(call, text)]];
}

/** `.div(keep_prob)` and `.mul(1 / keep_prob)`; the same for `m`. */
export const reciprocalCall: Rule = {
  kind: "reciprocal-call",
  sites: (view) =>
    calls(view).flatMap(({ call, object, method, args }) => {
      const divisor = args.at(-1);
      if (method !== "div" || divisor === undefined || !isQuiet(divisor)) return [];
      if (!isKeep(divisor.getText()) && divisor.getText() !== "m") return [];
      const others = args
        .slice(0, -1)
        .map((arg) => `${arg.getText()}, `)
        .join("");
      const text = `${object.getText()}.mul(${others}1 / ${closed(divisor)})`;
      return [() => [replace(call, text)]];
    }),
};

/** `Matrix.mul(A, D)`, `A.clone().mul(D)`, `Matrix.mul(D, A)`. */
export const staticCall: Rule = {
  kind: "static-call",
  sites: (view) =>
    calls(view).flatMap(({ call, object, method, args }) => {
      const [a, b] = args.map((arg) => arg.getText());
      if (object.getText() !== "Matrix" || a === undefined || b === undefined) return [];
      if (!/^(add|sub|mul|div)$/u.test(method)) return [];
      return [
        (random) => {
          const isSwap =
            method === "mul" &&
            args.every(isQuiet) &&
            !isKeep(b) &&
            !/^[\d(]/u.test(b) &&
            random() < 0.5;
          return [
            replace(
              call,
              isSwap ? `Matrix.mul(${b}, ${a})` : `Matrix.${method}(${a}, ${b}).clone()`,
            ),
          ];
        },
      ];
    }),
};

/** Functions that do with loops what a call of the library does. */
const OWN: Record<string, { wish: string; params: string; body: string }> = {
  mmul: {
    wish: "product",
    params: "P: any, Q: any",
    body: `const R = Matrix.zeros(P.rows, Q.columns);
  for (let i = 0; i < P.rows; i++)
    for (let j = 0; j < Q.columns; j++) {
      let sum = 0;
      for (let k = 0; k < P.columns; k++) sum += P.get(i, k) * Q.get(k, j);
      R.set(i, j, sum);
    }
  return R;`,
  },
  transpose: {
    wish: "flipped",
    params: "P: any",
    body: `const R = Matrix.zeros(P.columns, P.rows);
  for (let i = 0; i < P.rows; i++) for (let j = 0; j < P.columns; j++) R.set(j, i, P.get(i, j));
  return R;`,
  },
  addColumnVector: {
    wish: "plusColumn",
    params: "P: any, v: any",
    body: `return new Matrix(P.to2DArray().map((row: number[], i: number) => row.map((x) => x + v.get(i, 0))));`,
  },
};

export const ownLoop: Rule = {
  kind: "own-loop",
  sites: (view) => {
    if (!/import \{[^}]*\bMatrix\b[^}]*\} from "ml-matrix"/u.test(view.text)) return [];
    const last = view.source.statements.findLast(ts.isImportDeclaration)?.getEnd() ?? 0;
    return calls(view).flatMap(({ call, object, method, args }) => {
      const own = Object.hasOwn(OWN, method) ? OWN[method] : undefined;
      if (own === undefined || args.length !== own.params.split(",").length - 1) return [];
      return [
        () => {
          const name = view.freshName(own.wish);
          const given = [object, ...args].map((arg) => arg.getText()).join(", ");
          const definition = `\nfunction ${name}(${own.params}): any {\n  ${own.body}\n}\n`;
          return [replace(call, `${name}(${given})`), { start: last, end: last, text: definition }];
        },
      ];
    });
  },
};

/** A draw that nothing uses. */
export const unusedDraw: Rule = {
  kind: "unused-draw",
  sites: (view) =>
    view.nodes.flatMap((node) => {
      if (!ts.isFunctionDeclaration(node) || node.body === undefined) return [];
      const [statement] = node.body.statements;
      const rng = node.parameters.find((parameter) => parameter.name.getText() === "rng");
      if (statement === undefined || rng?.initializer === undefined) return [];
      return [() => [insertBefore(statement, "rng();\n  ")]];
    }),
};
