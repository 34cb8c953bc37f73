import { afterAll, beforeAll, expect, test } from "vitest";
import { openSandbox } from "../../src/sandbox/open-sandbox.ts";
import type { Sandbox } from "../../src/model/session.ts";
import type { Arg } from "../../src/model/observation.ts";
import {
  call,
  ENTRY,
  limits,
  matrix,
  outcomeOf,
  plain,
  program,
  rng,
  scalar,
  submissionOf,
  withSession,
  workerUrl,
} from "./support.ts";

let sandbox: Sandbox;
beforeAll(() => {
  sandbox = openSandbox({ workerUrl });
});
afterAll(() => sandbox.close());

test("returned: draws are counted, and go on when the given ones are used up", async () => {
  const forward = "return [rng(), rng(), rng(), Math.random(), Math.random()]";
  await withSession(sandbox, program({ forward }), async (session) => {
    const args: Arg[] = [
      matrix([[1]]),
      { kind: "record", entries: {} },
      scalar(0.8),
      rng(0.25, 0.75),
    ];
    const [first, second] = await session.run([
      call("forward", "a", args),
      call("forward", "a", args),
    ]);
    expect(first).toMatchObject({
      kind: "returned",
      draws: 3,
      mathRandomDraws: 2,
      changedArguments: [],
    });
    const value = first?.kind === "returned" ? first.value : undefined;
    const drawn = value?.kind === "matrix" ? [...value.block.data] : [];
    expect(drawn.slice(0, 2)).toEqual([0.25, 0.75]);
    expect(drawn.every((u) => u > 0 && u < 1)).toBe(true);
    // The same call is given the same numbers, beyond its own ones and by Math.random too.
    expect(second).toEqual(first);
  });
});

test("returned: says which arguments are different afterwards", async () => {
  const submission = program({
    forward: "parameters.W1.set(0, 0, 9); return 1",
    backward: "cache.A1 = X; cache.extra = 1; X.set(1, 1, -4); return 1",
    predict: "X.mul(1); return 1",
  });
  const changed = await withSession(sandbox, submission, async (session) => {
    const calls = [
      call("forward", "f"),
      call("backward", "b", [
        matrix([[1, 0]]),
        matrix([[1]]),
        { kind: "record", entries: { A1: matrix([[1, 0]], "rows") } },
        scalar(1),
      ]),
      call("predict", "p"),
    ];
    return session.run(calls);
  });
  expect(changed).toMatchObject([
    { changedArguments: ["parameters.W1"] },
    { kind: "threw" },
    { changedArguments: [] },
  ]);
});

test("returned: a sign of zero is a change, NaN is not", async () => {
  const body = "cache.A1[0] = NaN; cache.A2[0] = -0; return 1";
  const outcomes = await withSession(sandbox, program({ backward: body }), (session) => {
    const cache: Arg = {
      kind: "record",
      entries: { A1: matrix([[Number.NaN]], "flat"), A2: matrix([[0]], "flat") },
    };
    return session.run([call("backward", "b", [matrix([[1]]), matrix([[1]]), cache, scalar(1)])]);
  });
  expect(outcomes).toMatchObject([{ changedArguments: ["cache.A2"] }]);
});

test.each(["Matrix", "rows", "typed-rows", "flat", "typed-flat"] as const)(
  "arguments are built as %s and come back the same",
  async (container) => {
    const given = { ...matrix([[1, -0, 1e-320]], container), typed: "Float64Array" };
    const backward = "return { c: cache.A1, isMatrix: cache.A1 instanceof Matrix, b: cache.B }";
    const B = { ...matrix([[1, 0]], "rows"), element: "boolean" as const };
    const [outcome] = await withSession(sandbox, program({ backward }), (session) => {
      const cache: Arg = { kind: "record", entries: { A1: given, B } };
      return session.run([call("backward", "b", [given, given, cache, scalar(1)])]);
    });
    if (outcome?.kind !== "returned" || outcome.value.kind !== "record")
      throw new Error("no record");
    const { c, isMatrix, b } = outcome.value.entries;
    expect(c).toMatchObject({ container, block: { data: given.block.data } });
    expect(isMatrix).toMatchObject({
      block: { data: Float64Array.of(container === "Matrix" ? 1 : 0) },
    });
    expect(b).toMatchObject({ container: "rows", element: "boolean" });
  },
);

test.each([
  ["plain", "const f = (): number => f() + 1; return f()"],
  ["getter", "const o = { get a(): any { return this.a } }; return o.a"],
  ["sort", "const f = (): any => [1, 2].sort(f); return f()"],
  ["replace", "const f = (): any => 'a'.replace(/a/, f); return f()"],
  ["toString", "const o: any = { toString() { return `${o}` } }; return `${o}`"],
  ["nested JSON", "let s = ''; for (let i = 0; i < 1e5; i++) s += '['; return JSON.parse(s)"],
])("stack-overflow: %s", async (_, body) => {
  expect(await outcomeOf(sandbox, body)).toMatchObject({ kind: "stack-overflow" });
});

test.each([
  ["typed arrays", "const k = []; for (;;) k.push(new Float64Array(1e5))"],
  ["buffers", "const k = []; for (;;) k.push(new ArrayBuffer(1e6))"],
])("out-of-memory: %s", async (_, body) => {
  expect(await outcomeOf(sandbox, body)).toMatchObject({ kind: "out-of-memory" });
});

