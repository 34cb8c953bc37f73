import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // The grader stays loaded from one run to the next, in the same process as the tests.
    globalSetup: ["dropout-grader/vitest/warm"],
    pool: "threads",
    // Run again after any change of yours, also of a file that could not be imported before.
    forceRerunTriggers: ["**/src/**/*.ts"],
  },
});
