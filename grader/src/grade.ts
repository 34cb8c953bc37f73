/** The whole pipeline, from a path to a report. */

import {
  blockedChecks,
  checkOfFunction,
  checksOfFunction,
  score,
  type Blocked,
} from "./checks/score.ts";
import { symptomsOf } from "./checks/index.ts";
import { diagnose, docsPage, notes, type Diagnosis } from "./catalogue/diagnose.ts";
import { PROBLEMS } from "./catalogue/problems.ts";
import { judge } from "./judge/judge.ts";
import { oncePerPlace } from "./judge/once-per-place.ts";
import { investigate } from "./judge/places.ts";
import type { Graded, Grader, GraderOptions } from "./model/grader.ts";
import type { SourceProblem } from "./model/program.ts";
import type { Finding, Report } from "./model/report.ts";
import { CHECK_IDS } from "./model/rubric.ts";
import type { Sandbox, Session } from "./model/session.ts";
import type { ReadProblem, SubmittedFile } from "./model/submission.ts";
import type { Walk } from "./model/walk.ts";
import { openSandbox } from "./sandbox/open-sandbox.ts";
import { readSubmission } from "./source/read.ts";
import { docsHome, graderVersion } from "./version.ts";

/** Starts the sandbox's worker; `close` ends it. */
export function openGrader(options: GraderOptions): Grader {
  return openGraderOn(openSandbox({ workerUrl: new URL("./worker.js", import.meta.url) }), options);
}

/** A grader that runs submissions in a sandbox of the caller's. */
export function openGraderOn(sandbox: Sandbox, options: GraderOptions): Grader {
  return {
    grade: (path, seed) => grade(path, { seed, sandbox, options }),
    close: () => sandbox.close(),
  };
}

interface Context {
  seed: string;
  sandbox: Sandbox;
  options: GraderOptions;
}

async function grade(path: string, context: Context): Promise<Graded> {
  const read = await readSubmission(path, context.options.limits);
  if (!read.ok) {
    const verdict = stopped([read.problem]);
    return { report: reportOf({ path, files: [], verdict, printed: "" }, context), files: [] };
  }
  const { files } = read.submission;
  const session = await context.sandbox.open(read.submission, context.options.limits);
  try {
    const verdict = await judgeSession(session, context.seed, context.options.walk ?? false);
    return {
      report: reportOf({ path, files, verdict, printed: session.console() }, context),
      files,
    };
  } finally {
    await session.close();
  }
}

interface Verdict {
  findings: Finding[];
  blocked: Blocked;
  walks?: Walk[];
}

async function judgeSession(session: Session, seed: string, walk: boolean): Promise<Verdict> {
  const { problems } = session.program;
  const whole = problems.filter((p) => p.fn === undefined);
  if (whole.length > 0) return stopped(whole);
  const judged = await judge(session, seed);
  const symptoms = symptomsOf(judged.measurements);
  const diagnoses = [...diagnose(judged.measurements, symptoms), ...notes(judged.measurements)];
  const { places, walks } = await investigate(session, judged, {
    culprits: diagnoses.map((d) => d.culprit),
    symptoms,
    walk,
  });
  const placed = diagnoses.map(({ finding }: Diagnosis, k) => withPlace(finding, places[k]));
  const findings = oncePerPlace(placed, session.program.facts);
  const blocked = new Map(blockedChecks(judged.measurements, findings));
  const missing = stopped(problems);
  for (const [id, by] of missing.blocked) blocked.set(id, by);
  return {
    findings: [...missing.findings, ...findings],
    blocked,
    ...(walk ? { walks } : {}),
  };
}

function withPlace(finding: Omit<Finding, "location">, location: Finding["location"]): Finding {
  return location ? { ...finding, location } : finding;
}

/** What stops a function, or all three, with every check that it stops. */
function stopped(problems: readonly (SourceProblem | ReadProblem)[]): Verdict {
  const blocked = new Map<(typeof CHECK_IDS)[number], string>();
  const findings = problems.map((problem): Finding => {
    const { page, title, why, next } = PROBLEMS[problem.id];
    const fn = "fn" in problem ? problem.fn : undefined;
    for (const id of fn ? checksOfFunction(fn) : CHECK_IDS) blocked.set(id, problem.id);
    const meant =
      problem.suggestion === undefined ? "" : ` Did you mean \`${problem.suggestion}\`?`;
    const check = fn ? checkOfFunction(fn) : CHECK_IDS[0];
    const what = `${problem.detail}${meant}`;
    const finding = {
      id: problem.id,
      kind: "essential" as const,
      check,
      title,
      what,
      why,
      next,
      docs: docsPage(page),
    };
    return withPlace(finding, "location" in problem ? problem.location : undefined);
  });
  return { findings, blocked };
}

/** The pages' addresses, where the package says where its repository is; else their paths there. */
function withLinks(findings: readonly Finding[]): Finding[] {
  const home = docsHome();
  return findings.map((f) => (home === undefined ? f : { ...f, docs: `${home}/${f.docs}` }));
}

interface Graded1 {
  path: string;
  files: readonly SubmittedFile[];
  verdict: Verdict;
  printed: string;
}

function reportOf({ path, files, verdict, printed }: Graded1, { seed, options }: Context): Report {
  const checks = score(verdict.findings, verdict.blocked, options);
  const counted = new Set(checks.map((c) => c.id));
  const sum = (of: "points" | "maxPoints") => checks.reduce((total, c) => total + c[of], 0);
  return {
    reportVersion: 1,
    grader: graderVersion(),
    seed,
    submission: { path, files: files.map((f) => ({ path: f.path, sha256: f.sha256 })) },
    status: "graded",
    score: sum("points"),
    maxScore: sum("maxPoints"),
    checks,
    findings: withLinks(verdict.findings.filter((f) => counted.has(f.check))),
    console: printed,
    ...(verdict.walks ? { walks: verdict.walks } : {}),
  };
}