const wide = matrix([[1, 2]]);
const record: Arg = { kind: "record", entries: { W1: wide } };

test("calls that share their objects are given the same ones, with values of their own", async () => {
  const submission = program({
    top: "let last: any[] = [];",
    predict: `const now = [X, parameters, parameters.W1];
      const same = now.map((object, i) => (object === last[i] ? 1 : 0));
      last = now;
      return [...same, X.get(0, 0), parameters.W1.get(0, 0)];`,
  });
  const given = (value: number): Arg[] => {
    const X = matrix([[value, 2]]);
    return [X, { kind: "record", entries: { W1: X } }];
  };
  const outcomes = await withSession(sandbox, submission, (session) =>
    session.run([
      { ...call("predict", "first", given(1)), objects: ["X", "one"] },
      { ...call("predict", "again", given(5)), objects: ["X", "one"] },
      call("predict", "alone", given(6)),
      { ...call("predict", "other", given(7)), objects: ["X", "two"] },
    ]),
  );
  expect(
    outcomes.map(
      (o) => o.kind === "returned" && o.value.kind === "matrix" && [...o.value.block.data],
    ),
  ).toEqual([
    [0, 0, 0, 1, 1],
    [1, 1, 1, 5, 5],
    [0, 0, 0, 6, 6],
    [0, 0, 0, 7, 7],
  ]);
});

test("an argument that a program has put something else in is not shared any more", async () => {
  const body = `const W = parameters.W1; parameters.W1 = new Matrix(2, 2); return [W.rows, W.columns]`;
  const outcomes = await withSession(sandbox, program({ predict: body }), (session) =>
    session.run(
      ["a", "b"].map((id) => ({ ...call("predict", id, [wide, record]), objects: ["X", "one"] })),
    ),
  );
  expect(
    outcomes.map(
      (o) => o.kind === "returned" && o.value.kind === "matrix" && [...o.value.block.data],
    ),
  ).toEqual([
    [1, 2],
    [1, 2],
  ]);
});

test("numbers from Math.random may be asked for next to 0 or next to 1, all but one in five", async () => {
  const body = "return Array.from({ length: 10 }, () => Math.fround(Math.random()))";
  const outcomes = await withSession(sandbox, program({ predict: body }), (session) =>
    session.run([
      { ...call("predict", "high"), extreme: "high" },
      { ...call("predict", "low"), extreme: "low" },
      call("predict", "usual"),
    ]),
  );
  const [high = [], low = [], usual = []] = outcomes.map((o) =>
    o.kind === "returned" && o.value.kind === "matrix" ? [...o.value.block.data] : [],
  );
  const isMost = [1, 1, 1, 1, 0, 1, 1, 1, 1, 0].map(Boolean);
  expect(high.map((u) => u > 0.9999)).toEqual(isMost);
  expect(low.map((u) => u < 0.0001)).toEqual(isMost);
  expect([...high, ...low].every((u) => u > 0 && u < 1)).toBe(true);
  expect(usual.every((u) => u > 0.0001 && u < 0.9999)).toBe(true);
});

test("skipped: what cannot be called, and what builds on a call that failed", async () => {
  const submission = submissionOf({
    [ENTRY]: `export function forward_propagation_with_dropout() { return 1 }
      export const backward_propagation_with_dropout = () => 1;`,
  });
  const outcomes = await withSession(sandbox, submission, (session) =>
    session.run([
      call("predict", "p"),
      call("forward", "f", undefined, true),
      call("backward", "b", [{ kind: "kept", call: "f", property: "cache" }]),
      call("backward", "c", [{ kind: "kept", call: "never" }]),
    ]),
  );
  expect(outcomes).toMatchObject([
    { kind: "skipped", because: "predict cannot be called" },
    { kind: "returned" },
    { kind: "skipped", because: "the call that it builds on did not return cache" },
    { kind: "skipped", because: "the call that it builds on did not return" },
  ]);
});

test("kept values are the very objects that were returned", async () => {
  const submission = program({
    top: "let last: any;",
    forward: "last = { m: new Matrix([[1]]) }; return { cache: last }",
    backward: "return [cache === last, cache.m === last.m]",
  });
  const outcomes = await withSession(sandbox, submission, (session) =>
    session.run([
      call("forward", "f", undefined, true),
      call("backward", "b", [scalar(1), scalar(1), { kind: "kept", call: "f", property: "cache" }]),
    ]),
  );
  const [, second] = outcomes;
  expect(second?.kind === "returned" && plain(second.value)).toMatchObject({ data: [1, 1] });
});

test("a total that is used up skips the rest", async () => {
  const session = await sandbox.open(
    program({ predict: "for (let i = 0; i < 2e6; i++); return 1" }),
    {
      ...limits,
      callMs: 5000,
      totalMs: 500,
    },
  );
  const outcomes = await session.run(
    Array.from({ length: 200 }, (_, i) => call("predict", `p${i}`)),
  );
  await session.close();
  expect(outcomes).toHaveLength(200);
  expect(outcomes.at(-1)).toMatchObject({
    kind: "skipped",
    because: "the submission has used up its time",
  });
});
