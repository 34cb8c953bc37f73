import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openSandbox } from "../../src/sandbox/open-sandbox.ts";
import type { Sandbox, Session } from "../../src/model/session.ts";
import {
  call,
  ENTRY,
  outcomeOf,
  plain,
  program,
  submissionOf,
  withHasty,
  withSession,
  workerUrl,
} from "./support.ts";

let sandbox: Sandbox;
beforeAll(() => {
  sandbox = openSandbox({ workerUrl });
});
afterAll(() => sandbox.close());

/** Every call of the others still gives its number. */
async function othersAnswer(session: Session): Promise<void> {
  const outcomes = await session.run([call("forward", "f2"), call("backward", "b2")]);
  expect(outcomes.map((o) => o.kind === "returned" && plain(o.value))).toMatchObject([
    { data: [1] },
    { data: [2] },
  ]);
}

const HANGS: [string, string][] = [
  ["loop", "for (;;);"],
  ["getter", "const o = { get a() { for (;;); } }; return o.a"],
  ["generator", "for (const x of (function* () { for (;;) yield 1 })());"],
  ["finally", "try { throw 1 } finally { for (;;); }"],
  ["native loop", "return Array.prototype.indexOf.call({ length: 2 ** 32 - 1 }, 9)"],
  ["caught near the stack's end", "function f() { try { f() } finally { f() } } f()"],
  [
    "caught near the memory's end",
    "const k: any = []; for (;;) { try { for (;;) k.push({}) } catch {} }",
  ],
  ["regular expression", "return /(a+)+$/.test('a'.repeat(40) + 'b')"],
  ["string search", "return 'a'.repeat(5e6).indexOf('a'.repeat(2e6) + 'b')"],
  ["array to string", "return new Array(1e9) + ''"],
  [
    "JSON of a graph",
    "let a: any = 1; for (let i = 0; i < 40; i++) a = [a, a]; return JSON.stringify(a)",
  ],
  ["console", "console.log({ get a() { for (;;); } })"],
];

test.each(HANGS)("a hang in one function leaves the others: %s", async (_, predict) => {
  await withHasty(sandbox, program({ predict }), async (session) => {
    const outcomes = await session.run([
      call("forward", "f"),
      call("predict", "p"),
      call("backward", "b"),
      call("predict", "q"),
    ]);
    expect(outcomes).toMatchObject([
      { kind: "returned" },
      { kind: expect.stringMatching(/^(timed-out|out-of-memory)$/) },
      { kind: "returned" },
      outcomes[1]?.kind === "timed-out"
        ? { kind: "skipped", because: "predict has already run out of time" }
        : {},
    ]);
    await othersAnswer(session);
  });
});

