import * as z from "zod";

/** What one submission may use. Milliseconds and bytes. */
export const limitsSchema = z.strictObject({
  /** One call of one student function, before it is interrupted. */
  callMs: z.number().int().min(50).default(1000),
  /** What a call may go on beyond `callMs` before its worker is ended. */
  graceMs: z.number().int().min(50).default(500),
  /** Everything that one submission may take, retries included. */
  totalMs: z.number().int().min(500).default(15_000),
  /** The sandbox's whole memory. */
  memoryBytes: z
    .number()
    .int()
    .min(32 * 1024 * 1024)
    .default(96 * 1024 * 1024),
  /** One source file. */
  fileBytes: z
    .number()
    .int()
    .min(1024)
    .default(64 * 1024),
  /** Files that one submission may spread its code over. */
  files: z.number().int().min(1).default(32),
  /** Characters of console output that are kept. */
  consoleChars: z.number().int().min(0).default(4096),
});

export type Limits = z.infer<typeof limitsSchema>;
