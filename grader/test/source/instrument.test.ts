import { expect, test } from "vitest";
import type { SiteInfo } from "../../src/model/compiled.ts";
import { compile } from "../../src/source/compile.ts";
import { instrument } from "../../src/source/instrument.ts";
import { runProgram } from "./run-program.ts";
import type { Run } from "./run-program.ts";
import { oneFile, submissionOf } from "./submissions.ts";

/** What a program prints about itself: the value of its export `result`, and the numbers it drew. */
function observe(run: Run): { result: unknown; draws: number[] } {
  const { result } = run.exports;
  return {
    result: typeof result === "function" ? (result as () => unknown)() : result,
    draws: run.draws,
  };
}

// Each ends in `export const result` or `export function result`, and each line has a way to go wrong.
const PROGRAMS: Record<string, string> = {
  "matrix calls in a chain": `import { Matrix } from "ml-matrix";
const A = new Matrix([[1, -2], [3, 4]]);
const D = Matrix.rand(2, 2, { random: Math.random });
export const result = Matrix.mul(A, D.apply(function (this: Matrix, i, j) { this.set(i, j, this.get(i, j) < 0.8 ? 1 : 0); })).div(0.8).to2DArray();`,
  "order of evaluation": `const log: string[] = [];
const say = (word: string, value: any) => { log.push(word); return value; };
const a: any = [[1, 2], [3, 4]];
say("object", a)[say("row", 0)][say("column", 1)] = say("left", 6) * say("right", 7);
say("object", a)[say("row", 1)][0] /= say("divisor", 2);
a[0][0] **= 2; a[0][0] ??= say("never", 1); a[1][1] &&= say("and", 5);
export const result = [log, a];`,
  "this, super and private names": `class Base { constructor(protected keep: number) {} scaled(x: number) { return x / this.keep; } }
class Net extends Base {
  #mask: number[] = [1, 0].map((x) => x * 2);
  static made = 0;
  readonly at = Math.random();
  constructor(keep: number, public extra = keep * 2) { super(keep * 1); Net.made += 1; }
  scaled(x: number) { return super.scaled(x) * this.#mask[0]!; }
  get first() { return this.#mask[0]! > 1; }
  has(other: object) { return #mask in other; }
}
const net = new Net(0.5);
const { scaled } = net;
let lost = "kept";
try { scaled(1); } catch { lost = "lost"; }
export const result = [net.scaled(3), net["scaled"](4), (net.scaled)(5), net.extra, Net.made, net.first, net.has({}), lost, net.at];`,
  "optional chains": `const none: any = undefined;
const some: any = { f() { return this.g; }, g: (x: number) => ({ y: x * 2 }) };
const after = none?.f(Math.random()).g.h[Math.random()];
export const result = [after, some?.f()?.(3).y, some.f?.()(4)!.y, none?.[Math.random()]?.z, (some?.g(2))!.y, delete some?.g, typeof none?.f()];`,
  "names of functions and classes": `const f = () => 1; let g; g = function () {}; const C = class {}; const o = { h: () => 2, m() {}, k: (() => 3) };
class F { field = () => 1; static s = function () {}; }
let later: any; later ??= () => 4;
export const result = [f.name, (g as any).name, C.name, o.h.name, o.m.name, o.k.name, new F().field.name, F.s.name, later.name];`,
  "generators and async": `function* coins(n: number): Generator<number, string, number> { for (let i = 0; i < n; i++) { const sent = yield Math.random() * 2; if (sent > 1) return "stopped" + sent; } return "end"; }
const run = coins(3); run.next(0);
async function wait(x: number) { const y = await Promise.resolve(x * 2); return y > 3; }
const shown = wait(2) instanceof Promise;
export const result = [run.next(0).done, run.next(2), [...coins(2)].length, shown];`,
  "destructuring and spread": `let a = 1, b = 2;
[a, b] = [b, a * 3];
({ a, b = 4 } = { a: b / 2 } as any);
const { x: { y = a * 10 } = {} as any, ...rest } = { z: a < b, w: [...[a * 2]] } as any;
const f = (p: number, { q = p * 2, r = [q] }: any = {}, ...s: number[]) => [p, q, r, s];
for (const [k, v = 2] of Object.entries({ k: undefined })) a *= v as number;
export const result = [a, b, y, rest, f(1), f(...[1, { q: 5 }, 3] as [number, any, number])];`,
  "enum, namespace, hoisting and sequences": `enum Layer { First = 1 * 2, Second = First + 1 }
const enum Mode { Train = 1, Test = 2 }
namespace Net { export const keep = 0.5 * Mode.Test; export let count = 1; count *= 3; export function scale(x: number) { return x / keep; } }
export function result() { hoisted *= 2; return [Layer.Second, Layer[2], Net.scale(hoisted), Net.count, (1, hoisted * 2), ((a, b) => (a, b * 2))(1, 2)]; }
var hoisted = 4;`,
  "no semicolons": `let x = 1
let y = 2
x *= y
const z = x
y /= z
;[x, y] = [y, x]
const half = () => x / 2
export const result = [x, y, z, half()]`,
  "no blanks": `const f=(x:any)=>{if(x>1)return{y:x*2};else return[x/2]},g=function*():any{yield{z:1*2};yield[3*3]};let k=0;for(const v of[2,3])k+=v*2;
export const result=[f(2),f(1),[...g()],k,typeof[1]in{object:1},void(2*3)];`,
  "loops, labels and switches": `let sum = 0;
outer: for (let i = 0, n = 3 * 2; i < n; i++) { for (let j = n; j > 0; j -= 2) { if (i * j > 8) continue outer; sum += i * j; } }
do { sum /= 2; } while (sum > 10);
while (sum < 4) sum *= 3;
switch (sum * 1) { case 6 / 2: sum = -1; break; default: sum = sum > 2 ? sum * 2 : 0; }
export const result = sum;`,
  "types everywhere": `interface P { readonly w: number } type Two<T = number> = [T, T];
declare const nowhere: unique symbol;
abstract class Shape<T> { abstract area(): T; declare hidden: number; as(this: Shape<T>) { return this.area()!; } }
class Box extends Shape<number> { override area(): number { return (<number>(this.side as unknown)) * this.side!; } private side = 3 satisfies number; }
function over(x: number): number; function over(x: string): string; function over(x: any) { return x as any * 2; }
const id = <T,>(x: T) => x; const typed = id<number>;
export const result = [new Box().as(), over(2), id<Two>([1, 2]), typed(2 * 3), ({ w: 1 } as const satisfies P).w];`,
  "tagged templates, text and shorthand": `const tag = (parts: TemplateStringsArray, ...values: number[]) => parts.raw.join("|") + values.join();
const two = 2; const __proto__ = { from: 1 };
const made = { two, __proto__, [\`k\${two * 2}\`]: two > 1, get g() { return two * 5; } };
export const result = [tag\`a\${two * 2}b\`, \`\${two / 2}\`, Object.keys(made), /x*/.test("x"), made.g, typeof (two * 2), void (two * 2), -two * 2, new (class { v = two })().v, new Date(two * 3).getTime()];`,
};

