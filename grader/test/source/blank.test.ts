/** Blanks for types, held against what TypeScript's own emitter writes. */

import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { ts } from "ts-morph";
import { expect, test } from "vitest";
import type { Submission } from "../../src/model/submission.ts";
import { blank } from "../../src/source/blank.ts";
import { emit } from "../../src/source/emit.ts";
import { instrument } from "../../src/source/instrument.ts";
import { parse } from "../../src/source/parse.ts";
import { submissionOf } from "./submissions.ts";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

/** Every folder with a `src/` in it, below `solutions/` and the starter. */
function programs(): [string, Submission][] {
  const files = ["solutions", "starter"].flatMap((top) =>
    readdirSync(`${ROOT}${top}`, { recursive: true, encoding: "utf8" })
      .filter(
        (name) => /(^|\/)src\/[^/]+(\/[^/]+)*\.[tj]s$/.test(name) && !name.includes("node_modules"),
      )
      .map((name) => `${top}/${name}`),
  );
  const folders = new Map<string, Record<string, string>>();
  for (const file of files) {
    const [, folder = "", path = ""] = /^(.*?)\/(src\/.*)$/.exec(file) ?? [];
    folders.set(folder, { ...folders.get(folder), [path]: readFileSync(`${ROOT}${file}`, "utf8") });
  }
  return [...folders].map(([folder, texts]) => [
    folder,
    submissionOf({ "src/dropout.ts": texts["src/dropout.ts"] ?? "", ...texts }),
  ]);
}

/** A program's tree without what makes no difference: parentheses, and statements of nothing. */
function treeOf(code: string): string {
  const file = ts.createSourceFile("x.js", code, ts.ScriptTarget.ES2023, true);
  const shown = (node: ts.Node): string => {
    if (ts.isParenthesizedExpression(node)) return shown(node.expression);
    if (ts.isEmptyStatement(node) || isEmptyExport(node)) return "";
    const children: string[] = [];
    ts.forEachChild(node, (child) => void children.push(shown(child)));
    const own = children.length === 0 ? node.getText(file).replace(/[\s;]+/g, "") : "";
    return `${ts.SyntaxKind[node.kind]}(${own}${children.filter((c) => c !== "").join(" ")})`;
  };
  return shown(file);
}

/** `export {}`, which only says that a file is a module. */
function isEmptyExport(node: ts.Node): boolean {
  const clause = ts.isExportDeclaration(node) ? node.exportClause : undefined;
  return clause !== undefined && ts.isNamedExports(clause) && clause.elements.length === 0;
}

test("every program of the repository is the same either way, and nearly all do with blanks", () => {
  const all = programs();
  const compiled: string[] = [];
  for (const [name, submission] of all) {
    const parsed = parse(submission);
    const blanks = blank(parsed);
    if (blanks === undefined) compiled.push(name);
    const written = emit(parsed);
    for (const [k, file] of (blanks ?? []).entries()) {
      const other = written[k];
      expect(treeOf(file.code), `${name}: ${file.path}`).toBe(treeOf(other?.code ?? ""));
      expect(file.specifiers, `${name}: ${file.path}`).toEqual(other?.specifiers);
    }
  }
  expect(all.length).toBeGreaterThan(300);
  expect(compiled.length / all.length).toBeLessThan(0.05);
});

/** A library of types and values to import from. */
const PARTS =
  "export interface Shape { n: number }\nexport type Rng = () => number;\nexport class Net {}\nexport const one = 1;\nexport default one;\n";

