import { afterAll, beforeAll, expect, test } from "vitest";
import { limitsSchema } from "../../src/model/limits.ts";
import { openSandbox } from "../../src/sandbox/open-sandbox.ts";
import type { Sandbox } from "../../src/model/session.ts";
import { call, plain, program } from "../sandbox/support.ts";
import { workerUrl } from "./grade.ts";

let sandbox: Sandbox;
beforeAll(() => {
  sandbox = openSandbox({ workerUrl });
});
afterAll(() => sandbox.close());

const NATIVE_HANG = "Array.prototype.indexOf.call({ length: 2 ** 32 - 1 }, 9);";

/** How often one call of `predict` printed a line before its verdict, and how long that took. */
async function attempts(predict: string, totalMs: number) {
  const limits = limitsSchema.parse({ callMs: 400, graceMs: 300, totalMs });
  const session = await sandbox.open(program({ predict }), limits);
  const started = performance.now();
  const outcomes = await session.run([call("predict", "p"), call("forward", "f")]);
  const took = performance.now() - started;
  await session.close();
  return { outcomes, took };
}

test("what cost a worker its life is tried once more, and only once", async () => {
  const { outcomes, took } = await attempts(NATIVE_HANG, 20_000);
  expect(outcomes.map(({ kind }) => kind)).toEqual(["timed-out", "returned"]);
  expect(took).toBeGreaterThan(2 * 690);
});

test("not where its time does not allow it", async () => {
  const { outcomes } = await attempts(NATIVE_HANG, 700);
  expect(outcomes[0]?.kind).toMatch(/timed-out|skipped/u);
});

test("a loop that was interrupted is not tried again", async () => {
  const { outcomes, took } = await attempts("for (;;);", 20_000);
  expect(outcomes.map(({ kind }) => kind)).toEqual(["timed-out", "returned"]);
  expect(took).toBeLessThan(20_000);
});

test("a function that filled the memory twice is not called a third time", async () => {
  const limits = limitsSchema.parse({ callMs: 20_000, graceMs: 10_000, totalMs: 90_000 });
  const filling = "const kept = []; for (;;) kept.push(new Float64Array(1e5));";
  const session = await sandbox.open(program({ predict: filling }), limits);
  const outcomes = await session.run(["p", "q", "r"].map((id) => call("predict", id)));
  const [after] = await session.run([call("forward", "f")]);
  await session.close();
  expect(outcomes.map(({ kind }) => kind)).toEqual(["out-of-memory", "out-of-memory", "skipped"]);
  expect(outcomes[2]).toMatchObject({ because: "predict has already run out of memory" });
  expect(after?.kind === "returned" && plain(after.value)).toMatchObject({ data: [1] });
});
