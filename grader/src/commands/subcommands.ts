import { CommanderError } from "commander";
import type { Command } from "commander";
import type { Voice } from "./options.ts";
import type { World } from "./world.ts";

/** Carries out the words after its own name. @returns the exit code. @throws WrongCall */
export type Subcommand = (words: readonly string[], world: World) => Promise<number>;

/**
 * What `grade` does when the first word is one of these. Each is loaded when it is called. A
 * folder of such a name is graded as `./explain`.
 */
const SUBCOMMANDS: ReadonlyMap<string, () => Promise<Subcommand>> = new Map([
  ["class", async () => (await import("./class.ts")).classCommand],
  ["merge", async () => (await import("./merge.ts")).mergeCommand],
  ["verify", async () => (await import("./verify.ts")).verify],
  ["explain", async () => (await import("./explain.ts")).explain],
  ["experiment", async () => (await import("./experiment.ts")).experiment],
  ["doctor", async () => (await import("./doctor.ts")).doctor],
  ["init", async () => (await import("./init.ts")).init],
  ["selftest", async () => (await import("./selftest.ts")).selftest],
]);

/** The subcommand that the words begin with. */
export async function subcommandOf(words: readonly string[]): Promise<Subcommand | undefined> {
  return await SUBCOMMANDS.get(words[0] ?? "")?.();
}

/** Where a subcommand's help and complaints go. */
export function voiceOf(world: World, complain: Voice["err"]): Voice {
  return {
    out: (text) => void world.stdout.write(text),
    err: complain,
    version: world.version,
  };
}

/** Reads a subcommand's words. @returns an exit code where help or a complaint was all. */
export function parseWords(
  command: Command,
  words: readonly string[],
  voice: Voice,
): 0 | 2 | undefined {
  command
    .helpOption("--help", "show this help")
    .exitOverride()
    .configureOutput({
      writeOut: voice.out,
      outputError: (text) => voice.err(text.replace(/^error: /u, "")),
    });
  try {
    command.parse(words, { from: "user" });
    return undefined;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? 0 : 2;
  }
}
