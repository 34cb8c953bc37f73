/** Which files a relative import may mean. Shared by the reader and the compiler, so that they agree. */

import { posix } from "node:path";

const QUOTED_RELATIVE = /(["'`])(\.{1,2}(?:\/[^"'`\\\r\n]{0,200})?)\1/g;

/**
 * Everything quoted that reads like a relative import, without parsing: some of it may be a
 * comment or a string of another meaning. Linear in the length of the text.
 */
export function relativeSpecifiers(text: string): string[] {
  return Array.from(new Set(Array.from(text.matchAll(QUOTED_RELATIVE), (match) => match[2] ?? "")));
}

/** True for `./x`, `../x`, `.` and `..`. */
export function isRelative(specifier: string): boolean {
  return /^\.{1,2}(\/|$)/.test(specifier);
}

/** What `specifier` in the file `from` points at, or nothing where that is outside of the folder `root`. */
export function target(from: string, specifier: string, root: string): string | undefined {
  const path = posix.join(posix.dirname(from), specifier);
  if (root === ".") return path === ".." || path.startsWith("../") ? undefined : path;
  return path === root || path.startsWith(`${root}/`) ? path : undefined;
}

/**
 * The files that a target may mean, best first, as TypeScript looks for them: `x` is `x.ts`,
 * `x/index.ts`, `x.js`, `x/index.js`; `x.js` is `x.ts` before it is itself.
 */
export function candidates(path: string): string[] {
  const bare = path.replace(/\/$/, "");
  const added = [`${bare}.ts`, `${bare}/index.ts`, `${bare}.js`, `${bare}/index.js`];
  if (bare.endsWith(".js")) return [`${bare.slice(0, -3)}.ts`, bare, ...added];
  if (bare.endsWith(".ts")) return [bare, ...added];
  return bare === path ? added : [`${bare}/index.ts`, `${bare}/index.js`];
}
