import { existsSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY } from "./runner.ts";

/**
 * Where `npm ci --prefix grader/test/action/tools` puts what the action is tried with, as `.ci/run`
 * does. Without it those tests are left out: no test installs anything.
 */
export const TOOLS = join(REPOSITORY, "grader/test/action/tools");

const SOURCE = join(TOOLS, "node_modules/@github/local-action/src/index.ts");

/** The entry of GitHub's `local-action`; nothing where it is not installed. */
export const localAction = existsSync(SOURCE) ? SOURCE : undefined;
