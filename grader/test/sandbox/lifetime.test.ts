import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Sandbox } from "../../src/model/session.ts";
import { openSandbox, SandboxFault } from "../../src/sandbox/open-sandbox.ts";
import { probeMachine } from "../../src/sandbox/probe.ts";
import {
  call,
  hasty,
  limits,
  plain,
  program,
  scalar,
  withHasty,
  withSession,
  workerUrl,
} from "./support.ts";

let sandbox: Sandbox;
beforeAll(() => {
  sandbox = openSandbox({ workerUrl });
});
afterAll(() => sandbox.close());

const NATIVE_HANG = "return Array.prototype.indexOf.call({ length: 2 ** 32 - 1 }, 9)";

test("twenty submissions after each other do not see each other", async () => {
  const top = `const g: any = globalThis; const before = [g.mark ?? 0, (Matrix as any).mark ?? 0, (Array.prototype as any).mark ?? 0];
    g.mark = (Matrix as any).mark = (Array.prototype as any).mark = 1; Matrix.prototype.get = () => 99;`;
  for (let i = 0; i < 20; i += 1) {
    const outcomes = await withSession(
      sandbox,
      program({ top, predict: "return before" }),
      (session) => session.run([call("predict", "p")]),
    );
    expect(outcomes.map((o) => o.kind === "returned" && plain(o.value))).toMatchObject([
      { data: [0, 0, 0] },
    ]);
  }
});

test("a kept value that went down with its worker is made again", async () => {
  const submission = program({
    forward: "return { cache: { A1: X } }",
    backward: "return cache.A1",
    predict: NATIVE_HANG,
  });
  const kept = { kind: "kept", call: "f", property: "cache" } as const;
  await withHasty(sandbox, submission, async (session) => {
    const outcomes = await session.run([
      call("forward", "f", undefined, true),
      call("predict", "p"),
      call("backward", "b", [scalar(0), scalar(0), kept, scalar(1)]),
    ]);
    expect(outcomes.map(({ kind }) => kind)).toEqual(["returned", "timed-out", "returned"]);
    // A trace is an instance of its own: it has to be made there too.
    const [trace] = await session.trace([
      call("backward", "t", [scalar(0), scalar(0), kept, scalar(1)]),
    ]);
    expect(trace?.outcome).toMatchObject({
      kind: "returned",
      value: { block: { rows: 2, cols: 2 } },
    });
  });
});

test("a call alone is the first of all, each time, and is made of the program as it was written", async () => {
  const submission = program({
    top: "let calls = 0; const plus = (x: number) => x + 1;",
    predict: "calls = plus(calls); return [calls, plus.toString().length]",
  });
  await withSession(sandbox, submission, async (session) => {
    const numbersOf = (outcome: Awaited<ReturnType<typeof session.alone>> | undefined) =>
      outcome?.kind === "returned" ? plain(outcome.value) : outcome;
    const [first, second] = await session.run([call("predict", "p"), call("predict", "q")]);
    await session.trace([call("predict", "t")]);
    const alone = [
      await session.alone(call("predict", "a")),
      await session.alone(call("predict", "b")),
    ];
    expect(numbersOf(second)).not.toEqual(numbersOf(first));
    expect(alone.map(numbersOf)).toEqual([numbersOf(first), numbersOf(first)]);
  });
});

test("two sessions at once survive a worker that one of them loses", async () => {
  const one = await sandbox.open(program({ predict: NATIVE_HANG }), hasty);
  const two = await sandbox.open(program({}), limits);
  const [first, second] = await Promise.all([
    one.run([call("predict", "p"), call("forward", "f")]),
    two.run([call("predict", "p"), call("forward", "f")]),
  ]);
  await one.close();
  await two.close();
  expect(first).toMatchObject([{ kind: "timed-out" }, { kind: "returned" }]);
  expect(second).toMatchObject([{ kind: "returned" }, { kind: "returned" }]);
});

test("state lives on between the calls of a session", async () => {
  const submission = program({ top: "let n = 0;", predict: "return ++n" });
  const outcomes = await withSession(sandbox, submission, (session) =>
    session.run([call("predict", "a"), call("predict", "b")]),
  );
  expect(outcomes.map((o) => o.kind === "returned" && plain(o.value))).toMatchObject([
    { data: [1] },
    { data: [2] },
  ]);
});

test("a trace holds what the program computed, in order, and the plain run is not disturbed", async () => {
  const predict =
    "const a = X.get(0, 1) * 3;\nconst b = Matrix.mul(X, a);\nlet s = 0;\nfor (let i = 0; i < 3; i++) s += i;\nreturn b;";
  await withSession(sandbox, program({ predict }), async (session) => {
    const [trace] = await session.trace([call("predict", "t")]);
    expect(trace).toMatchObject({ outcome: { kind: "returned" }, cut: false });
    const named = (name: string) =>
      trace?.sites.find((site) => site.role === "value" && site.name === name);
    expect(named("a")?.values.map(({ value }) => value)).toEqual([6]);
    expect(named("b")?.values).toMatchObject([
      { value: { rows: 2, cols: 2, data: Float64Array.of(6, 12, 18, 24) } },
    ]);
    expect(named("a")?.order).toBeLessThan(named("b")?.order ?? -1);
    const [plainRun] = await session.run([call("predict", "t")]);
    expect(plainRun).toEqual(trace?.outcome);
  });
});

test("a trace of too much is cut, and one of a hang is a time-out", async () => {
  const predict = "let s = 0; for (let i = 0; i < 2e5; i++) s = s + i; return s";
  await withHasty(sandbox, program({ predict, backward: "for (;;);" }), async (session) => {
    const traces = await session.trace([
      call("predict", "t"),
      call("backward", "b"),
      call("forward", "f"),
    ]);
    expect(traces).toMatchObject([
      { outcome: { kind: expect.stringMatching(/^(returned|timed-out)$/) } },
      { outcome: { kind: "timed-out" } },
      { outcome: { kind: "returned" }, cut: false },
    ]);
    if (traces[0]?.outcome.kind === "returned") expect(traces[0].cut).toBe(true);
  });
});

test("a closed sandbox and a missing worker are the grader's fault, not the submission's", async () => {
  const closed = openSandbox({ workerUrl });
  await closed.close();
  await expect(closed.open(program({}), limits)).rejects.toThrow(SandboxFault);
  const missing = openSandbox({ workerUrl: new URL("./no-worker.js", workerUrl) });
  await expect(missing.open(program({}), limits)).rejects.toThrow(SandboxFault);
  await missing.close();
});

test("a process that has closed its sandbox ends by itself", async () => {
  const code = `
    import { openSandbox } from ${JSON.stringify(new URL("./sandbox/open-sandbox.js", workerUrl).href)};
    const sandbox = openSandbox({ workerUrl: new URL(${JSON.stringify(workerUrl.href)}) });
    const session = await sandbox.open(${JSON.stringify(program({}))}, ${JSON.stringify(limits)});
    await session.close(); await sandbox.close(); console.log("closed");`;
  const run = promisify(execFile)(process.execPath, ["--input-type=module", "-e", code], {
    timeout: 30_000,
  });
  expect((await run).stdout).toBe("closed\n");
}, 40_000);

test("this machine holds what the sandbox promises", async () => {
  const results = await probeMachine({ workerUrl });
  expect(results.filter(({ ok }) => !ok)).toEqual([]);
  expect(results).toHaveLength(6);
}, 60_000);
