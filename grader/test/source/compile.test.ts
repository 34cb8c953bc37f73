import { decode } from "@jridgewell/sourcemap-codec";
import { expect, test } from "vitest";
import type { CompiledFile } from "../../src/model/compiled.ts";
import type { SourceProblem } from "../../src/model/program.ts";
import { compile } from "../../src/source/compile.ts";
import { runProgram } from "./run-program.ts";
import { oneFile, submissionOf, withBodies } from "./submissions.ts";

const RIGHT = withBodies({});

/** `id fn line:column suggestion` */
function shown({ id, fn, location, suggestion }: SourceProblem): string {
  const place = location === undefined ? "" : `${location.line}:${location.column}`;
  return [id, fn, place, suggestion].filter(Boolean).join(" ");
}

test.each<[string, string, string[]]>([
  ["a missing bracket", "const a = (1;\n", ["syntax-error 1:13"]],
  [
    "a merge conflict",
    "<<<<<<< HEAD\nconst a = 1;\n=======\nconst a = 2;\n>>>>>>> theirs\n",
    ["syntax-error 1:1", "syntax-error 3:1", "syntax-error 5:1"],
  ],
  [
    "another package",
    `import "./none";\nimport fs from "node:fs";\nfs.x;\n${RIGHT}`,
    ["import-not-found 1:8", "forbidden-import 2:16"],
  ],
  [
    "an import that is only a type",
    `import type { F } from "node:fs";\nimport { G } from "other";\nlet g: G;\n${RIGHT}`,
    [],
  ],
  ["an import that is never used", `import assert from "node:assert";\n${RIGHT}`, []],
  [
    "a misspelt library",
    `import { Matrix } from "ml_matrix";\nnew Matrix(1, 1);\n${RIGHT}`,
    ["forbidden-import 1:24 ml-matrix"],
  ],
  [
    "a part of the library",
    `import m from "ml-matrix/src/matrix.js";\nm;\n${RIGHT}`,
    ["forbidden-import 1:15 ml-matrix"],
  ],
  ["a re-export of a package", `export { x } from "lodash";\n${RIGHT}`, ["forbidden-import 1:19"]],
  [
    "an import while it runs",
    `await import("node:fs");\nconst n = "x"; import(n);\n${RIGHT}`,
    ["forbidden-import 1:7", "forbidden-import 2:16"],
  ],
  [
    "require",
    `const m = require("ml-matrix");\nimport x = require("ml-matrix");\n${RIGHT}`,
    ["forbidden-import 2:1", "forbidden-import 1:11"],
  ],
  ["a require of its own", `const require = (x: string) => x;\nrequire("x");\n${RIGHT}`, []],
  [
    "a file that is no program",
    `import data from "./data.json";\n${RIGHT}\nconsole.log(data);`,
    ["forbidden-import 1:18"],
  ],
  ["a way out", `import "../solution";\n${RIGHT}`, ["forbidden-import 1:8"]],
])("imports: %s", (_name, text, expected) => {
  const found = compile(oneFile(text)).problems.map(shown);
  expect(found.toSorted()).toEqual(expected.toSorted());
});

const rest = RIGHT.replace(/export function predict[^}]*}/, "");

test.each<[string, string, string]>([
  ["nowhere", "", "export-missing predict 1:1"],
  ["not exported", "function predict() {}", "export-missing predict 1:10"],
  ["a variable that is not exported", "const predict = () => 1;", "export-missing predict 1:7"],
  ["another case", "export const Predict = () => 1;", "export-missing predict 1:14 Predict"],
  ["a letter too much", "export function predicts() {}", "export-missing predict 1:17 predicts"],
  [
    "a longer name",
    "export function predict_labels() {}",
    "export-missing predict 1:17 predict_labels",
  ],
  [
    "a misspelt rename",
    "const p = () => 1; export { p as pedict };",
    "export-missing predict 1:29 pedict",
  ],
  ["similar and not exported", "function Predict() {}", "export-missing predict 1:10 Predict"],
  ["only the default", "export default function () {}", "export-missing predict 1:1"],
  ["a method", "export class Net { predict() {} }", "export-missing predict 1:20"],
  [
    "CommonJS",
    "declare const module: any; module.exports.predict = () => 1;",
    "export-missing predict 1:28",
  ],
  ["only a type", "export interface predict {}", "export-missing predict 1:1"],
  ["a lookalike", "export const рredict = () => 1;", "export-missing predict 1:14 рredict"],
  ["a number", "export const predict = 3;", "export-not-a-function predict 1:14"],
  ["a class", "export class predict {}", "export-not-a-function predict 1:14"],
  ["an enum", "export enum predict { A }", "export-not-a-function predict 1:13"],
  ["no body", "export declare function predict(): void;", "export-not-a-function predict 1:25"],
])("predict is %s", (_name, text, expected) => {
  expect(compile(oneFile(`${text}\n${rest}`)).problems.map(shown)).toEqual([expected]);
});

test("says which letter only looks right", () => {
  const [problem] = compile(oneFile(`export const рredict = () => 1;\n${rest}`)).problems;
  expect(problem?.detail).toContain("U+0440");
});

test("snake case and camel case, and never one function for another", () => {
  const camel = `export const forwardPropagationWithDropout = () => 1;
export const backwardPropagationWithDropout = () => 1;
export const backward = () => 1;
export const predict = () => 1;`;
  expect(compile(oneFile(camel)).problems.map(shown)).toEqual([
    "export-missing forward_propagation_with_dropout 1:14 forwardPropagationWithDropout",
    "export-missing backward_propagation_with_dropout 2:14 backwardPropagationWithDropout",
  ]);
});

