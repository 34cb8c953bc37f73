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

const exitCode = await runAction(
  surroundingsOf(process.env),
  () => import("./grade.ts"),
  // Made by `scripts/bundle-action.js`, beside the bundle.
  new URL("./given.json", import.meta.url),
);
process.exitCode = hasFailed ? GRADER_FAILED : exitCode;
