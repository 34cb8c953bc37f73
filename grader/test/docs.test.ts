import { readFileSync, readdirSync } from "node:fs";
import { ts } from "ts-morph";
import { describe, expect, test } from "vitest";
import { CHECK_IDS } from "../src/model/rubric.ts";

const FOLDER = new URL("../../docs/misconceptions/", import.meta.url);

/** Pages about a program that does not run, or breaks the agreement; no belief stands behind these. */
const PROBLEMS = new Set([
  "backward-needs-extra-keys",
  "export-missing",
  "export-not-a-function",
  "forbidden-import",
  "import-failed",
  "import-not-found",
  "incomplete-cache",
  "not-finite",
  "not-started",
  "out-of-memory",
  "predict-returns-probabilities",
  "predict-threshold",
  "random-in-predict",
  "remembers-between-calls",
  "rng-ignored",
  "stack-overflow",
  "submission-unreadable",
  "syntax-error",
  "timed-out",
  "wrong-kind-of-result",
  "wrong-value",
]);

const HEADINGS = {
  misconception: ["What you see", "The belief behind it", "An experiment to try", "Look again"],
  problem: ["What you see", "Why it happens", "Try this", "Look again"],
  note: ["What you see", "Why it is fine", "Worth knowing"],
};

/** One page, cut into the parts that the rules below are about. */
interface Page {
  id: string;
  family: keyof typeof HEADINGS;
  frontMatter: Record<string, string>;
  /** Everything below the front matter. */
  text: string;
  /** The `## ` headings in order, with what stands under each. */
  sections: { heading: string; text: string }[];
}

function familyOf(id: string): Page["family"] {
  if (id.startsWith("note-")) return "note";
  return PROBLEMS.has(id) ? "problem" : "misconception";
}

function readPage(file: string): Page {
  const id = file.replace(/\.md$/u, "");
  const parts = /^---\n([\s\S]*?)\n---\n\n([\s\S]*)$/u.exec(
    readFileSync(new URL(file, FOLDER), "utf8"),
  );
  const text = parts?.[2] ?? "";
  const fields = (parts?.[1] ?? "").split("\n").map((line): [string, string] => {
    const colon = line.indexOf(": ");
    return [line.slice(0, colon), line.slice(colon + 2)];
  });
  const sections = text
    .split(/^## /mu)
    .slice(1)
    .map((part) => {
      const end = part.indexOf("\n");
      return { heading: part.slice(0, end), text: part.slice(end + 1) };
    });
  return { id, family: familyOf(id), frontMatter: Object.fromEntries(fields), text, sections };
}

function tsBlocks(text: string): string[] {
  return Array.from(text.matchAll(/^```ts\n([\s\S]*?)^```$/gmu), (match) => match[1] ?? "");
}

function syntaxErrors(code: string): string[] {
  const { diagnostics = [] } = ts.transpileModule(code, { reportDiagnostics: true });
  return diagnostics.map((each) => ts.flattenDiagnosticMessageText(each.messageText, "\n"));
}

const files = readdirSync(FOLDER).filter((file) => file.endsWith(".md") && file !== "README.md");
const pages = files.map(readPage);

describe.each(pages)("the page $id", (page) => {
  test("says in its front matter what it is about", () => {
    expect(Object.keys(page.frontMatter)).toEqual(["id", "title", "check"]);
    expect(page.frontMatter["id"]).toBe(page.id);
    expect([...CHECK_IDS, "any"]).toContain(page.frontMatter["check"]);
  });

  test("has its title as its only first heading, in at most 60 characters", () => {
    const titles = Array.from(page.text.matchAll(/^# (.*)$/gmu), (match) => match[1]);
    expect(titles).toEqual([page.frontMatter["title"]]);
    expect(page.text.startsWith(`# ${page.frontMatter["title"]}\n`)).toBe(true);
    expect(page.frontMatter["title"]?.length).toBeLessThanOrEqual(60);
  });

  test("has the sections of its family, in order, none of them empty", () => {
    expect(page.sections.map(({ heading }) => heading)).toEqual(HEADINGS[page.family]);
    for (const { text } of page.sections) expect(text.trim().length).toBeGreaterThan(40);
  });

  test("is short enough to be read and long enough to help", () => {
    const words = page.text.split(/\s+/u).filter((word) => /\w/u.test(word)).length;
    expect(words).toBeGreaterThanOrEqual(100);
    expect(words).toBeLessThanOrEqual(450);
  });

  test("has only TypeScript that parses", () => {
    for (const code of tsBlocks(page.text)) expect(syntaxErrors(code), code).toEqual([]);
  });

  test("keeps code out of where to look again", () => {
    expect(page.sections.at(-1)?.text).not.toContain("```");
  });

  if (page.family === "misconception") {
    test("shows the mistake, in a few lines, and marks it as wrong", () => {
      const shown = tsBlocks(page.sections[0]?.text ?? "");
      expect(shown).toHaveLength(1);
      expect(shown[0]).toContain("❌");
      expect(shown[0]?.trim().split("\n").length).toBeLessThanOrEqual(8);
    });
  }
});

describe("docs/misconceptions/README.md", () => {
  const index = readFileSync(new URL("README.md", FOLDER), "utf8");
  const row = /^\| \[(.*?)\]\((.*?)\.md\) +\| `(.*?)` +\| `?([a-z.-]+)`? +\|$/gmu;
  const rows = Array.from(index.matchAll(row), ([, title, link, id, check]) => {
    return { title, link, id, check };
  });

  test("lists every page once, with its title and check", () => {
    const byId = (a: { id?: string | undefined }, b: { id?: string | undefined }): number =>
      (a.id ?? "") < (b.id ?? "") ? -1 : 1;
    const expected = pages.map(({ id, frontMatter }) => {
      return { title: frontMatter["title"], link: id, id, check: frontMatter["check"] };
    });
    expect(rows.toSorted(byId)).toEqual(expected.toSorted(byId));
  });
});

test("every problem named in this test has its page", () => {
  const ids = pages.map(({ id }) => id);
  expect(ids).toEqual(expect.arrayContaining([...PROBLEMS]));
});
