import type { Report } from "../../model/report.ts";
import type { Entry } from "../document.ts";

/**
 * The entry without whatever a student could have written a name into: code, paths, printed text,
 * and measured values, which quote the code, as the walk through it does. The names themselves are the caller's to replace.
 */
export function withoutTraces(entry: Entry): Entry {
  const { outcome } = entry;
  const nameless = { ...entry, name: entry.id, columns: {} };
  if (outcome.kind === "ungradable") {
    return { ...nameless, outcome: { kind: "ungradable", because: "" } };
  }
  if (outcome.kind === "missing") return nameless;
  const report = cleared(outcome.graded.report);
  return { ...nameless, outcome: { kind: "graded", graded: { report, files: [] } } };
}

function cleared({ walks: _walks, ...report }: Report): Report {
  const findings = report.findings.map(({ location: _location, ...rest }) => ({
    ...rest,
    what: "",
  }));
  const submission = { path: "", files: [] };
  return { ...report, submission, seed: "", console: "", findings };
}
