import { expect, test } from "vitest";
import { reporters } from "../../src/report/index.ts";
import { gradedWith, PLAIN, TWO_MISTAKES } from "./samples.ts";

test("json: the report, two blanks a level, one line break at the end", () => {
  expect(reporters.json.report(TWO_MISTAKES, PLAIN)).toBe(
    `${JSON.stringify(TWO_MISTAKES.report, null, 2)}\n`,
  );
});

test("ndjson: the report on one line", () => {
  const output = reporters.ndjson.report(gradedWith({ console: "a\nb" }), PLAIN);
  expect(output.indexOf("\n")).toBe(output.length - 1);
});

test.each(["json", "ndjson"] as const)(
  "%s: keys come in the schema's order, and no others",
  (format) => {
    const { report, files } = TWO_MISTAKES;
    const turned = Object.fromEntries(Object.entries(report).toReversed());
    // A report made of the same values in another order, with more than a report has.
    const odd = { report: { ...turned, files, secret: 1 } as unknown as typeof report, files };
    expect(reporters[format].report(odd, PLAIN)).toBe(
      reporters[format].report(TWO_MISTAKES, PLAIN),
    );
  },
);

test.each(["json", "ndjson"] as const)(
  "%s: what is no report is refused, not printed",
  (format) => {
    expect(() => reporters[format].report(gradedWith({ score: 0.5 }), PLAIN)).toThrow();
  },
);
