import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openSandbox } from "../../src/sandbox/open-sandbox.ts";
import type { Sandbox } from "../../src/model/session.ts";
import { call, limits, plain, program, valueOf, withSession, workerUrl } from "./support.ts";

let sandbox: Sandbox;
beforeAll(() => {
  sandbox = openSandbox({ workerUrl });
});
afterAll(() => sandbox.close());

/** Walks every object that can be reached from `roots` and names the foreign ones. */
const SEARCH = `
  const own: any = globalThis;
  const makers: any = { Object, Function, Array, Error, Promise, Matrix };
  const foreign: string[] = [];
  const seen = new Set<any>();
  const nativeFunction = Function;
  function visit(value: any, path: string): void {
    if ((typeof value !== "object" && typeof value !== "function") || value === null) return;
    if (seen.has(value)) return;
    seen.add(value);
    if (typeof value === "function" && !(value instanceof nativeFunction) && value !== nativeFunction.prototype) foreign.push(path);
    if (typeof value === "object" && !(value instanceof Object) && Object.getPrototypeOf(value) !== null
      && value !== Object.prototype) foreign.push(path);
    for (const key of Reflect.ownKeys(value)) {
      const d: any = Object.getOwnPropertyDescriptor(value, key);
      for (const part of [d.value, d.get, d.set]) visit(part, path + "." + String(key));
    }
    visit(Object.getPrototypeOf(value), path + ".__proto__");
  }
`;

async function foreignOf(forward: string): Promise<unknown> {
  const submission = program({
    top: SEARCH,
    forward: `${forward}; if (foreign.length) throw new Error(foreign.join()); return seen.size`,
  });
  return withSession(sandbox, submission, async (session) => {
    const [outcome] = await session.run([call("forward", "f")]);
    return outcome?.kind === "returned" ? plain(outcome.value) : outcome;
  });
}

const some = { shape: "number 1x1", element: "number", data: [expect.any(Number)] };

describe("nothing of the reader's realm can be reached by a student", () => {
  test.each([
    ["the arguments", "visit([X, parameters, rng], 'args')"],
    ["the globals", "visit(own, 'globalThis')"],
    ["ml-matrix", "visit(Matrix, 'Matrix')"],
    [
      "what rng throws deep down",
      "let e: any; const dive = () => { try { dive() } catch { } try { rng() } catch (x) { e = x } }; dive(); visit(e, 'error')",
    ],
    [
      "what console throws deep down",
      "let e: any; const dive = () => { try { dive() } catch (x) { } try { console.log(X) } catch (x) { e = x } }; dive(); visit(e, 'error')",
    ],
    [
      "a stack overflow",
      "let e: any; const dive = (): any => dive() + 1; try { dive() } catch (x) { e = x } visit(e, 'error')",
    ],
    [
      "Math.random and structuredClone",
      "visit([Math.random, structuredClone, console.log.constructor], 'tools')",
    ],
    [
      "a failed import",
      "import('ml-matrix').then(() => 1, (e) => visit(e, 'error')); visit({}, 'x')",
    ],
  ])("%s", async (_, forward) => {
    expect(await foreignOf(forward)).toEqual(some);
  });

  test("the search would find one", async () => {
    const forward =
      "const f: any = () => 1; Object.setPrototypeOf(f, Object.create(null)); visit([f], 'planted')";
    expect(await foreignOf(forward)).toMatchObject({
      kind: "threw",
      message: expect.stringContaining("planted"),
    });
  });
});

test("a view's get sees the reader neither by its caller nor by its arguments", async () => {
  const predict = `
    const seen: any[] = [];
    const base: any = new Matrix([[1, 2]]).transpose ? new MatrixTransposeView(new Matrix([[1, 2]])) : 0;
    base.get = function (this: any, ...args: any[]) {
      let caller: any;
      try { caller = (base.get as any).caller } catch { caller = undefined }
      seen.push(caller, this === base, ...args);
      const odd = seen.some((s) => typeof s !== "number" && typeof s !== "boolean" && s !== undefined);
      return odd ? NaN : 7;
    };
    return base;`;
  const value = await valueOf(sandbox, predict, 'import { MatrixTransposeView } from "ml-matrix";');
  expect(plain(value)).toEqual({ shape: "Matrix 2x1", element: "number", data: [7, 7] });
});

test("a promise is recognised without asking its constructor", async () => {
  const top = `let asked = 0; class P extends Promise<any> { static get [Symbol.species]() { asked++; return Promise } }`;
  const submission = program({
    top,
    forward: "return P.resolve(1) as any",
    predict: "return asked",
  });
  const outcomes = await withSession(sandbox, submission, (session) =>
    session.run([call("forward", "f"), call("predict", "p")]),
  );
  expect(outcomes.map((o) => o.kind === "returned" && plain(o.value))).toEqual([
    "a promise",
    { shape: "number 1x1", element: "number", data: [0] },
  ]);
});

test("there is no host, clock, network or timer", async () => {
  const names = [
    "process",
    "require",
    "fetch",
    "setTimeout",
    "performance",
    "Date",
    "Proxy",
    "WebAssembly",
    "Worker",
    "postMessage",
    "Intl",
    "Buffer",
    "std",
    "os",
    "scriptArgs",
    "module",
    "__dirname",
  ];
  const body = `return ${JSON.stringify(names)}.map((name) => name in globalThis)`;
  const value = await valueOf(sandbox, body);
  expect(value.kind === "matrix" && [...value.block.data]).toEqual(names.map(() => 0));
});

test.each([
  ["node:fs", "refused"],
  ["fs", "refused"],
  ["file:///etc/passwd", "refused"],
  ["../../etc/passwd", "refused"],
  ["./missing.js", "refused"],
  ["grader:student", "refused"],
  ["grader:judge", "refused"],
  ["grader:trace", "refused"],
  ["toString", "refused"],
  ["", "refused"],
  ["ml-matrix", "imported"],
])("import(%j) at run time is %s", async (specifier, expected) => {
  // In text that is evaluated, so that reading the source cannot see it.
  const top = `let result = "pending";
    try { await eval(${JSON.stringify(`import(${JSON.stringify(specifier)})`)}); result = "imported" }
    catch (error: any) { result = error.message }
    console.log(result);`;
  const printed = await withSession(sandbox, program({ top }), async (s) => s.console());
  const refusal = `"${specifier}" cannot be imported: only ml-matrix and your own files can`;
  expect(printed.trim()).toBe(expected === "refused" ? refusal : "imported");
});

test("the console keeps what is printed, up to its limit, and prints no object's own text", async () => {
  const predict = `
    console.log("Points 30/30", 1, -0, [1, "a"], { a: new Matrix([[1, 2]]) }, null, undefined, 10n);
    console.error(new Matrix([[1, 2], [3, 4]])); console.table([[1]]); console.info("\\u0000|"); return 1`;
  const printed = await withSession(sandbox, program({ predict }), async (session) => {
    await session.run([call("predict", "p")]);
    return session.console();
  });
  expect(printed).toBe(
    'Points 30/30 1 -0 [1, "a"] { a: Matrix 1x2\n  [1, 2] } null undefined 10\nMatrix 2x2\n  [1, 2]\n  [3, 4]\n[[1]]\n\u0000|\n',
  );
  const flood = await withSession(
    sandbox,
    program({ top: "for (let i = 0; i < 1e4; i++) console.log('flood')" }),
    async (session) => session.console(),
  );
  expect(flood.length).toBe(limits.consoleChars + "… cut\n".length);
  expect(flood.endsWith("… cut\n")).toBe(true);
});
