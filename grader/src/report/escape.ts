/**
 * What no terminal and no log may get from a student: control characters (C0, C1, DEL), format
 * characters (bidirectional controls, zero-width characters, tags), halves of surrogate pairs,
 * line and paragraph separators, and what else Unicode draws as nothing: fillers, and code points
 * set aside for more of the same.
 */
const UNSEEN =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u115F\u1160\u2065\u3164\uFFA0\uFFF0-\uFFF8\u{E0000}-\u{E0FFF}]/gu;

/** The same, for one character at a time. */
const ONE_UNSEEN = new RegExp(UNSEEN.source, "u");

/** SGR sequences, the only ones that the reporters write themselves. */
const COLOR = String.raw`\u001B\[[\d;]*m`;

/**
 * GitHub's runner takes a line that begins with `::`, blanks aside, for a command, and finds
 * `##[` anywhere in it; Azure Pipelines and TeamCity read `##vso[` and `##teamcity[`.
 */
const COMMAND_AT_START = new RegExp(String.raw`^((?:\s|${COLOR})*):(?=(?:${COLOR})*:)`, "gmu");
const COMMAND_ANYWHERE = /#(?=#\w*\[)/gu;

/** Text of one line with everything that cannot be seen written as `\u{…}`, line breaks too. */
export function visible(text: string): string {
  return text.replace(UNSEEN, codePoint);
}

/** True for a character that `visible` would write as `\u{…}`. */
export function isUnseen(character: string): boolean {
  return ONE_UNSEEN.test(character);
}

/** Splits where an editor and the TypeScript compiler see a new line. */
export function linesOf(text: string): string[] {
  return text.split(/\r\n|[\n\r\u2028\u2029]/u);
}

/** A finished text, of any number of lines, without anything a build log reads as a command. */
export function defuse(text: string): string {
  return text
    .replace(COMMAND_AT_START, String.raw`$1\u{3a}`)
    .replace(COMMAND_ANYWHERE, String.raw`\u{23}`);
}

/** JSON that says the same, with what cannot be seen and what a log could obey as `\uXXXX`. */
export function escapeJson(json: string): string {
  const seen = json.replace(UNSEEN, (character) =>
    character === "\n" ? character : codeUnits(character),
  );
  return seen.replace(COMMAND_ANYWHERE, String.raw`\u0023`);
}

function codePoint(character: string): string {
  return `\\u{${character.codePointAt(0)?.toString(16)}}`;
}

function codeUnits(character: string): string {
  const units = Array.from({ length: character.length }, (_, i) => character.charCodeAt(i));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("");
}
