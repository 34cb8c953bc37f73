import { readFile } from "node:fs/promises";
import { parse } from "@humanwhocodes/momoa";
import type { z } from "zod";
import { configSchema } from "../model/config.ts";
import type { Config } from "../model/config.ts";
import { limitsSchema } from "../model/limits.ts";
import { CHECK_IDS } from "../model/rubric.ts";
import { didYouMean } from "./suggest.ts";
import { systemWords } from "./system-error.ts";
import { WrongCall } from "./wrong-call.ts";

type Issue = z.core.$ZodIssue;

/** The keys that each part of the configuration may have. */
const KEYS: Record<string, readonly string[]> = {
  "": Object.keys(configSchema.shape),
  points: CHECK_IDS,
  limits: Object.keys(limitsSchema.shape),
};

/** The configuration in `file`, or the default one without a file. @throws WrongCall in one sentence */
export async function readConfig(file: string | undefined): Promise<Config> {
  if (file === undefined) return configSchema.parse({});
  return parseConfig(file, await readText(file));
}

/** The configuration in `text`, which complaints call `name`. @throws WrongCall in one sentence */
export function parseConfig(name: string, text: string): Config {
  const value = parseJson(name, text);
  const result = configSchema.safeParse(value);
  if (result.success) return result.data;
  throw new WrongCall(
    `${quote(name)}: ${result.error.issues.map((issue) => wordsFor(issue, value)).join(" ")}`,
  );
}

async function readText(file: string): Promise<string> {
  try {
    return (await readFile(file, "utf8")).replace(/^\uFEFF/u, "");
  } catch (error) {
    throw new WrongCall(`cannot read the configuration ${quote(file)}: ${systemWords(error)}.`);
  }
}

/** Node's own JSON errors carry no line on every version; this parser's do. */
function parseJson(file: string, text: string): unknown {
  try {
    parse(text, { mode: "json" });
    return JSON.parse(text);
  } catch (error) {
    // Its messages end in `(line:column)`.
    const { message } = error instanceof Error ? error : new Error(String(error));
    const [, words = message, line, column] = /^(.*) \((\d+):(\d+)\)$/su.exec(message) ?? [];
    const where = line === undefined ? "" : ` at line ${line}, column ${column}`;
    throw new WrongCall(`${quote(file)} is not JSON${where}: ${words}`);
  }
}

function wordsFor(issue: Issue, value: unknown): string {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => unknownKey(issue.path, key)).join(" ");
  }
  if (issue.code === "invalid_key")
    return unknownKey(issue.path.slice(0, -1), String(issue.path.at(-1)));
  const found = JSON.stringify(valueAt(value, issue.path));
  return `${nameOf(issue.path)} should be ${expectedBy(issue)}; found ${shortened(found)}.`;
}

function unknownKey(path: Issue["path"], key: string): string {
  const known = KEYS[path.join(".")] ?? [];
  return `unknown key ${quote([...path, key].join("."))}.${didYouMean(key, known) || ` Known: ${known.join(", ")}.`}`;
}

function expectedBy(issue: Issue): string {
  if (issue.code === "too_small") return `at least ${issue.minimum}`;
  if (issue.code === "too_big") return `at most ${issue.maximum}`;
  if (issue.code !== "invalid_type") return `something else (${issue.message})`;
  return (
    {
      int: "a whole number",
      number: "a whole number",
      string: "a text",
      object: "an object",
      record: "an object",
    }[String(issue.expected)] ?? String(issue.expected)
  );
}

function nameOf(path: Issue["path"]): string {
  return path.length === 0 ? "the configuration" : quote(path.join("."));
}

function valueAt(value: unknown, path: Issue["path"]): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === "object" && inner !== null ? Reflect.get(inner, key) : undefined,
    value,
  );
}

function shortened(text: string | undefined): string {
  const found = text ?? "nothing";
  return found.length > 60 ? `${found.slice(0, 59)}…` : found;
}

function quote(text: string): string {
  return JSON.stringify(text);
}
