import { complain, traceOf } from "./complain.ts";
import { parseArguments } from "./options.ts";
import type { TypedOptions } from "./options.ts";
import { subcommandOf } from "./subcommands.ts";
import type { World } from "./world.ts";
import { WrongCall } from "./wrong-call.ts";

const GRADER_FAILED = 3;
const CALL_WAS_WRONG = 2;

/** Carries out `grade …words`. @returns the exit code; never throws. */
export async function main(words: readonly string[], world: World): Promise<number> {
  const voice = {
    out: (text: string) => void world.stdout.write(text),
    err: (text: string) => complain(text, world),
    version: world.version,
  };
  try {
    const subcommand = await subcommandOf(words);
    if (subcommand !== undefined) return await subcommand(words.slice(1), world);
    const parsed = parseArguments(words, voice);
    if ("exitCode" in parsed) return parsed.exitCode;
    return await carryOut(parsed.paths, parsed.options, world);
  } catch (error) {
    if (error instanceof WrongCall) {
      complain(`${error.message}\nSee grade --help.`, world);
      return CALL_WAS_WRONG;
    }
    complain(`the grader failed; this is not the submission's fault.\n${traceOf(error)}`, world);
    return GRADER_FAILED;
  }
}

async function carryOut(
  paths: readonly string[],
  options: TypedOptions,
  world: World,
): Promise<number> {
  if (options.seedFor !== undefined) {
    const { printSeedFor } = await import("./secret.ts");
    return await printSeedFor(options.seedFor, options.secretFile, world);
  }
  if (options.watch === true) {
    const { watchPath } = await import("./watch.ts");
    return await watchPath(paths, options, { world });
  }
  const { gradePaths } = await import("./grade.ts");
  return await gradePaths(paths, options, world);
}