test.each(Object.entries(PROGRAMS))("records without changing anything: %s", (_name, text) => {
  const submission = oneFile(text);
  const compiled = compile(submission);
  const plain = observe(runProgram(compiled.files, compiled.imports));
  const copy = instrument(submission);
  const run = runProgram(copy.files, compiled.imports);
  expect(observe(run)).toEqual(plain);
  expect(run.records.length).toBeGreaterThan(0);
});

test("records across files, with one numbering", () => {
  const submission = submissionOf({
    "src/dropout.ts": `import { half, type Unit } from "./half.js";\nexport const result = half(3 * 2) as Unit;`,
    "src/half.ts": `export type Unit = number;\nexport const half = (x: number) => x / 2;`,
  });
  const compiled = compile(submission);
  const copy = instrument(submission);
  const run = runProgram(copy.files, compiled.imports);
  expect(observe(run)).toEqual({ result: 3, draws: [] });
  const files = new Set(run.records.map(({ site }) => copy.sites[site]?.location.file));
  expect(files).toEqual(new Set(["src/dropout.ts", "src/half.ts"]));
});

/** What stands at a site in the text. */
function textAt(text: string, { location }: SiteInfo): string {
  const lines = text.split("\n").slice(location.line - 1, location.endLine);
  const last = lines.length - 1;
  return lines
    .map((line, index) =>
      line.slice(
        index === 0 ? location.column - 1 : 0,
        index === last ? location.endColumn - 1 : undefined,
      ),
    )
    .join("\n");
}

