/** Rewritings of a whole program: its files, its print. */

import { transformSync } from "esbuild";
import ts from "typescript";
import { pick, type Random } from "../random.ts";
import { ENTRY, type Program } from "../program.ts";
import { insertBefore, viewOf, applyEdits } from "./view.ts";
import { namesIn } from "./syntax.ts";

export interface WholeRule {
  kind: string;
  apply(files: Program["files"], random: Random): ReadonlyMap<string, string> | undefined;
}

/** Functions that nothing but imports and each other are needed for, in a file of their own. */
export const splitFile: WholeRule = {
  kind: "split-file",
  apply(files, random) {
    const text = files.get(ENTRY);
    const name = pick(random, ["parts", "lib/ops", "math_stuff", "zz_helpers"]) ?? "parts";
    const file = `src/${name}.ts`;
    if (text === undefined || files.has(file)) return undefined;
    const moved = movable(text);
    if (moved.length === 0) return undefined;
    const view = viewOf(text);
    const imports = view.source.statements.filter(ts.isImportDeclaration).map(view.textOf);
    const up = name.includes("/") ? "../" : "./";
    const own = [
      ...imports.map((line) => line.replace(/(["'])\.\//u, `$1${up}`)),
      ...moved.map((statement) => `export ${statement.getText()}`),
    ];
    const ending = pick(random, [".ts", ".js", ""]) ?? "";
    const names = moved.map(({ name: id }) => id?.text).join(", ");
    const [first] = view.source.statements;
    if (first === undefined) return undefined;
    const rest = applyEdits(text, [
      insertBefore(first, `import { ${names} } from "./${name}${ending}";\n`),
      ...moved.map((statement) => ({
        start: statement.getStart(),
        end: statement.getEnd(),
        text: "",
      })),
    ]);
    return new Map([...files, [ENTRY, rest], [file, own.join("\n\n")]]);
  },
};

function movable(text: string): ts.FunctionDeclaration[] {
  const { source } = viewOf(text);
  const all = source.statements.filter(ts.isFunctionDeclaration);
  let moved = all.filter(
    (node) =>
      node.modifiers === undefined &&
      node.body &&
      all.filter((one) => one.name?.text === node.name?.text).length === 1,
  );
  const imported = source.statements
    .filter(ts.isImportDeclaration)
    .flatMap((node) => [...namesOf(node)]);
  const others = source.statements.flatMap((node) =>
    ts.isImportDeclaration(node) ? [] : declaredBy(node),
  );
  for (;;) {
    const known = new Set([...imported, ...moved.map(({ name }) => name?.text ?? "")]);
    const next = moved.filter((node) =>
      [...namesIn(node)].every((name) => known.has(name) || !others.includes(name)),
    );
    if (next.length === moved.length) return next;
    moved = next;
  }
}

const namesOf = (node: ts.ImportDeclaration): string[] =>
  (node.importClause?.getText() ?? "")
    .split(/\W+/u)
    .filter((name) => name !== "" && name !== "type");

function declaredBy(node: ts.Statement): string[] {
  if (ts.isVariableStatement(node))
    return node.declarationList.declarations.flatMap(({ name }) => [...namesIn(name)]);
  const name = "name" in node ? node.name : undefined;
  // Only the names of functions, classes, enums and namespaces are left.
  return name === undefined ? [] : [(name as ts.Identifier).text];
}

const each = (files: Program["files"], change: (text: string) => string) =>
  new Map([...files].map(([name, text]) => [name, change(text)] as const));

/** Types gone, and printed by a compiler: other spaces, brackets and quotes. */
export const reprint: WholeRule = {
  kind: "reprint",
  apply: (files) =>
    each(files, (text) => {
      const source = ts.createSourceFile("a.ts", text, ts.ScriptTarget.ES2023, true);
      return ts.createPrinter({ removeComments: true }).printFile(source);
    }),
};

/** What a bundler's minifier makes of it. */
export const minify: WholeRule = {
  kind: "minify",
  apply: (files, random) => {
    const minifyIdentifiers = random() < 0.5;
    return each(
      files,
      (text) =>
        transformSync(text, {
          loader: "ts",
          target: "es2022",
          minifySyntax: true,
          minifyIdentifiers,
          minifyWhitespace: random() < 0.5,
          tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: false } },
        }).code,
    );
  },
};

/** Compiled for an older language. */
export const compileDown: WholeRule = {
  kind: "compile-down",
  apply: (files, random) => {
    const target = pick(random, ["es2015", "es2017", "es2020"] as const) ?? "es2017";
    return each(files, (text) => transformSync(text, { loader: "ts", target }).code);
  },
};

/** The same text, with other ends of lines, tabs or an empty line at each end of a statement. */
export const respace: WholeRule = {
  kind: "respace",
  apply: (files, random) => {
    const way = random();
    return each(files, (text) => {
      if (/`/u.test(text)) return text;
      if (way < 0.3) return text.replaceAll(/\r?\n/gu, "\r\n");
      return way < 0.6
        ? text.replaceAll(/^ +/gmu, (spaces) => "\t".repeat(spaces.length / 2))
        : `\n\n// homework\n${text.replaceAll(";\n", ";\n\n")}`;
    });
  },
};