test.each<[string, Record<string, string>]>([
  [
    "a list with renaming",
    { "src/dropout.ts": `${rest}\nconst g = () => 1;\nexport { g as predict };` },
  ],
  [
    "a variable",
    { "src/dropout.ts": `${rest}\nexport const predict = (() => 1) as () => number;` },
  ],
  [
    "a method of an object",
    { "src/dropout.ts": `${rest}\nconst net = { run() {} };\nexport const predict = net.run;` },
  ],
  [
    "a destructured result",
    {
      "src/dropout.ts": `${rest}\nconst make = () => ({ predict: () => 1 });\nexport const { predict } = make();`,
    },
  ],
  [
    "another file",
    {
      "src/dropout.ts": `${rest}\nexport { predict } from "./p.js";`,
      "src/p.ts": "export function predict() {}",
    },
  ],
  [
    "everything of another file",
    {
      "src/dropout.ts": `${rest}\nexport * from "./p";`,
      "src/p.ts": `export { g as predict } from "./g";`,
      "src/g.ts": "export const g = () => 1;",
    },
  ],
  [
    "an import that is exported",
    {
      "src/dropout.ts": `import { predict } from "./p";\n${rest}\nexport { predict };`,
      "src/p.ts": "export const predict = () => 1;",
    },
  ],
])("finds an export through %s", (_name, files) => {
  const { problems, facts } = compile(submissionOf(files));
  expect(problems).toEqual([]);
  expect(facts.functions.predict).toBeDefined();
});

test("names where a function is that the entry does not export", () => {
  const { problems } = compile(
    submissionOf({
      "src/dropout.ts": `import "./p";\n${rest}`,
      "src/p.ts": "\nexport function predict() {}",
    }),
  );
  expect(problems.map(shown)).toEqual(["export-missing predict 2:17"]);
  expect(problems[0]?.location?.file).toBe("src/p.ts");
});

test("suggests the file that was meant", () => {
  const files = {
    "src/dropout.ts": `import "./mask";\nimport "./masc";\n${RIGHT}`,
    "src/mask.ts": "",
  };
  expect(compile(submissionOf(files)).problems.map(shown)).toEqual(["import-not-found 2:8 ./mask"]);
});

test("imports of types vanish, with and without `type`, also on the way through files", () => {
  const { files, imports, problems } = compile(
    submissionOf({
      "src/dropout.ts": `import { Matrix, MatrixView } from "ml-matrix";\nimport { Parameters, Rng, one } from "./through.js";\nexport const made = (p: Parameters, r: Rng, v: MatrixView) => new Matrix(one, one);\n${RIGHT}`,
      "src/through.ts": `export { Parameters, one } from "./types.ts";\nimport { Rng } from "./types.ts";\nexport { Rng };`,
      "src/types.ts": `export interface Parameters { W1: number }\nexport type Rng = () => number;\nexport const one = 1;`,
    }),
  );
  expect(problems).toEqual([]);
  expect(files.map((file) => file.code).join("\n")).not.toMatch(/Parameters|Rng|MatrixView/);
  expect(imports).toEqual({
    "src/dropout.ts\n./through.js": "src/through.ts",
    "src/through.ts\n./types.ts": "src/types.ts",
  });
  const { made } = runProgram(files, imports).exports;
  expect((made as () => { rows: number })().rows).toBe(1);
});

test("x.ts and x.js may lie side by side, and a reference leads nowhere", () => {
  const { files, problems } = compile(
    submissionOf({
      "src/dropout.ts": `/// <reference path="../secret.ts" />\n/// <reference types="node" />\nimport { a } from "./x.ts";\na;\n${RIGHT}`,
      "src/x.ts": "export const a: number = 1;",
      "src/x.js": "export const a = 2;",
    }),
  );
  expect(problems).toEqual([]);
  expect(files.map((file) => file.path)).toEqual(["src/dropout.ts", "src/x.ts", "src/x.js"]);
  expect(files.map((file) => file.code.includes("= 2"))).toEqual([false, false, true]);
});

test("finds characters that turn the direction of writing", () => {
  const { facts } = compile(oneFile(`const a = "\u202E";\n${RIGHT}`));
  expect(facts.misleadingCharacters).toEqual([
    { file: "src/dropout.ts", line: 1, column: 12, endLine: 1, endColumn: 13 },
  ]);
});

test("says that a source is too deep, and does not break", () => {
  const { problems } = compile(oneFile(`const a = ${"(".repeat(30_000)}1${")".repeat(30_000)};`));
  expect(problems.map(shown)).toEqual(["source-too-complex"]);
});

/** Where `mark` of the JavaScript comes from, as `line:column` of the student's text. */
function origin({ code, map: json }: CompiledFile, mark: string): string {
  const before = code.split(mark)[0] ?? "";
  const line = before.split("\n").length - 1;
  const column = before.length - (before.lastIndexOf("\n") + 1);
  if (json === undefined) return `${line + 1}:${column + 1}`;
  const map = JSON.parse(json) as { mappings: string };
  const segment = decode(map.mappings)[line]?.findLast(([generated]) => generated <= column);
  if (segment === undefined || segment.length === 1) return "nowhere";
  return `${segment[2] + 1}:${segment[3] + 1}`;
}

test.each([
  ["by blanks", "let E;"],
  ["by the compiler", "enum E { A = 1 }"],
])("positions lead back to the student's text, %s", (_, first) => {
  const text = `interface P {\n  w: number;\n}\n${first}\r\nexport const f = (p: P, u: number) => u * 2 < p.w ? u / 3 : boom(u);\ndeclare function boom(u: number): number;\n`;
  const [file] = compile(oneFile(text + RIGHT)).files;
  expect(file?.code).not.toContain("interface");
  expect(file && origin(file, "boom")).toBe("5:61");
});
