/** The entry of the GitHub Action, `.github/actions/grade`: `npm run bundle` makes one file of it. */

import { runAction, sayFault } from "./action/run.ts";
import { surroundingsOf } from "./action/surroundings.ts";

const GRADER_FAILED = 3;

let hasFailed = false;

// Node would print it as it is, and it may quote a submission.
process.on("uncaughtException", (error) => {
  hasFailed = true;
  process.exitCode = GRADER_FAILED;
  sayFault(error);
});

const finished = runAction(
  surroundingsOf(process.env),
  () => import("./grade.ts"),
  // Made by `scripts/bundle-action.js`, beside the bundle.
  new URL("./given.json", import.meta.url),
);

/** For who starts an action by a function, as `@github/local-action` does: it has started already. */
export async function run(): Promise<void> {
  await finished;
}

const exitCode = await finished;
process.exitCode = hasFailed ? GRADER_FAILED : exitCode;
