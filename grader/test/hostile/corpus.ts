import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";

/** The folders `<threat>-<name>`, each a submission with what is expected of it. */
export const HOSTILE = fileURLToPath(new URL("../../../solutions/hostile/", import.meta.url));

/** How a submission ended, apart from every other way. */
export const VERDICTS = [
  "right",
  "wrong",
  "error",
  "timeout",
  "memory",
  "stack",
  "refused",
] as const;
export type Verdict = (typeof VERDICTS)[number];

const expectedSchema = z.strictObject({
  /** The kind of attack, counted from 1. */
  threat: z.int().min(1).max(52),
  /** The functions that may lose marks; the others keep all of theirs. */
  attacks: z.array(z.enum(["forward", "backward", "predict"])),
  verdict: z.enum(VERDICTS),
  /** Ids, in the order of the report. */
  findings: z.array(z.string()),
  /** A regular expression that the first finding's words match. */
  message: z.string().optional(),
  /** Something that the program prints and the report shows. */
  console: z.string().optional(),
  score: z.int().min(0).max(100),
});

export type Expected = z.infer<typeof expectedSchema>;

export interface HostileSubmission {
  name: string;
  path: string;
  /** The text of its `src/dropout.ts`. */
  text: string;
  expected: Expected;
}

/** Every folder of the corpus, in the order of the threats. */
export const CORPUS: readonly HostileSubmission[] = readdirSync(HOSTILE)
  .toSorted()
  .map((name) => {
    const path = join(HOSTILE, name);
    const expected = expectedSchema.parse(
      JSON.parse(readFileSync(join(path, "expected.json"), "utf8")),
    );
    return { name, path, text: readFileSync(join(path, "src/dropout.ts"), "utf8"), expected };
  });

const BY_FINDING: Record<string, Verdict> = {
  "timed-out": "timeout",
  "import-timed-out": "timeout",
  "out-of-memory": "memory",
  "import-out-of-memory": "memory",
  "stack-overflow": "stack",
  "crash-or-shape": "error",
  "import-failed": "error",
  "import-crashed": "error",
  "syntax-error": "refused",
  "forbidden-import": "refused",
  "import-not-found": "refused",
  "source-too-complex": "refused",
  "export-missing": "refused",
  "export-not-a-function": "refused",
};

/** The verdict that a report's first costly finding stands for. */
export function verdictOf(findings: readonly { id: string; kind: string }[]): Verdict {
  const first = findings.find(({ kind }) => kind === "essential");
  if (first === undefined) return "right";
  return BY_FINDING[first.id] ?? "wrong";
}
