import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Suites that bring databases of their own; what TEST_DATABASE says is nothing to them. */
const ownDatabase = [
  "tests/integration/agent/**",
  "tests/integration/catalog/**",
  "tests/integration/engine/**",
  "tests/integration/sessions/real-agent.test.ts",
];

const integration = (name: string, database?: "postgres" | "neon") => ({
  extends: true as const,
  test: {
    name,
    root,
    include: ["tests/integration/**/*.test.ts"],
    exclude: database === undefined ? [] : ownDatabase,
    globalSetup: ["tests/harness/global-setup.ts"],
    env: database === undefined ? {} : { TEST_DATABASE: database },
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});

export default defineConfig({
  resolve: { alias: { "@": root.replace(/\/$/, "") } },
  test: {
    root,
    passWithNoTests: false,
    // Most suites wait for a database or a process: two at once use a small machine best.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          root,
          include: ["{agent,server,inngest,db,emails,app}/**/*.test.{ts,tsx}", "tests/*.test.ts"],
        },
      },
      integration("integration"),
      // The services' suites once more on a real PostgreSQL, and once through Neon's driver.
      integration("integration-postgres", "postgres"),
      integration("integration-neon", "neon"),
      {
        extends: true,
        test: {
          name: "e2e",
          root,
          include: ["tests/e2e/**/*.test.ts"],
          testTimeout: 300_000,
          hookTimeout: 600_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
