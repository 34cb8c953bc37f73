import fc from "fast-check";
import stringWidth from "string-width";
import { describe, expect, test } from "vitest";
import { reporters } from "../../src/report/index.ts";
import { gradedOf } from "./hostile.ts";
import {
  FRESH_MASK,
  NOT_STARTED,
  PLAIN,
  SCALED_MASKS,
  TWO_MISTAKES,
  UNGRADABLE,
  UNSCALED,
  gradedWith,
} from "./samples.ts";

const { report: terminal, closing } = reporters.terminal;

describe("terminal report, as it is read", () => {
  test.each([
    ["two-mistakes", TWO_MISTAKES],
    ["ungradable", UNGRADABLE],
    ["not-started", NOT_STARTED],
    ["full-marks", gradedWith({ findings: [SCALED_MASKS] })],
  ])("%s", async (name, graded) => {
    await expect(terminal(graded, PLAIN)).toMatchFileSnapshot(`snapshots/${name}.txt`);
    await expect(terminal(graded, { ...PLAIN, several: true })).toMatchFileSnapshot(
      `snapshots/${name}-in-short.txt`,
    );
  });

  test("in ASCII, with colours", async () => {
    const look = { ...PLAIN, color: true, unicode: false };
    const shown = terminal(TWO_MISTAKES, look).replaceAll("\u001B", "ESC");
    await expect(shown).toMatchFileSnapshot("snapshots/two-mistakes-colored-ascii.txt");
  });
});

describe("terminal report", () => {
  test.each([
    ["docs/misconceptions/a.md", ["npx grade explain a"]],
    [
      "https://x.org/docs/misconceptions/a.md",
      ["https://x.org/docs/misconceptions/a.md", "npx grade explain a"],
    ],
    ["https://x.org/notes.md", ["https://x.org/notes.md"]],
  ])("the page %s can be opened", (docs, ways) => {
    const output = terminal(gradedWith({ findings: [{ ...UNSCALED, docs }] }), PLAIN);
    const said = output.split("Read more:\n")[1]?.split("\n\n")[0]?.split("\n");
    expect(said).toEqual(ways.map((way) => `  ${way}`));
  });

  test.each([40, 60, 80])("fits %i columns, whatever the words", (width) => {
    const words = fc.string({
      unit: fc.constantFrom("a", "b", " ", "é", "界", "\t", "\n", "\u0007", "👩"),
    });
    fc.assert(
      fc.property(gradedOf(words), fc.boolean(), (graded, several) => {
        const tame = { ...graded.report, seed: "s", submission: { path: "p", files: [] } };
        const findings = tame.findings.map((finding) => ({ ...finding, docs: "d" }));
        const output = terminal(
          { ...graded, report: { ...tame, findings } },
          { ...PLAIN, width, several },
        );
        expect(
          Math.max(...output.split("\n").map((line) => stringWidth(line))),
        ).toBeLessThanOrEqual(width);
      }),
    );
  });

  test("a link and the call to repeat stay on one line", () => {
    const docs = `https://example.org/${"long/".repeat(30)}page.md`;
    const output = terminal(
      gradedWith({
        findings: [{ ...UNSCALED, docs }],
        seed: "a b'c",
        submission: { path: "-x", files: [] },
      }),
      {
        ...PLAIN,
        again: ["--only", "forward.mask"],
      },
    );
    expect(output).toContain(`\n  ${docs}\n`);
    expect(output).toContain(String.raw`grade --seed 'a b'\''c' --only forward.mask -- -x`);
  });

  test("the finding to repair first is told in full, others without why and frame", () => {
    const output = terminal(TWO_MISTAKES, PLAIN);
    expect(output).toContain("Without the scale, the next layer");
    expect(output).toContain("Backward draws a new mask");
    expect(output).not.toContain(FRESH_MASK.why);
  });

  test("a single function not written yet is what to write next, not a mistake", () => {
    const [finding] = NOT_STARTED.report.findings;
    const output = terminal(
      gradedWith({ score: 50, findings: finding === undefined ? [] : [finding] }),
      PLAIN,
    );
    expect(output).toContain("Write this next");
    expect(output).not.toContain("Repair this first");
    expect(output).toContain("forward.mask");
  });

  test("console output is capped, and marked as the program's on every line", () => {
    const output = terminal(
      gradedWith({ console: `${"x".repeat(200)}\n${"line\n".repeat(30)}` }),
      PLAIN,
    );
    const quoted = output.split("\n").filter((line) => line.startsWith("  │ "));
    expect(quoted).toHaveLength(10);
    expect(quoted[0]).toMatch(/^ {2}│ x+…$/u);
    expect(output).toContain("(21 more lines)");
  });

  test("points lost without a finding are not called well done", () => {
    const output = terminal(gradedWith({ score: 90 }), PLAIN);
    expect(output).not.toContain("Well done");
    expect(output).toContain("No finding says why");
  });
});

describe("closing line", () => {
  const all = [TWO_MISTAKES, UNGRADABLE, NOT_STARTED, gradedWith({})];

  test("counts the submissions", () => {
    expect(closing?.(all, { ...PLAIN, several: true })).toBe(
      "\n3 graded, 1 with full marks, 1 not gradable.\n",
    );
  });

  test("is not there for one submission", () => {
    expect(closing?.(all.slice(0, 1), PLAIN)).toBe("");
  });
});
