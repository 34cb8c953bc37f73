import * as z from "zod";
import { limitsSchema } from "./limits.ts";
import { CHECK_IDS } from "./rubric.ts";

const pointsSchema = z.int().min(0).max(10_000);

/** What `--config` may say. All of it is optional; an unknown key is refused. */
export const configSchema = z.strictObject({
  /** Points of single checks; the others keep the rubric's. */
  points: z.partialRecord(z.enum(CHECK_IDS), pointsSchema).optional(),
  limits: limitsSchema.prefault({}),
  seed: z.string().optional(),
  minScore: z.int().min(0).optional(),
  /** SHA-256 of files that students were given, by path in the repository; the Action compares. */
  protected: z
    .record(
      z.string().min(1),
      z.string().regex(/^[\da-f]{64}$/u, "64 hexadecimal digits of a SHA-256"),
    )
    .optional(),
});

export type Config = z.infer<typeof configSchema>;