const SAME: Record<string, string> = {
  "a type among values":
    'import { one, Shape } from "./parts";\nexport const f = (s: Shape) => one;',
  "a type at the end, with a comma":
    'import { one, Shape, } from "./parts";\nexport const f = (s: Shape) => one;',
  "types only": 'import { Shape, Rng } from "./parts";\nexport const f = (s: Shape, r: Rng) => s;',
  "types that say so":
    'import { type Shape, one } from "./parts";\nexport const f = (s: Shape) => one;',
  "a class that is only a type": 'import { Net } from "./parts";\nexport const f = (s: Net) => s;',
  "a class that is made": 'import { Net } from "./parts";\nexport const f = (s: Net) => new Net();',
  "a class that is extended": 'import { Net } from "./parts";\nexport class Deep extends Net {}',
  "an interface that is implemented":
    'import { Shape } from "./parts";\nexport class A implements Shape { n = 1 }',
  "the default beside types":
    'import value, { Shape } from "./parts";\nexport const f = (s: Shape) => value;',
  "types beside a default of no use":
    'import value, { one } from "./parts";\nexport const f = () => one;',
  "all of a file": 'import * as parts from "./parts";\nexport const f = () => parts.one;',
  "all of a file, for its types":
    'import * as parts from "./parts";\nexport const f = (s: parts.Shape) => s;',
  "for what it does": 'import "./parts";\nexport const f = 1;',
  "a name that something else has":
    'import { Shape } from "./parts";\nexport const f = (o: any) => { const Shape = 2; return o.Shape + Shape; };',
  "typeof in a type": 'import { one } from "./parts";\nexport const f = (s: typeof one) => s;',
  "a shorthand": 'import { one, Net } from "./parts";\nexport const f = (n: Net) => ({ one });',
  "exported again": 'import { one, Shape } from "./parts";\nexport { one, Shape };',
  "exported from elsewhere": 'export { one, Shape } from "./parts";\nexport const f = 1;',
  "types exported from elsewhere": 'export { Shape } from "./parts";\nexport const f = 1;',
  "everything exported": 'export * from "./parts";\nexport * as parts from "./parts";',
  "an import of nothing": 'import {} from "./parts";\nexport const f = 1;',
  "an import that ends a line without a semicolon":
    'const a = () => 1\nimport { Shape } from "./parts"\n(a)()\nexport const s = 1 as unknown as Shape',
  "as without a semicolon":
    "const a = [1] as number[]\n;[2].forEach(String)\nexport const b = a as unknown\n",
  "satisfies and !": "export const a = ({ n: 1 }) satisfies object;\nexport const b = a!.n! + 1;",
  "an arrow whose type is on lines of its own":
    "export const f = (a: number):\n  number =>\n  a * 2;",
  generics:
    "export function f<T extends object = {}>(this: void, x: T): x is T { return id<T>(x) !== null; }\nfunction id<T>(x: T): T { return x; }",
  "what is only declared":
    "declare const y: number;\ndeclare function g(): void;\nexport abstract class A { declare z: number; abstract h(): void; private w?: number = y; }\nexport function o(a: number): void;\nexport function o(a: unknown): void {}",
};

test.each(Object.entries(SAME))("%s", (_, text) => {
  const parsed = parse(submissionOf({ "src/dropout.ts": text, "src/parts.ts": PARTS }));
  const blanks = blank(parsed);
  const written = emit(parsed);
  expect(blanks).toBeDefined();
  expect(treeOf(blanks?.[0]?.code ?? "")).toBe(treeOf(written[0]?.code ?? ""));
  expect(blanks?.[0]?.specifiers).toEqual(written[0]?.specifiers);
  expect(blanks?.[0]?.code).toHaveLength(text.length);
});

test.each([
  ["enum", "export enum E { A }"],
  ["const enum", "const enum E { A }\nexport const a = E.A;"],
  ["namespace", "export namespace N { export const a = 1; }"],
  ["parameter property", "export class A { constructor(private a: number) {} }"],
  ["assertion in front", "export const a = <number>(1 as unknown);"],
  ["decorator", "const d = (...x: unknown[]): void => {};\n@d export class A {}"],
  ["using", "export function f() { using x = { [Symbol.dispose]() {} }; return x; }"],
  ["accessor", "export class A { accessor a = 1; }"],
  ["export of a type as the default", "interface I {}\nexport default I;"],
])("is left to the compiler: %s", (_, text) => {
  expect(blank(parse(submissionOf({ "src/dropout.ts": text })))).toBeUndefined();
});

test("JavaScript stays as it is, imports of no use among it", () => {
  const code =
    '/** @param {number} a */\nimport { one } from "./parts";\nexport const f = (a) => a;\n';
  const files = {
    "src/dropout.ts": 'export * from "./plain.js";',
    "src/plain.js": code,
    "src/parts.ts": PARTS,
  };
  expect(blank(parse(submissionOf(files)))?.[1]).toEqual({
    path: "src/plain.js",
    code,
    specifiers: new Set(["./parts"]),
  });
});

test("a copy that is instrumented is JavaScript, whatever ends in a type", () => {
  const text =
    "export function f(a: number[]) {\n  const b = a.map((x) => x * 2) as number[]\n  return b as unknown as number[]\n}\nexport const g = (c: object) => c!\n";
  const [file] = instrument(submissionOf({ "src/dropout.ts": text })).files;
  const { diagnostics } = ts.transpileModule(file?.code ?? "", { reportDiagnostics: true });
  expect(diagnostics).toEqual([]);
  expect(file?.code).toContain("return $v(");
  expect(file?.code.split("\n").length).toBeGreaterThanOrEqual(text.split("\n").length);
});
