import { WrongCall } from "../commands/wrong-call.ts";
import { writeWhole } from "../commands/output.ts";
import type { Report } from "../model/report.ts";
import { classroom50Result } from "../report/github/classroom50.ts";
import type { Surroundings } from "./surroundings.ts";

/** Writes Classroom 50's result; what it asks of an environment, its runner and our script set. */
export async function writeClassroom50(
  file: string,
  report: Report,
  { env, inWorkspace }: Surroundings,
): Promise<void> {
  // A report without a mark is the runner's to report: it does so where there is no file.
  if (file === "" || report.status === "ungradable") return;
  const said = (name: string): string => {
    const value = env[name];
    if (value) return value;
    throw new WrongCall(`classroom50 needs ${name} in the environment, and it is not there.`);
  };
  const commit = said("COMMIT_URL");
  const identity = {
    classroom: said("CLASSROOM"),
    assignment: said("ASSIGNMENT"),
    submission: said("SUBMISSION_TAG"),
    commit,
    release: said("RELEASE_URL"),
    review: env["REVIEW_URL"] || commit,
    datetime: said("SUBMITTED_AT"),
  };
  await writeWhole(inWorkspace(file), classroom50Result(report, identity));
}
