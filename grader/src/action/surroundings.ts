import { randomBytes, randomUUID } from "node:crypto";
import path from "node:path";
import type { Place } from "../report/github/place.ts";

/** All that the runner says about where an action runs. */
export interface Surroundings {
  env: NodeJS.ProcessEnv;
  /** The repository's root. */
  workspace: string;
  /** A path as a workflow names it, made absolute. */
  inWorkspace(named: string): string;
  /** A folder that is emptied after the job. */
  temp: string;
  freshSeed(): string;
  /** A word that no submission can guess. */
  secretWord(): string;
}

export function surroundingsOf(env: NodeJS.ProcessEnv): Surroundings {
  const workspace = path.resolve(env["GITHUB_WORKSPACE"] || ".");
  return {
    env,
    workspace,
    inWorkspace: (named) => path.resolve(workspace, named),
    temp: path.resolve(env["RUNNER_TEMP"] || "."),
    freshSeed: () => randomBytes(4).toString("hex"),
    secretWord: () => randomUUID(),
  };
}

/** Where a submission stands on GitHub. @param root the submission's own folder, absolute */
export function placeFor(root: string, docs: string, { env, workspace }: Surroundings): Place {
  const between = path.relative(workspace, root);
  const isInside =
    between !== ".." && !between.startsWith(`..${path.sep}`) && !path.isAbsolute(between);
  const server = env["GITHUB_SERVER_URL"];
  const blobOf = (repository: string | undefined, version: string | undefined) =>
    server && repository && version ? `${server}/${repository}/blob/${version}` : undefined;
  const blob = blobOf(env["GITHUB_REPOSITORY"], env["GITHUB_SHA"]);
  const pages = docs || blobOf(env["GITHUB_ACTION_REPOSITORY"], env["GITHUB_ACTION_REF"]);
  return {
    folder: isInside ? between.split(path.sep).join("/") : undefined,
    ...(blob === undefined ? {} : { blob }),
    ...(pages === undefined || pages === "" ? {} : { docs: pages.replace(/\/+$/u, "") }),
  };
}
