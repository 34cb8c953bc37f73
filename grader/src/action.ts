/** The entry of the GitHub Action, `.github/actions/grade`: `npm run bundle` makes one file of it. */

import { runAction } from "./action/run.ts";
import { surroundingsOf } from "./action/surroundings.ts";

process.exitCode = await runAction(
  surroundingsOf(process.env),
  () => import("./grade.ts"),
  // Made by `scripts/bundle-action.js`, beside the bundle.
  new URL("./given.json", import.meta.url),
);