describe("import", () => {
  test.each([
    ["import-failed", "throw new TypeError('early');", "TypeError: early"],
    ["import-failed", "await 0; throw new TypeError('late');", "TypeError: late"],
    ["import-failed", "await new Promise(() => {});", "a top-level await never finished"],
    ["import-failed", "process.exit(0);", "ReferenceError: 'process' is not defined"],
    [
      "import-failed",
      "(globalThis as any).require('fs').writeFileSync('results.json', '{}');",
      "TypeError: not a function",
    ],
    ["import-failed", "const f = (): any => f() + 1; f();", "stack overflow"],
    ["import-timed-out", "for (;;);", "300 ms"],
    ["import-timed-out", "await 0; for (;;);", "300 ms"],
    ["import-timed-out", "function f() { try { f() } finally { f() } } f();", "too long"],
  ])("%s: %s", async (id, top, detail) => {
    await withHasty(sandbox, program({ top }), async (session) => {
      const { problems, callable } = session.program;
      expect(callable).toEqual([]);
      expect(problems).toMatchObject([{ id, detail: expect.stringContaining(detail) }]);
      expect(await session.run([call("predict", "p")])).toMatchObject([{ kind: "skipped" }]);
    });
  });

  test("import-out-of-memory", async () => {
    const top = "const k = []; for (;;) k.push(new Float64Array(1e5));";
    await withSession(sandbox, program({ top }), async (session) => {
      expect(session.program.problems).toMatchObject([{ id: "import-out-of-memory" }]);
    });
  });

  test("names the line, also in a helper", async () => {
    const submission = submissionOf({
      [ENTRY]: 'import { a } from "./helper.ts";\nexport const predict = () => a;\n',
      "src/helper.ts": "type T = number;\nexport const a: T = 1;\n(undefined as any).x;\n",
    });
    await withSession(sandbox, submission, async (session) => {
      expect(session.program.problems).toContainEqual(
        expect.objectContaining({
          id: "import-failed",
          location: expect.objectContaining({ file: "src/helper.ts", line: 3 }),
        }),
      );
    });
  });

  test("says which exports are missing or no functions, and which others there are", async () => {
    const text =
      "export const predict = 5; export function forward_propagation_with_dropout() { return 1 } export const extra = 1;";
    await withSession(sandbox, submissionOf({ [ENTRY]: text }), async (session) => {
      const { problems, callable, otherExports } = session.program;
      expect(callable).toEqual(["forward_propagation_with_dropout"]);
      expect(otherExports).toEqual(["extra"]);
      expect(problems).toMatchObject([
        { id: expect.stringMatching(/^export-/), fn: expect.any(String) },
        { id: expect.stringMatching(/^export-/), fn: expect.any(String) },
      ]);
      expect(new Set(problems.map(({ fn }) => fn))).toEqual(
        new Set(["backward_propagation_with_dropout", "predict"]),
      );
    });
  });

  test("what runs decides: an export that only running shows", async () => {
    const submission = submissionOf({
      [ENTRY]: 'export * from "./all.ts";\n',
      "src/all.ts":
        "const one = () => 1;\nexport { one as predict, one as forward_propagation_with_dropout, one as backward_propagation_with_dropout };\n",
    });
    await withSession(sandbox, submission, async (session) => {
      expect(session.program).toMatchObject({ problems: [], callable: { length: 3 } });
    });
  });
});

test.each([
  ["promise chain", "(function f() { Promise.resolve().then(f) })(); return 1"],
  ["thenable", "const t: any = { then(r: any) { r(t) } }; Promise.resolve(t); return 1"],
  ["async loop", "(async () => { for (;;) await 0 })(); return 1"],
])("jobs without end are bounded: %s", async (_, body) => {
  expect((await outcomeOf(sandbox, body)).kind).toMatch(/^(returned|timed-out)$/);
});

test("an async function is told apart", async () => {
  const text = `export async function predict() { return [[1]] }`;
  const [outcome] = await withSession(sandbox, submissionOf({ [ENTRY]: text }), (s) =>
    s.run([call("predict", "p")]),
  );
  expect(outcome).toMatchObject({ kind: "returned", value: { kind: "other", what: "a promise" } });
});

test("replacing the random source's methods changes nothing", async () => {
  const forward =
    "rng.call = rng.apply = () => 0; (Function.prototype as any).call = () => 0; rng = () => 0; return [rng()]";
  const [outcome] = await withSession(sandbox, program({ forward }), (s) =>
    s.run([call("forward", "f")]),
  );
  expect(outcome).toMatchObject({ kind: "returned", draws: 0 });
});

test("setters on the built-in prototypes see nothing and break nothing", async () => {
  const top = `let seen = 0;
    for (const key of ["W1", "A1", "kind", "typed", "offset"])
      Object.defineProperty(Object.prototype, key, { set() { seen++ }, get() { return "rows" }, configurable: true });`;
  const submission = program({ top, forward: "return [seen, parameters.W1.get(0, 0)]" });
  const [outcome] = await withSession(sandbox, submission, (s) => s.run([call("forward", "f")]));
  expect(outcome?.kind === "returned" && plain(outcome.value)).toMatchObject({ data: [0, 1] });
});

test.each([
  ["a source nested too deeply", `export const a = ${"(".repeat(20_000)}1${")".repeat(20_000)};`],
  ["a source that takes too long", `export const a = ${"a<".repeat(5000)}1;`],
])(
  "%s is refused, and the next submission is graded",
  async (_, text) => {
    await withSession(sandbox, submissionOf({ [ENTRY]: text }), async (session) => {
      expect(session.program.callable).toEqual([]);
      expect(session.program.problems[0]?.id).toMatch(/^(source-too-complex|syntax-error)$/);
    });
    await withSession(sandbox, program({}), othersAnswer);
  },
  20_000,
);
