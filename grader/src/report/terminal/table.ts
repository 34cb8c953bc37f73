import type { CheckResult, Report } from "../../model/report.ts";
import { visible } from "../escape.ts";
import type { Page } from "./finding.ts";
import type { Paint } from "./paint.ts";
import { hang } from "./wrap.ts";

/** The checks, one a row: a mark, points, id, and its title or what it waits for. */
export function checkTable({ checks }: Report, page: Page): string[] {
  const pointColumns = Math.max(0, ...checks.map((check) => pointsOf(check).length));
  const idColumns = Math.max(0, ...checks.map((check) => check.id.length));
  return checks.flatMap((check) => {
    const lead = `${page.paint.marks[check.status]} ${pointsOf(check).padStart(pointColumns)}  ${check.id.padEnd(idColumns)}  `;
    const [first = "", ...rest] = hang(lead, words(check, page.paint), {
      indent: 2,
      width: page.width,
    });
    return [`  ${colored(lead, check, page.paint)}${first.slice(2 + lead.length)}`, ...rest];
  });
}

function pointsOf(check: CheckResult): string {
  return check.status === "faulted" ? `?/${check.maxPoints}` : `${check.points}/${check.maxPoints}`;
}

function words(check: CheckResult, paint: Paint): string {
  const title = visible(check.title);
  switch (check.status) {
    case "passed":
      return title;
    case "failed":
      return `${title}: failed`;
    case "blocked":
      return paint.dim(`${title}: blocked by ${visible(check.blockedBy ?? "an earlier failure")}`);
    case "faulted":
      return `${title}: the grader failed here, not you`;
  }
}

function colored(lead: string, check: CheckResult, paint: Paint): string {
  const color = {
    passed: paint.good,
    failed: paint.bad,
    blocked: paint.dim,
    faulted: paint.notice,
  }[check.status];
  const end = paint.marks[check.status].length;
  return `${color(lead.slice(0, end))}${lead.slice(end)}`;
}
