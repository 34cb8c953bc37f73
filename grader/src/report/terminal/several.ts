import type { Graded } from "../../model/grader.ts";
import type { Report } from "../../model/report.ts";
import { defuse, visible } from "../escape.ts";
import type { Closing, Look, Reporter } from "../reporter.ts";
import { placeOf } from "./finding.ts";
import { paintFor } from "./paint.ts";
import type { Paint } from "./paint.ts";
import { faultOf, sortFindings } from "./sort.ts";
import { hang, prose } from "./wrap.ts";

/** One submission of several: its score, and the one thing to repair first in short. */
export const compactReport: Reporter = ({ report }, look) => {
  const paint = paintFor(look);
  const { mark, score } = verdict(report, paint);
  const [first = "", ...rest] = hang("  ", `${visible(report.submission.path)}: ${score}`, {
    indent: 0,
    width: look.width,
  });
  return defuse(`${[`${mark} ${first.slice(2)}`, ...rest, ...inShort(report, look)].join("\n")}\n`);
};

/** How many were graded, had full marks, and could not be graded. */
export const terminalClosing: Closing = (graded, look) => {
  if (!look.several) return "";
  const reports = graded.map(({ report }: Graded) => report);
  const done = reports.filter((report) => report.status === "graded");
  const full = done.filter((report) => report.score === report.maxScore).length;
  const line = `${done.length} graded, ${full} with full marks, ${reports.length - done.length} not gradable.`;
  return `\n${paintFor(look).bold(line)}\n`;
};

function verdict(report: Report, paint: Paint): { mark: string; score: string } {
  if (report.status === "ungradable") {
    return { mark: paint.notice(paint.marks.faulted), score: paint.notice("not gradable") };
  }
  const score = `${report.score} of ${report.maxScore} points`;
  if (report.score === report.maxScore) return { mark: paint.good(paint.marks.passed), score };
  if (sortFindings(report).isNotStarted)
    return { mark: paint.marks.blocked, score: `${score}, not started yet` };
  return { mark: paint.bad(paint.marks.failed), score: paint.bold(score) };
}

function inShort(report: Report, { width }: Look): string[] {
  const place = { indent: 4, width };
  if (report.status === "ungradable")
    return prose(`The grader failed, not the student: ${faultOf(report)}`, place);
  const { lead, further } = sortFindings(report);
  if (lead === undefined) return [];
  const at = placeOf(lead);
  const more = further.length === 0 ? "" : ` (and ${further.length} more)`;
  return [...prose(`${lead.title}${more}`, place), ...prose(at, place), ...prose(lead.what, place)];
}
