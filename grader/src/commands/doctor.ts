import { Command } from "commander";
import type { ProbeResult } from "../model/machine.ts";
import { defuse, visible } from "../report/escape.ts";
import { complain } from "./complain.ts";
import { lookFor } from "./look.ts";
import { parseWords, voiceOf } from "./subcommands.ts";
import type { Subcommand } from "./subcommands.ts";
import type { World } from "./world.ts";

const SOUND = 0;
const UNSOUND = 3;

/** `grade doctor`: can strangers' code be run here? @returns 0, or 3 where it must not be */
export const doctor: Subcommand = async (words, world) => {
  const command = new Command("grade doctor")
    .description(
      "Tries on this machine what running strangers' code relies on: that loops are ended, and that memory and stack stay within their limits. Takes a few seconds; nothing is graded where it fails.",
    )
    .allowExcessArguments(false);
  const code = parseWords(
    command,
    words,
    voiceOf(world, (text) => complain(text, world)),
  );
  if (code !== undefined) return code;
  const results = await world.probeMachine();
  world.stdout.write(defuse(reportOf(results, world)));
  return isSound(results) ? SOUND : UNSOUND;
};

function isSound(results: readonly ProbeResult[]): boolean {
  return results.length > 0 && results.every(({ ok }) => ok);
}

function reportOf(results: readonly ProbeResult[], { stdout, env }: World): string {
  const wishes = { color: false, toFile: false, several: false, again: [] };
  const [yes, no] = lookFor(wishes, stdout, env).unicode ? ["✓", "✗"] : ["ok  ", "FAIL"];
  const lines = results.flatMap(({ name, ok, detail }) =>
    ok ? [`  ${yes} ${visible(name)}`] : [`  ${no} ${visible(name)}`, `      ${visible(detail)}`],
  );
  const verdict = isSound(results)
    ? "All of it holds: strangers' code can be graded here."
    : "Not all of it holds, so nothing is graded here.\nA machine that was very busy may pass when this is run again.";
  const machine = `dropout-grader on Node ${process.versions.node}, ${process.platform} ${process.arch}`;
  return `${[machine, ...lines, "", verdict].join("\n")}\n`;
}
