import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openSandbox } from "../../src/sandbox/open-sandbox.ts";
import type { Sandbox } from "../../src/model/session.ts";
import {
  call,
  ENTRY,
  outcomeOf,
  program,
  submissionOf,
  withSession,
  workerUrl,
} from "./support.ts";

let sandbox: Sandbox;
beforeAll(() => {
  sandbox = openSandbox({ workerUrl });
});
afterAll(() => sandbox.close());

describe("threw", () => {
  test("with the student's own line and column", async () => {
    const text = [
      "enum Kind { A = 1 }",
      "interface Long { a: number }",
      "const helper = (x: any): number => {",
      "  const y: Long = { a: Kind.A };",
      "  return x.missing.deep + y.a;",
      "};",
      "export const forward_propagation_with_dropout = (): number => 1;",
      "export const backward_propagation_with_dropout = (): number => 1;",
      "export function predict(): number { return helper({}); }",
    ].join("\n");
    const [outcome] = await withSession(sandbox, submissionOf({ [ENTRY]: text }), (session) =>
      session.run([call("predict", "p")]),
    );
    expect(outcome).toMatchObject({
      kind: "threw",
      name: "TypeError",
      at: { file: ENTRY, line: 5 },
    });
    expect(outcome?.kind === "threw" && outcome.message).toContain("deep");
  });

  test.each([
    ["throw new RangeError('no')", { name: "RangeError", message: "no" }],
    ["throw null", { name: "thrown null", message: "" }],
    ["throw 'text'", { name: "thrown string", message: "text" }],
    ["throw { get message() { for (;;); } }", { name: "an object", message: "" }],
    ["throw { name: 'N', message: { toString() { for (;;); } } }", { name: "N", message: "" }],
    ["class E extends Error { get message() { for (;;); } } throw new E('x')", { name: "Error" }],
    ["const e: any = new Error('cyclic'); e.cause = e; throw e", { message: "cyclic" }],
  ])("%s", async (body, expected) => {
    expect(await outcomeOf(sandbox, body)).toMatchObject({ kind: "threw", ...expected });
  });

  test("cut at 300 characters", async () => {
    const outcome = await outcomeOf(sandbox, "throw new Error('x'.repeat(1e6))");
    expect(outcome.kind === "threw" && outcome.message.length).toBe(301);
  });

  test("with the numbers drawn before", async () => {
    const [outcome] = await withSession(
      sandbox,
      program({ forward: "rng(); throw 1" }),
      (session) => session.run([call("forward", "f")]),
    );
    expect(outcome).toMatchObject({ kind: "threw", draws: 1 });
  });
});
