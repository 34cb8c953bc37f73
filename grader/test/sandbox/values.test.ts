import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openSandbox } from "../../src/sandbox/open-sandbox.ts";
import type { Sandbox } from "../../src/model/session.ts";
import { plain, valueOf, workerUrl } from "./support.ts";

let sandbox: Sandbox;
beforeAll(() => {
  sandbox = openSandbox({ workerUrl });
});
afterAll(() => sandbox.close());

const number = (shape: string, ...data: number[]) => ({ shape, element: "number", data });
const boolean = (shape: string, ...data: number[]) => ({ shape, element: "boolean", data });

describe("what a program returns is read as it is held", () => {
  test.each([
    ["return new Matrix([[1, 2, 3], [4, 5, 6]])", number("Matrix 2x3", 1, 2, 3, 4, 5, 6)],
    [
      "return new Matrix([[1, 2, 3], [4, 5, 6]]).transpose()",
      number("Matrix 3x2", 1, 4, 2, 5, 3, 6),
    ],
    ["return new MatrixTransposeView(new Matrix([[1, 2]]))", number("Matrix 2x1", 1, 2)],
    ["return new WrapperMatrix2D([[1, 2], [3, 4]])", number("Matrix 2x2", 1, 2, 3, 4)],
    ["return new WrapperMatrix1D([1, 2, 3, 4], { rows: 2 })", number("Matrix 2x2", 1, 2, 3, 4)],
    ["return [[1, 2], [3, 4]]", number("rows 2x2", 1, 2, 3, 4)],
    ["return [[true, false]]", boolean("rows 1x2", 1, 0)],
    ["return [[1, false]]", number("rows 1x2", 1, 0)],
    [
      "return [Float32Array.of(1, 2), Float32Array.of(3, 4)]",
      number("typed-rows 2x2 Float32Array", 1, 2, 3, 4),
    ],
    ["return Uint8Array.of(1, 0)", number("typed-flat 1x2 Uint8Array", 1, 0)],
    ["return [1, 2, 3]", number("flat 1x3", 1, 2, 3)],
    ["return [true, true]", boolean("flat 1x2", 1, 1)],
    ["return 5", number("number 1x1", 5)],
    ["return true", boolean("number 1x1", 1)],
    ["class C { a = 1 } return new C()", { a: number("number 1x1", 1) }],
    ["return new Map([['a', [1]]])", { a: number("flat 1x1", 1) }],
    ["return { a: { b: { c: [1] } } }", { a: { b: { c: number("flat 1x1", 1) } } }],
  ])("%s", async (body, expected) => {
    const top =
      'import { MatrixTransposeView, WrapperMatrix1D, WrapperMatrix2D } from "ml-matrix";';
    expect(plain(await valueOf(sandbox, body, top))).toEqual(expected);
  });
});

describe("what is no rectangle of numbers is said in words", () => {
  test.each([
    ["", "undefined"],
    ["return null", "null"],
    ["return 'x'", "a string"],
    ["return 10n", "a BigInt"],
    ["return () => 1", "a function"],
    ["return Symbol()", "a symbol"],
    ["return Promise.resolve([[1]])", "a promise"],
    ["return (function* () {})()", "a generator"],
    ["return new Set([1])", "a Set"],
    ["return []", "an empty array"],
    ["return [[], []]", "an array of empty rows"],
    ["return new Matrix(0, 3)", "an empty Matrix (0 by 3)"],
    ["return [[1, 2, 3], [4, 5]]", "an array whose rows have different lengths (3 and 2)"],
    ["return [[1, 2, 'x']]", "an array with a string in row 1, column 3"],
    ["return [[1], [10n]]", "an array with a BigInt in row 2, column 1"],
    ["return [[1], 2]", "an array with a number as row 2"],
    ["return [1, , 3]", "an array with nothing as its entry 2"],
    ["return [[1, { valueOf() { return 2 } }]]", "an array with an object in row 1, column 2"],
    ["const a: any[] = []; a.length = 2 ** 32 - 1; return a", "an array of 4294967295 entries"],
    ["return new BigInt64Array(2)", "a BigInt64Array"],
    [
      "const m = new Matrix(1, 2); (m as any).data[0] = ['x', 1]; return m",
      "a Matrix with a string in row 1, column 1",
    ],
    [
      "const m = [[1]]; Object.defineProperty(m[0], '0', { get: () => 1 }); return m",
      "an array with a getter in row 1, column 1",
    ],
    ["return { get a() { throw 1 } }", { a: "a property whose getter throws" }],
    ["return { set a(x: number) {} }", { a: "undefined" }],
    [
      "return { a: { b: { c: { d: 1 } } } }",
      { a: { b: { c: "an object inside too many others" } } },
    ],
  ])("%s", async (body, expected) => {
    expect(plain(await valueOf(sandbox, body))).toEqual(expected);
  });
});

