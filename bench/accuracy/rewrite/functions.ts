/** Functions of another form. */

import ts from "typescript";
import type { Rule, Site } from "./rule.ts";
import { inside, isBoundToFunction } from "./syntax.ts";
import { insertBefore, replace, type Edit } from "./view.ts";

export const arrowToBlock: Rule = {
  kind: "arrow-to-block",
  sites: (view) =>
    view.nodes.filter(ts.isArrowFunction).flatMap((node) => {
      if (ts.isBlock(node.body)) return [];
      return [() => [replace(node.body, `{ return ${node.body.getText()}; }`)]];
    }),
};

/** Overloads and generators keep their form. */
function plainFunctions(nodes: readonly ts.Node[]): ts.FunctionDeclaration[] {
  const all = nodes.filter(ts.isFunctionDeclaration);
  return all.filter(
    (node) =>
      node.body !== undefined &&
      node.asteriskToken === undefined &&
      node.name !== undefined &&
      all.filter(({ name }) => name?.text === node.name?.text).length === 1 &&
      !isBoundToFunction(node.body) &&
      !node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword),
  );
}

const isExported = (node: ts.FunctionDeclaration): boolean => (node.modifiers?.length ?? 0) > 0;

const typeParameters = (node: ts.FunctionDeclaration): string =>
  node.typeParameters ? `<${node.typeParameters.map((one) => one.getText()).join(", ")}>` : "";

const signature = (node: ts.FunctionDeclaration): string =>
  `${typeParameters(node)}(${node.parameters.map((one) => one.getText()).join(", ")})`;

export const declarationToConst: Rule = {
  kind: "declaration-to-const",
  sites: (view) =>
    plainFunctions(view.nodes)
      .filter((node) => ts.isSourceFile(node.parent))
      .map((node): Site => (random) => {
        const start = `${isExported(node) ? "export " : ""}const ${node.name?.text} =`;
        const arrow = `${start} ${signature(node)} => ${node.body?.getText()};`;
        const expression = `${start} function ${signature(node)} ${node.body?.getText()};`;
        return [replace(node, random() < 0.5 ? arrow : expression)];
      }),
};

/** Whole body in a function that is called on the spot. */
export const wrapBody: Rule = {
  kind: "wrap-body",
  sites: (view) =>
    plainFunctions(view.nodes).flatMap(({ body }) => {
      if (body === undefined) return [];
      return [() => [replace(body, `{\n  return (() => ${body.getText()})();\n}`)]];
    }),
};

/** The exported function only hands on to one that does the work. */
export const delegate: Rule = {
  kind: "delegate",
  sites: (view) =>
    plainFunctions(view.nodes)
      .filter((node) => ts.isSourceFile(node.parent) && isExported(node))
      .map((node): Site => (random) => {
        const name = node.name?.text ?? "";
        const [inner, runner] = [view.freshName("doIt"), view.freshName("Runner")];
        const own = `function ${inner}${signature(node)} ${node.body?.getText()}\n`;
        const ways = [
          `export function ${name}(...all: any[]): any { return (${inner} as any)(...all); }`,
          `export const ${name} = ${inner};`,
          `export { ${inner} as ${name} };`,
          `class ${runner} { run = ${inner}; }\nexport const ${name} = new ${runner}().run;`,
        ];
        const isCalledHere = view.nodes.some(
          (part) => ts.isIdentifier(part) && part.text === name && part !== node.name,
        );
        const possible = isCalledHere ? ways.filter((way) => !way.startsWith("export {")) : ways;
        return [replace(node, own + (possible[Math.floor(random() * possible.length)] ?? ""))];
      }),
};

/** Helpers into a namespace or into static members of a class. */
export const namespaced: Rule = {
  kind: "namespace",
  sites: (view) =>
    plainFunctions(view.nodes)
      .filter((node) => ts.isSourceFile(node.parent) && !isExported(node))
      .flatMap((node): Site[] => {
        const name = node.name?.text ?? "";
        const uses = view.nodes.filter(
          (part) => ts.isIdentifier(part) && part.text === name && part !== node.name,
        );
        const isFree = uses.every(
          (part) =>
            ts.isCallExpression(part.parent) &&
            part.parent.expression === part &&
            !inside(node).includes(part),
        );
        if (!isFree || uses.length === 0) return [];
        return [
          (random) => {
            const home = view.freshName(random() < 0.5 ? "Helpers" : "Util");
            const held =
              random() < 0.5
                ? `namespace ${home} { export ${node.getText()} }`
                : `class ${home} { static ${name}${signature(node)} ${node.body?.getText()} }`;
            const edits: Edit[] = uses.map((part) => insertBefore(part, `${home}.`));
            return [replace(node, held), ...edits];
          },
        ];
      }),
};
