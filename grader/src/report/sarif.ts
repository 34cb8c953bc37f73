import { CATALOGUE } from "../catalogue/index.ts";
import { NOTES } from "../catalogue/notes.ts";
import { PROBLEMS } from "../catalogue/problems.ts";
import { UNEXPLAINED } from "../model/diagnosis.ts";
import type { Finding, FindingKind } from "../model/report.ts";
import { inWords, plain } from "./cases.ts";
import type { DocumentFormat, Entry } from "./document.ts";
import { escapeJson, visible } from "./escape.ts";
import { listed } from "./pieces.ts";

const LEVEL: Record<FindingKind, "error" | "warning" | "note"> = {
  essential: "error",
  actionable: "warning",
  informative: "note",
  celebratory: "note",
};

/** What no entry of the catalogue explains. */
const WRONG_VALUE = {
  id: UNEXPLAINED,
  title: "A value is wrong, and no known mistake explains it",
  why: "",
};

/** SARIF 2.1.0, as GitHub's code scanning and most editors read it. */
export const sarifDocument: DocumentFormat = ({ grader }) => {
  const results = listed();
  const driver = { name: "dropout-grader", semanticVersion: visible(grader), rules: rules() };
  const $schema = "https://json.schemastore.org/sarif-2.1.0.json";
  const head = escapeJson(JSON.stringify({ $schema, version: "2.1.0" })).slice(0, -1);
  return {
    open: `${head},"runs":[{"tool":${escapeJson(JSON.stringify({ driver }))},"columnKind":"utf16CodeUnits","results":[`,
    entry: (entry) =>
      resultsOf(entry)
        .map((result) => results.next(escapeJson(JSON.stringify(result))))
        .join(""),
    close: () => "\n]}]}\n",
  };
};

function rules(): object[] {
  const problems = Object.entries(PROBLEMS).map(([id, words]) => ({ id, ...words }));
  return [...CATALOGUE, ...NOTES, ...problems, WRONG_VALUE].map(({ id, title, why }) => ({
    id,
    shortDescription: { text: title },
    fullDescription: { text: why === "" ? title : why },
  }));
}

function resultsOf({ outcome }: Entry): object[] {
  if (outcome.kind !== "graded") return [];
  const { report } = outcome.graded;
  const { path, files } = report.submission;
  const entry = files[0]?.path ?? "src/dropout.ts";
  return report.findings.map((finding) => ({
    ruleId: visible(finding.id),
    level: LEVEL[finding.kind],
    message: { text: inWords(finding) },
    locations: [{ physicalLocation: placeOf(finding, path, entry) }],
    partialFingerprints: { "finding/v1": plain(`${path}#${finding.check}#${finding.id}`) },
    properties: { check: finding.check },
  }));
}

/** A place is needed everywhere; the first line stands for the whole program. */
function placeOf({ location }: Finding, path: string, entry: string): object {
  const uri = uriOf(path, location?.file ?? entry);
  if (location === undefined) return { artifactLocation: { uri }, region: { startLine: 1 } };
  const { line, column, endLine, endColumn } = location;
  const region = { startLine: line, startColumn: column, endLine, endColumn };
  return { artifactLocation: { uri }, region };
}

/** Relative to the folder that `grade` was called in, with `/`. */
function uriOf(path: string, file: string): string {
  const folder = /\.[cm]?[tj]sx?$/u.test(path) ? path.replace(/[^/\\]*$/u, "") : path;
  const parts = [...folder.split(/[/\\]/u), ...file.split("/")].filter(
    (part) => part !== "" && part !== ".",
  );
  const uri = parts.map((part) => encodeURIComponent(part.replace(/\p{Cs}/gu, "\uFFFD"))).join("/");
  return folder.startsWith("/") ? `/${uri}` : uri;
}
