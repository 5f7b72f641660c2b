// `npm test` and `npm run verify`: installs what is missing, runs the checks and the tests, and counts them.
// Ends with one line: N passed, N failed, N skipped.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { checkNode } from "../server/start/checks.mjs";
import { installPackages } from "../server/start/install.mjs";
import { runOrExplain } from "../server/start/problem.mjs";
import { findBrowser, installBrowser } from "./browser.mjs";
import { installSystemPackages } from "./system-packages.mjs";

const root = fileURLToPath(new URL("..", import.meta.url)).replace(/[\\/]$/, "");
const counts = { passed: 0, failed: 0, skipped: 0 };

function runCheck(name, script, args) {
  const startedAt = Date.now();
  const result = spawnSync(process.execPath, [join(root, "node_modules", script), ...args], {
    cwd: root,
    encoding: "utf8",
  });
  const ok = result.status === 0;
  counts[ok ? "passed" : "failed"] += 1;
  console.log(`${ok ? "ok  " : "FAIL"} ${name} (${((Date.now() - startedAt) / 1000).toFixed(1)} s)`);
  if (!ok) console.log(`${result.stdout}${result.stderr}`);
}

function runTests(projects) {
  const report = join(root, "tests", ".output", `${projects.join("-")}.json`);
  mkdirSync(join(root, "tests", ".output"), { recursive: true });
  rmSync(report, { force: true });
  const result = spawnSync(
    process.execPath,
    [
      join(root, "node_modules", "vitest", "vitest.mjs"),
      "run",
      "--config=tests/vitest.config.ts",
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${report}`,
      ...projects.map((project) => `--project=${project}`),
    ],
    { cwd: root, stdio: "inherit", env: { ...process.env, CHROMIUM_PATH: findBrowser() ?? "" } },
  );
  if (!existsSync(report)) {
    counts.failed += 1;
    return;
  }
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(
    readFileSync(report, "utf8"),
  );
  counts.passed += numPassedTests;
  counts.failed += numFailedTests;
  counts.skipped += numPendingTests + numTodoTests;
  // A file that does not load has no tests to count, and an error outside any test fails the run all the same.
  const broken = testResults.filter(
    (file) => file.status === "failed" && file.assertionResults.every((test) => test.status !== "failed"),
  );
  counts.failed += broken.length;
  if (result.status !== 0 && numFailedTests + broken.length === 0) counts.failed += 1;
}

await runOrExplain(async () => {
  checkNode();
  installPackages(root);
  const verify = process.argv.includes("--verify");
  if (!verify) {
    installBrowser();
    installSystemPackages();
  }

  runCheck("format and lint", "@biomejs/biome/bin/biome", ["check", "--error-on-warnings"]);
  spawnSync(process.execPath, [join(root, "node_modules", "next/dist/bin/next"), "typegen"], {
    cwd: root,
    stdio: "ignore",
  });
  runCheck("types", "typescript/bin/tsc", ["--noEmit"]);
  runTests(["unit"]);
  if (!verify) {
    for (const project of ["integration", "integration-postgres", "integration-neon"]) runTests([project]);
    runTests(["e2e"]);
  }
  console.log(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  if (counts.failed > 0) process.exitCode = 1;
});
