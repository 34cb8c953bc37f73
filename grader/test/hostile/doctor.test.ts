import { mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { assureMachine } from "../../src/sandbox/trust.ts";
import { run } from "../cli/fake-world.ts";
import { gradeWatched } from "./canaries.ts";
import { COURSE, SEED, workerUrl } from "./grade.ts";

const SOUND = [{ name: "a loop is interrupted", ok: true, detail: "timed-out" }];
const UNSOUND = [...SOUND, { name: "memory\u001B[2J", ok: false, detail: "::error:: returned" }];

describe("grade doctor", () => {
  test("says what holds", async () => {
    const { code, stdout } = await run(["doctor"], { probes: SOUND });
    expect(code).toBe(0);
    expect(stdout).toMatch(/✓ a loop is interrupted\n\nAll of it holds/u);
  });

  test("says what does not, harmlessly, and is the grader's failure", async () => {
    const { code, stdout } = await run(["doctor"], { probes: UNSOUND });
    expect(code).toBe(3);
    expect(stdout).toContain("✗ memory\\u{1b}[2J\n");
    expect(stdout).toContain("Not all of it holds");
    expect(stdout).not.toMatch(/\u001B|^\s*::/mu);
  });

  test("no probe at all is no good news", async () => {
    expect((await run(["doctor"], { probes: [] })).code).toBe(3);
  });

  test("takes no further words", async () => {
    expect((await run(["doctor", "alice"], { probes: SOUND })).code).toBe(2);
    expect((await run(["doctor", "--help"], { probes: SOUND })).stdout).toContain("grade doctor");
  });

  test("finds this machine sound", async () => {
    const { code, stdout } = await gradeWatched(["doctor"], 120);
    expect(code).toBe(0);
    expect(stdout.match(/✓|ok /gu)).toHaveLength(6);
  });
});

describe("before the first submission", () => {
  let temporary: string;
  let usual: string | undefined;
  beforeEach(() => {
    temporary = mkdtempSync(join(tmpdir(), "trust-"));
    usual = process.env["TMPDIR"];
    process.env["TMPDIR"] = temporary;
  });
  afterEach(() => {
    if (usual === undefined) delete process.env["TMPDIR"];
    else process.env["TMPDIR"] = usual;
    rmSync(temporary, { recursive: true });
  });

  /** A worker that never answers: whoever asks it finds out that nothing holds. */
  function deafWorker(): URL {
    const file = join(temporary, "worker.mjs");
    writeFileSync(file, "throw new Error('no such engine');");
    return new URL(`file://${file}`);
  }

  test("what holds is found out once, and remembered in a file of one's own", async () => {
    await assureMachine(workerUrl);
    const [file = "", ...others] = readdirSync(temporary);
    expect(others).toEqual([]);
    expect(file).toMatch(/^dropout-grader-/u);
    await assureMachine(workerUrl);
    expect(readdirSync(temporary)).toEqual([file]);
  });

  test("where it does not hold nothing is run, and nothing is remembered", async () => {
    const deaf = deafWorker();
    await expect(assureMachine(deaf)).rejects.toThrow("See grade doctor.");
    expect(readdirSync(temporary)).toEqual(["worker.mjs"]);
  });

  test.skipIf(process.platform === "win32")(
    "a link in place of the file is not believed",
    async () => {
      await assureMachine(workerUrl);
      const [file = ""] = readdirSync(temporary);
      rmSync(join(temporary, file));
      writeFileSync(join(temporary, "elsewhere"), "");
      symlinkSync(join(temporary, "elsewhere"), join(temporary, file));
      // It is probed again, and succeeds; the link is left alone.
      await assureMachine(workerUrl);
      expect(readdirSync(temporary).toSorted()).toEqual([file, "elsewhere"].toSorted());
    },
  );

  test("the command line grades on a machine that it has not met", async () => {
    const env = { TMPDIR: temporary };
    const words = [COURSE, "--format", "json", "--seed", SEED];
    const { code, stderr } = await gradeWatched(words, 120, { env });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(readdirSync(temporary)).toHaveLength(1);
  });
});
