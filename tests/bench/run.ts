/**
 * `npm run bench [name …] [-- --json]`: measures, each figure beside a baseline taken in the same run.
 * Prints a table, or with `--json` one line per figure.
 */
import type { Figure } from "./figure";

const benches: Record<string, () => Promise<{ run(): Promise<Figure[]> }>> = {
  "detect-declarative": () => import("./detect-declarative"),
  "detect-scripts": () => import("./detect-scripts"),
  "engine-runs": () => import("./engine-runs"),
  "resolve-fleet": () => import("./resolve-fleet"),
  "start-warm": () => import("./start-warm"),
  "idle-memory": () => import("./idle-memory"),
  "idle-requests": () => import("./idle-requests"),
};

const args = process.argv.slice(2);
const asJson = args.includes("--json");
const wanted = args.filter((arg) => !arg.startsWith("--"));
const unknown = wanted.filter((name) => !(name in benches));
if (unknown.length > 0) {
  console.error(`There is no bench named ${unknown.join(", ")}; there are ${Object.keys(benches).join(", ")}.`);
  process.exit(1);
}

for (const [name, load] of Object.entries(benches)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const bench = await load();
  for (const figure of await bench.run()) console.log(asJson ? JSON.stringify(figure) : describe(figure));
}
process.exit(0);

function describe({ name, value, unit, baseline, ratio, goal, met }: Figure): string {
  const shown = (number: number) => (Math.abs(number) >= 100 ? number.toFixed(0) : number.toPrecision(3));
  return [
    met ? "met   " : "MISSED",
    name.padEnd(24),
    `${shown(value)} ${unit}`.padEnd(18),
    baseline === null ? "" : `baseline ${shown(baseline)} ${unit}, ratio ${ratio === null ? "–" : ratio.toFixed(2)}`,
    `(goal ${goal})`,
  ].join("  ");
}
