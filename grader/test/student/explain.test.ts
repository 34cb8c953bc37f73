import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { grade } from "./command-line.ts";

const PAGES = fileURLToPath(new URL("../../../docs/misconceptions/", import.meta.url));
const ids = readdirSync(PAGES)
  .filter((name) => name !== "README.md")
  .map((name) => name.replace(/\.md$/, ""));

const explain = (...words: string[]) => grade(["explain", ...words], tmpdir());

describe("grade explain", () => {
  test("lists every page, each once", async () => {
    const { code, stdout } = await explain();
    expect(code).toBe(0);
    const listed = [...stdout.matchAll(/^ {2}([\w-]+) {2,}\S/gm)].map(([, id = ""]) => id);
    expect(new Set(listed)).toEqual(new Set(ids));
    expect(listed).toHaveLength(ids.length);
  });

  test("shows a page without its marks, in 80 columns", async () => {
    const { code, stdout } = await explain("forward-no-scale");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Survivors are not scaled by 1\/keep_prob\n\nWhat you see\n/);
    expect(stdout).toContain("    const Z2 = linear(W2, A1_dropped, b2);");
    expect(stdout).not.toMatch(/^#|^```|^---/m);
    expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  test("finds pages by words of their titles, and else by words of their text", async () => {
    expect((await explain("mmul")).stdout).toContain("The function stops with an error");
    const several = await explain("keep_prob");
    expect(several.stdout).toContain("  keep-prob-as-drop-rate");
    expect(several.stdout).not.toContain("  stack-overflow");
    expect((await explain("randn")).stdout).toMatch(/^The mask is drawn from a normal/);
  });

  test("says what may have been meant", async () => {
    const { code, stdout, stderr } = await explain("forward-no-skale");
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain('Did you mean "forward-no-scale"?');
  });

  test("its help names what it does", async () => {
    const { code, stdout } = await explain("--help");
    expect(code).toBe(0);
    expect(stdout).toContain("Usage: grade explain");
  });
});
