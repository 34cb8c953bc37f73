import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { limitsSchema } from "../../src/model/limits.ts";
import type { Location, Submission } from "../../src/model/submission.ts";
import { openSandbox } from "../../src/sandbox/open-sandbox.ts";
import type { Sandbox } from "../../src/model/session.ts";
import { defineFuzzer, insist } from "./fuzzer.ts";
import type { Fuzzer } from "./fuzzer.ts";

const SOLUTIONS = fileURLToPath(new URL("../../../solutions/", import.meta.url));

/** Every source of the corpora, hostile ones too. */
const SOURCES: readonly string[] = readdirSync(SOLUTIONS, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
  .map((entry) => join(entry.parentPath, entry.name))
  .toSorted()
  .map((path) => readFileSync(path, "utf8"));

const SNIPPETS = [
  "(",
  ")",
  "{",
  "}",
  "[",
  "]",
  "<",
  ">",
  "`",
  "${",
  '"',
  "'",
  "/*",
  "*/",
  "//",
  "\\",
  "\n",
  "\0",
  "\uFEFF",
  "\u2028",
  "\u202E",
  "\uD800",
  "=>",
  "...",
  "?.",
  "??=",
  "#x",
  "@x",
  "async ",
  "await ",
  "yield ",
  "import ",
  "export ",
  "export default ",
  "import('x')",
  'import "./x"',
  "enum E {}",
  "namespace N {}",
  "abstract ",
  "declare ",
  "satisfies any",
  "as const",
  "class extends ",
  "get ",
  "static {",
  "for (;;) {}",
  "/(/",
  "/x/v",
  "0x",
  "1n",
  "1_",
  "<T,>",
  "<div/>",
  "type ",
  "using x = ",
  "new.target",
  "import.meta",
  "super",
  "this",
  "with (x)",
  "<<<<<<< HEAD\n",
  "export = 1",
  "rng()",
] as const;

type Edit = { at: number; cut: number; put: string };

const edit: fc.Arbitrary<Edit> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  cut: fc.oneof(fc.nat(3), fc.nat(200)),
  put: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...SNIPPETS) },
    fc.string({ unit: "binary", maxLength: 6 }),
    fc.tuple(fc.constantFrom(...SNIPPETS), fc.nat(300)).map(([text, n]) => text.repeat(n)),
  ),
});

function mutated(text: string, edits: readonly Edit[]): string {
  return edits.reduce((now, { at, cut, put }) => {
    const start = Math.floor(at * now.length);
    return now.slice(0, start) + put + now.slice(start + cut);
  }, text);
}

/** A program of the corpora with up to eight places changed. */
const cases = fc
  .record({
    source: fc.nat(SOURCES.length - 1),
    edits: fc.array(edit, { minLength: 1, maxLength: 8 }),
  })
  .map(({ source, edits }) => ({ text: mutated(SOURCES[source] ?? "", edits).slice(0, 65_536) }));

/** Short, so that programs that now hang do not take the night. */
const LIMITS = limitsSchema.parse({ callMs: 200, graceMs: 200, totalMs: 1500 });

function submissionOf(text: string): Submission {
  const file = { path: "src/dropout.ts", text, sha256: "" };
  return { path: "fuzz", entry: file.path, files: [file] };
}

function checkPlace(text: string, { line, column, endLine, endColumn }: Location): void {
  const lines = text.split(/\r\n|[\n\r\u2028\u2029]/u);
  const fits = (l: number, c: number) => l >= 1 && c >= 1 && c <= (lines[l - 1]?.length ?? -1) + 2;
  insist(fits(line, column), `there is no line ${line}, column ${column}`);
  insist(
    endLine > line || (endLine === line && endColumn >= column),
    "a place that ends before it begins",
  );
}

/** Whatever the text, reading and loading it ends in a program or in problems with their places. */
export function sourceFuzzer(workerUrl: URL): Fuzzer {
  let sandbox: Sandbox | undefined;
  return defineFuzzer({
    name: "sources",
    promise: "every text was read and loaded, or refused with a place that is there",
    cases,
    check: async ({ text }: { text: string }) => {
      sandbox ??= openSandbox({ workerUrl });
      const started = performance.now();
      const session = await sandbox.open(submissionOf(text), LIMITS);
      const { problems, callable, facts } = session.program;
      await session.close();
      insist(performance.now() - started < 60_000, "it took longer than a minute");
      insist(problems.length > 0 || callable.length > 0, "neither a program nor a problem");
      for (const { location, detail } of problems) {
        insist(detail !== "" && detail.length <= 501, `words of ${detail.length} characters`);
        if (location !== undefined) checkPlace(text, location);
      }
      for (const { location } of facts.uses) checkPlace(text, location);
    },
    close: async () => sandbox?.close(),
  });
}
