import { complain, traceOf } from "./complain.ts";
import { parseArguments } from "./options.ts";
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
  const parsed = parseArguments(words, voice);
  if ("exitCode" in parsed) return parsed.exitCode;
  try {
    const { gradePaths } = await import("./grade.ts");
    return await gradePaths(parsed.paths, parsed.options, world);
  } catch (error) {
    if (error instanceof WrongCall) {
      complain(`${error.message}\nSee grade --help.`, world);
      return CALL_WAS_WRONG;
    }
    complain(`the grader failed; this is not the submission's fault.\n${traceOf(error)}`, world);
    return GRADER_FAILED;
  }
}
