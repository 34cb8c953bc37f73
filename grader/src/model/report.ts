import * as z from "zod";
import { CHECK_IDS } from "./rubric.ts";
import { locationSchema, walkSchema } from "./walk.ts";

/**
 * essential: costs points. actionable: costs nothing, worth changing. informative: good to
 * know. celebratory: well done.
 */
export const findingKindSchema = z.enum(["essential", "actionable", "informative", "celebratory"]);

export const findingSchema = z.object({
  id: z.string(),
  kind: findingKindSchema,
  check: z.enum(CHECK_IDS),
  title: z.string(),
  /** What was measured in this run, with the student's own numbers. */
  what: z.string(),
  /** Why it matters. */
  why: z.string(),
  /** Where to look next; never the answer. */
  next: z.string(),
  location: locationSchema.optional(),
  /** The page about it. */
  docs: z.string(),
});

export const checkResultSchema = z.object({
  id: z.enum(CHECK_IDS),
  title: z.string(),
  points: z.int().min(0),
  maxPoints: z.int().min(0),
  status: z.enum(["passed", "failed", "blocked", "faulted"]),
  /** The finding or check that has to be repaired first. */
  blockedBy: z.string().optional(),
});

export const reportSchema = z.object({
  reportVersion: z.literal(1),
  grader: z.string(),
  seed: z.string(),
  submission: z.object({
    path: z.string(),
    files: z.array(z.object({ path: z.string(), sha256: z.string() })),
  }),
  status: z.enum(["graded", "ungradable"]),
  score: z.int().min(0),
  maxScore: z.int().min(0),
  checks: z.array(checkResultSchema),
  /** The one to repair first comes first. */
  findings: z.array(findingSchema),
  /** What the program printed, cut. Untrusted text. */
  console: z.string(),
  /** The failed functions line by line, where it was asked for. */
  walks: z.array(walkSchema).optional(),
  /** What the teacher chose not to show; absent where everything is shown. */
  notShown: z.object({ checks: z.int().min(0), findings: z.int().min(0) }).optional(),
});

export type FindingKind = z.infer<typeof findingKindSchema>;
export type Finding = z.infer<typeof findingSchema>;
export type CheckResult = z.infer<typeof checkResultSchema>;
export type Report = z.infer<typeof reportSchema>;
