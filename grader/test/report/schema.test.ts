import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { z } from "zod";
import { reportSchema } from "../../src/model/report.ts";
import { TWO_MISTAKES, UNGRADABLE } from "./samples.ts";
import { WALKED } from "./walks.ts";

const published: object = JSON.parse(
  readFileSync(new URL("../../dist/report.schema.json", import.meta.url), "utf8"),
);

test("the published JSON Schema is that of the report", () => {
  expect(published).toEqual(z.toJSONSchema(reportSchema));
});

test("it accepts reports, with and without a walk, and refuses what is none", () => {
  const validate = new Ajv2020({ strict: false }).compile(published);
  for (const { report } of [TWO_MISTAKES, UNGRADABLE, WALKED]) {
    expect(validate(JSON.parse(JSON.stringify(report)))).toBe(true);
  }
  const [walk] = WALKED.report.walks ?? [];
  const steps = walk?.steps.map((step) => ({ ...step, standing: "perhaps" }));
  expect(validate({ ...WALKED.report, walks: [{ ...walk, steps }] })).toBe(false);
});
