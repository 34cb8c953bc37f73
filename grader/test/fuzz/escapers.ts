import fc from "fast-check";
import { reportSchema } from "../../src/model/report.ts";
import type { Graded } from "../../src/model/grader.ts";
import { FORMATS, reporters } from "../../src/report/index.ts";
import { gradedOf, hostileText } from "../report/hostile.ts";
import { PLAIN } from "../report/samples.ts";
import { defineFuzzer, insist } from "./fuzzer.ts";

/** What no log, terminal or file may hold raw; a CSV file ends its lines as its standard says. */
export const RAW =
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]|\p{Cs}/u;
const JSON_FORMATS = new Set(["json", "ndjson"]);

/** What a build log would obey. */
export function commandIn(output: string): string | undefined {
  return output
    .split("\n")
    .find((line) => /^\s*::/u.test(line) || /##(?:vso|teamcity)?\[/u.test(line));
}

/** Any text in any field of a report comes out of every format as text. */
export const escaperFuzzer = defineFuzzer({
  name: "escapers",
  promise: "every report was written in every format without anything raw in it",
  cases: fc.record({ graded: gradedOf(hostileText), several: fc.boolean() }),
  check: ({ graded, several }: { graded: Graded; several: boolean }) => {
    for (const format of FORMATS) {
      const reporter = reporters[format];
      const look = { ...PLAIN, several };
      const output = reporter.report(graded, look) + (reporter.closing?.([graded], look) ?? "");
      insist(!RAW.test(output), `${format}: a raw character: ${RAW.exec(output)?.[0]}`);
      insist(commandIn(output) === undefined, `${format}: a command: ${commandIn(output)}`);
      if (JSON_FORMATS.has(format)) {
        const again = JSON.stringify(reportSchema.parse(JSON.parse(output)));
        insist(again.length > 0, `${format}: it does not read back`);
      }
    }
  },
});
