import { getInput } from "@actions/core";
import { parseConfig, readConfig } from "../commands/config.ts";
import { settle } from "../commands/settings.ts";
import type { Settings } from "../commands/settings.ts";
import { WrongCall } from "../commands/wrong-call.ts";
import type { Config } from "../model/config.ts";
import { REVEALS } from "../report/reveal.ts";
import type { Reveal } from "../report/reveal.ts";
import type { Surroundings } from "./surroundings.ts";

/** What the workflow asked for, checked. */
export interface Inputs {
  path: string;
  settings: Settings;
  config: Config;
  reveal: Reveal;
  /** Where the pages about findings are, if not beside the action. */
  docs: string;
  /** Where Classroom 50 wants its result; `""` for nowhere. */
  classroom50: string;
}

/** Reads `with:`. @throws WrongCall */
export async function readInputs({ inWorkspace, freshSeed }: Surroundings): Promise<Inputs> {
  const config = await configFrom(getInput("config"), inWorkspace);
  const seed = getInput("seed");
  const minScore = wholeNumber(getInput("minimum-score"));
  const typed = {
    // Folded in the summary, it is in nobody's way.
    walk: true as const,
    ...(seed === "" ? {} : { seed }),
    ...(minScore === undefined ? {} : { minScore }),
  };
  return {
    path: getInput("path") || ".",
    settings: settle(typed, config, freshSeed),
    config,
    reveal: revealBy(getInput("reveal")),
    docs: getInput("docs"),
    classroom50: getInput("classroom50"),
  };
}

/** A file of the repository, or JSON that stands in the workflow itself, out of a student's reach. */
async function configFrom(input: string, inWorkspace: (path: string) => string): Promise<Config> {
  if (input.startsWith("{")) return parseConfig("config", input);
  return readConfig(input === "" ? undefined : inWorkspace(input));
}

function wholeNumber(input: string): number | undefined {
  if (input === "") return undefined;
  if (/^\d{1,9}$/u.test(input)) return Number(input);
  throw new WrongCall(
    `minimum-score should be a whole number, 0 or more; found ${JSON.stringify(input)}.`,
  );
}

function revealBy(input: string): Reveal {
  const known = input === "" ? "everything" : REVEALS.find((word) => word === input);
  if (known !== undefined) return known;
  throw new WrongCall(
    `reveal should be one of ${REVEALS.join(", ")}; found ${JSON.stringify(input)}.`,
  );
}
