import { defineConfig } from "vitest/config";

/** Where the counts go that `.ci/run` reads; nothing is written without it. */
const countsFile = process.env["TEST_COUNTS_FILE"];

export default defineConfig({
  test: {
    include: ["grader/test/**/*.test.ts"],
    exclude: ["**/dist/**", "**/node_modules/**"],
    watch: false,
    // Left to itself, vitest adds annotations on GitHub, and says less to agents.
    reporters:
      countsFile === undefined ? ["default"] : ["default", ["json", { outputFile: countsFile }]],
    // Generous: a slow machine is no failure.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
