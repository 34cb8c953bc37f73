import * as z from "zod";
import type { GraderOptions } from "../model/grader.ts";
import { gradedSchema } from "./store.ts";

export type LaneRequest =
  | { kind: "open"; options: GraderOptions }
  | { kind: "grade"; path: string; seed: string };

export const laneReplySchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("graded"), graded: gradedSchema }),
  z.object({ kind: z.literal("fault"), message: z.string() }),
]);

export type LaneReply = z.infer<typeof laneReplySchema>;
