// `npm run dev`: as `npm start`, with the console compiled as it is asked for and reloaded as it is edited.
import { fileURLToPath } from "node:url";
import { installPackages } from "./install.mjs";
import { runOrExplain } from "./problem.mjs";
import { prepare, supervise } from "./supervise.mjs";

await runOrExplain(async () => {
  const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/[\\/]$/, "");
  const settings = await prepare(root);
  installPackages(root);
  const { buildServer } = await import("./build.mjs");
  await buildServer(root);
  await supervise(settings, { mode: "development", newPassword: process.argv.includes("--new-password") });
});