describe("a property that is computed", () => {
  const ONE_TWO = { a: number("flat 1x2", 1, 2), b: number("number 1x1", 3) };
  test.each([
    ["in the object", "return { get a() { return [1, 2] }, b: 3 }"],
    ["by its class", "class C { b = 3; get a() { return [1, 2] } } return new C()"],
    [
      "by a class above",
      "class C { b = 3; get a() { return [1, 2] } } class D extends C {} return new D()",
    ],
    [
      "out of something private",
      "class C { #a = [1, 2]; b = 3; get a() { return this.#a } } return new C()",
    ],
    [
      "unseen by a loop",
      "const o: any = { b: 3 }; Object.defineProperty(o, 'a', { get: () => [1, 2] }); return o",
    ],
    [
      "once, and not again",
      "let n = 0; return { get a() { n += 1; return n === 1 ? [1, 2] : [9, 9] }, b: 3 }",
    ],
  ])("%s", async (_, body) => {
    const value = await valueOf(sandbox, body);
    expect(plain(value)).toEqual(ONE_TWO);
  });
});

test("a cycle ends, and many keys are cut", async () => {
  expect(plain(await valueOf(sandbox, "const a: any = {}; a.a = a; return a"))).toEqual({
    a: { a: { a: "an object inside too many others" } },
  });
  const many = await valueOf(
    sandbox,
    "const a: any = {}; for (let i = 0; i < 99; i++) a['k' + i] = i; return a",
  );
  expect(many.kind === "record" && Object.keys(many.entries).length).toBe(64);
});

test("numbers arrive bit by bit, whatever the student's realm has become", async () => {
  const pollution = `
    JSON.stringify = () => "x"; (Array as any).isArray = () => false;
    (Array.prototype as any).map = null; (Array.prototype as any).toJSON = () => [9];
    (Number.prototype as any).toJSON = () => 9; (Object.prototype as any).passed = true;
    (Object.prototype as any).toJSON = () => ({ score: 100 });
    (globalThis as any).Float64Array = Array; (Object as any).is = () => true; Math.abs = () => 0;
    Object.getOwnPropertyDescriptor = () => ({ value: 9 }) as any; Object.keys = () => ["zz"];
    Reflect.apply = () => 9; Object.getPrototypeOf = () => null;`;
  const body = "return [-0, NaN, Infinity, 1e-320, 0.1 + 0.2, -Infinity]";
  const value = await valueOf(sandbox, body, pollution);
  expect(value.kind === "matrix" && [...value.block.data]).toEqual([
    -0,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    1e-320,
    0.1 + 0.2,
    Number.NEGATIVE_INFINITY,
  ]);
});

test("names such as __proto__ stay names", async () => {
  const value = await valueOf(sandbox, `return JSON.parse('{"__proto__": 5, "constructor": 6}')`);
  expect(value.kind === "record" && Object.keys(value.entries)).toEqual([
    "__proto__",
    "constructor",
  ]);
  expect(value.kind === "record" && Object.getPrototypeOf(value.entries)).toBe(null);
});
