import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));
export const CLI = path.join(ROOT, "grader/bin/grade.js");
export const ACTION = path.join(ROOT, ".github/actions/grade/dist/index.js");
export const VITEST = path.join(path.dirname(require.resolve("vitest/package.json")), "vitest.mjs");
export const RIGHT = path.join(ROOT, "solutions/correct/course");
export const WRONG = path.join(ROOT, "solutions/wrong/forward-no-scale/loops");
