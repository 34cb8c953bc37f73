import { readFile } from "node:fs/promises";
import { seedFor } from "../class/seed.ts";
import { visible } from "../report/escape.ts";
import { systemWords } from "./system-error.ts";
import type { World } from "./world.ts";
import { WrongCall } from "./wrong-call.ts";

/** Shorter ones can be guessed by trying. */
const LEAST_LENGTH = 16;

/** The class's secret, or nothing where there is none. It is never printed. @throws WrongCall */
export async function readSecret(
  file: string | undefined,
  { env }: Pick<World, "env">,
): Promise<string | undefined> {
  const secret = file === undefined ? env["GRADE_SECRET"] : await readText(file);
  const trimmed = secret?.trim() ?? "";
  if (trimmed === "" && file === undefined) return undefined;
  if (trimmed.length >= LEAST_LENGTH) return trimmed;
  const where = file === undefined ? "GRADE_SECRET" : JSON.stringify(file);
  throw new WrongCall(
    `the secret in ${where} is shorter than ${LEAST_LENGTH} characters: it could be guessed.`,
  );
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    throw new WrongCall(`cannot read the secret ${JSON.stringify(file)}: ${systemWords(error)}.`);
  }
}

/** `--seed-for`: what it takes to repeat one student's mark. @throws WrongCall */
export async function printSeedFor(id: string, file: string | undefined, world: World): Promise<0> {
  const secret = await readSecret(file, world);
  if (secret === undefined)
    throw new WrongCall(
      "--seed-for needs the class's secret, in GRADE_SECRET or by --secret-file.",
    );
  const seed = seedFor(secret, id);
  world.stdout.write(
    `${seed}\n\nThe inputs of ${JSON.stringify(visible(id))} are made from this seed. The same again:\n` +
      `  grade <the folder that was handed in> --seed ${seed}\n`,
  );
  return 0;
}
