// `npm start`: installs what is missing, builds if needed, and runs everything. Uses nothing but Node until it has.
import { fileURLToPath } from "node:url";
import { installPackages } from "./install.mjs";
import { runOrExplain } from "./problem.mjs";
import { prepare, supervise } from "./supervise.mjs";

await runOrExplain(async () => {
  const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/[\\/]$/, "");
  const settings = await prepare(root);
  installPackages(root);
  const { buildIfNeeded } = await import("./build.mjs");
  await buildIfNeeded(root);
  await supervise(settings, { mode: "production", newPassword: process.argv.includes("--new-password") });
});