test("names and places each value", () => {
  const text = `export function f(A: any, u: number, keep_prob: number) {
  const D1 = u < keep_prob;
  A.x *= D1 ? 1 : 0;
  this_is.kept[0] = A.x / keep_prob;
  const cache = { A1: A.mul(u), D1 };
  return cache;
}
const this_is: any = { kept: [] };
`;
  const { sites } = instrument(oneFile(text));
  const seen = sites.map((site) =>
    [site.role, site.name ?? "", site.operator ?? "", textAt(text, site)].join(" · "),
  );
  expect(seen).toEqual([
    "value · D1 · < · u < keep_prob",
    "operand ·  · < · u",
    "operand ·  · < · keep_prob",
    "value · A.x · *= · A.x *= D1 ? 1 : 0",
    "operand ·  · *= · D1 ? 1 : 0",
    "value · this_is.kept[0] · / · A.x / keep_prob",
    "operand ·  · / · A.x",
    "operand ·  · / · keep_prob",
    "value · cache ·  · { A1: A.mul(u), D1 }",
    "value · A1 · mul · A.mul(u)",
    "argument ·  · mul · u",
    "value · D1 ·  · D1",
    "return ·  ·  · cache",
    "value · this_is ·  · { kept: [] }",
    "value · kept ·  · []",
  ]);
});

test("a record holds the value at its site", () => {
  const text = `let a = 3;\na *= 2;\nexport const result = a / 4 > 1;`;
  const copy = instrument(oneFile(text));
  const { records } = runProgram(copy.files, {});
  const shown = records.map(({ site, value }) => {
    const info = copy.sites[site];
    return info === undefined ? "" : `${textAt(text, info)} = ${String(value)}`;
  });
  expect(shown).toEqual([
    "3 = 3",
    "2 = 2",
    "a *= 2 = 6",
    "a = 6",
    "4 = 4",
    "a / 4 = 1.5",
    "a / 4 = 1.5",
    "1 = 1",
    "a / 4 > 1 = true",
  ]);
});

test("of the counter of a loop only where it begins, and whether it goes on", () => {
  const { sites } = instrument(
    oneFile(`for (let i = 0; i < 3; i++) { while (i * 2 < 1) {} }\nexport {};`),
  );
  const head = { file: "src/dropout.ts", line: 1, column: 1, endLine: 1, endColumn: 28 };
  expect(sites).toEqual([
    expect.objectContaining({ role: "loop", name: "start", location: head }),
    expect.objectContaining({ role: "loop", name: "next", location: head }),
  ]);
});

test("says what a function is given, which variable is handed on, and which one changes", () => {
  const { sites } = instrument(
    oneFile(
      "export const f = (a: number[]) => { for (let i = 0; i < 2; i++) a[i] = g(a[i]); return a; };",
    ),
  );
  const given = sites.find(({ role }) => role === "given");
  const made = sites.find(({ operator, role }) => operator === "g" && role === "value");
  const returned = sites.find(({ role }) => role === "return");
  expect(given).toMatchObject({ operator: "g", reads: "a" });
  expect(made).toMatchObject({ changes: "a", loop: { line: 1, column: 37 } });
  expect(returned).toMatchObject({ reads: "a", scope: given?.scope });
});

test("chooses a name for the recorder that the program does not use", () => {
  const { files } = instrument(oneFile(`const $v = 2;\nexport const result = $v * 3;`));
  expect(files[0]?.code).toContain("v as $v1_");
  expect(runProgram(files, {}).exports["result"]).toBe(6);
});
