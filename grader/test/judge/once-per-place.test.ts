/** One mistake costs once. */

import { expect, test } from "vitest";
import { oncePerPlace } from "../../src/judge/once-per-place.ts";
import type { Facts } from "../../src/model/program.ts";
import type { Finding } from "../../src/model/report.ts";
import type { Location } from "../../src/model/submission.ts";

const at = (line: number): Location => ({
  ...{ file: "src/helpers.ts", line, column: 3 },
  ...{ endLine: line, endColumn: 9 },
});
const FACTS: Facts = {
  functions: { predict: { location: at(40) } } as Facts["functions"],
  uses: [],
  misleadingCharacters: [],
};

const finding = (id: string, check: Finding["check"], location?: Location): Finding => ({
  ...{ id, kind: "essential", check, title: "", what: "", why: "", next: "", docs: "" },
  ...(location ? { location } : {}),
});

const checksLeft = (...findings: Finding[]) => oncePerPlace(findings, FACTS).map((f) => f.check);

test("a helper of two functions is wrong once", () => {
  expect(
    checksLeft(
      finding("wrong-value", "forward.network", at(6)),
      finding("wrong-value", "predict.labels", at(6)),
      finding("wrong-value", "predict.no-dropout", at(7)),
    ),
  ).toEqual(["forward.network", "predict.no-dropout"]);
});

test("what has a name, no place, or only a function for one, stays", () => {
  const all = [
    finding("forward-no-scale", "forward.scaled", at(6)),
    finding("backward-no-scale", "backward.scaled", at(6)),
    finding("wrong-value", "predict.labels", at(40)),
    finding("wrong-value", "predict.no-dropout", at(40)),
    finding("wrong-value", "forward.mask"),
    finding("wrong-value", "forward.applied"),
  ];
  expect(oncePerPlace(all, FACTS)).toEqual(all);
});
