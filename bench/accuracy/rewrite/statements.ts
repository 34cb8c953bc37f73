/** Statements split, merged, moved, and others put between them. */

import ts from "typescript";
import { pick } from "../random.ts";
import type { Rule } from "./rule.ts";
import {
  isAssignment,
  namesIn,
  neighbours,
  simpleDeclaration,
  statementLists,
  inside,
} from "./syntax.ts";
import { insertBefore, replace } from "./view.ts";

export const splitDeclarations: Rule = {
  kind: "split-declarations",
  sites: (view) =>
    view.nodes.filter(ts.isVariableStatement).flatMap((node) => {
      const { declarations } = node.declarationList;
      if (declarations.length < 2 || node.modifiers !== undefined) return [];
      const keyword = node.declarationList.getFirstToken()?.getText() ?? "let";
      const text = declarations.map((one) => `${keyword} ${one.getText()};`).join("\n  ");
      return [() => [replace(node, text)]];
    }),
};

export const mergeDeclarations: Rule = {
  kind: "merge-declarations",
  sites: (view) =>
    statementLists(view)
      .flatMap(neighbours)
      .flatMap(([first, second]) => {
        if (!ts.isVariableStatement(first) || !ts.isVariableStatement(second)) return [];
        const [a, b] = [first.declarationList, second.declarationList];
        if ((a.flags & ts.NodeFlags.BlockScoped) !== (b.flags & ts.NodeFlags.BlockScoped))
          return [];
        const [last, next] = [a.declarations.at(-1), b.declarations[0]];
        if (last === undefined || next === undefined) return [];
        return [() => [{ start: last.getEnd(), end: next.getStart(), text: ",\n    " }]];
      }),
};

export const constToLet: Rule = {
  kind: "const-to-let",
  sites: (view) =>
    view.nodes.filter(ts.isVariableDeclarationList).flatMap((node) => {
      const keyword = node.getFirstToken();
      if (keyword?.kind !== ts.SyntaxKind.ConstKeyword) return [];
      return [() => [replace(keyword, "let")]];
    }),
};

/** Declared first, given a value in a statement of its own. */
export const declareFirst: Rule = {
  kind: "declare-first",
  sites: (view) =>
    view.nodes.flatMap((node) => {
      const simple = simpleDeclaration(node);
      if (simple === undefined || !ts.isBlock(node.parent) || ts.isFunctionLike(simple.initializer))
        return [];
      const name = simple.name.text;
      return [
        () => [replace(node, `let ${name}: any;\n  ${name} = ${simple.initializer.getText()};`)],
      ];
    }),
};

/** Two neighbours that have no name in common but those that both only read. */
export const reorder: Rule = {
  kind: "reorder",
  sites: (view) =>
    statementLists(view)
      .flatMap(neighbours)
      .flatMap(([first, second]) => {
        const [a, b] = [simpleDeclaration(first), simpleDeclaration(second)];
        if (a === undefined || b === undefined) return [];
        const isFree =
          !namesIn(b.initializer).has(a.name.text) && !namesIn(a.initializer).has(b.name.text);
        if (!isFree || [a, b].some(({ initializer }) => changes(initializer))) return [];
        return [() => [replace(first, ended(second)), replace(second, ended(first))]];
      }),
};

/** With its semicolon, which a line's end may have stood for. */
function ended(statement: ts.Statement): string {
  const text = statement.getText();
  return text.endsWith(";") ? text : `${text};`;
}

/** Assigns, steps, or calls a method that may work in place on a name's own matrix. */
const changes = (node: ts.Node): boolean =>
  inside(node).some(
    (part) =>
      isAssignment(part) ||
      ts.isPostfixUnaryExpression(part) ||
      (ts.isCallExpression(part) &&
        ts.isPropertyAccessExpression(part.expression) &&
        ts.isIdentifier(part.expression.expression) &&
        /^(mul|div|add|sub|apply|set|push|next|fill|splice|sort|reverse|shift|pop)$/u.test(
          part.expression.name.text,
        ) &&
        part.expression.expression.text !== "Matrix"),
  );

/** The draw of a mask moved up, before what it does not need: all masks first, then the layers. */
export const moveUp: Rule = {
  kind: "move-up",
  sites: (view) =>
    statementLists(view).flatMap((statements) =>
      statements.flatMap((statement, k) => {
        const simple = simpleDeclaration(statement);
        if (simple === undefined || k < 2 || changes(simple.initializer)) return [];
        const needed = namesIn(simple.initializer);
        const earlier = statements.slice(0, k);
        const barrier = earlier.findLastIndex(
          (other) =>
            !ts.isVariableStatement(other) || declares(other).some((name) => needed.has(name)),
        );
        const target = statements[barrier + 1];
        if (target === undefined || barrier + 1 >= k) return [];
        return [() => [insertBefore(target, `${ended(statement)}\n  `), replace(statement, "")]];
      }),
    ),
};

const declares = (statement: ts.VariableStatement): string[] =>
  statement.declarationList.declarations.flatMap(({ name }) => [...namesIn(name)]);

const DEAD = [
  (name: string) => `const ${name} = 0; void ${name};`,
  (name: string) => `if (false) { throw new Error("${name}"); }`,
  (name: string) => `let ${name} = [1, 2, 3].map((n) => n * 2).length; ${name} += 1;`,
  () => `console.log("here", 1 + 1);`,
  () => "// why does this work?",
  () => "/* TODO: clean up */",
  (name: string) => `function ${name}(a: number) { return a / 2; }`,
];

export const deadCode: Rule = {
  kind: "dead-code",
  sites: (view) =>
    statementLists(view)
      .flat()
      .map((statement) => (random) => {
        const dead = pick(random, DEAD)?.(view.freshName("unused_thing")) ?? "";
        return [insertBefore(statement, `${dead}\n  `)];
      }),
};
