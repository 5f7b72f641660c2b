/** A reason why the product cannot start, in one sentence for the person at the terminal. */
export class StartProblem extends Error {}

/** Runs `main`; a StartProblem prints its sentence alone, anything else with its stack. */
export async function runOrExplain(main) {
  try {
    await main();
  } catch (error) {
    if (error instanceof StartProblem) console.error(`\n  ${error.message}\n`);
    else console.error(error);
    process.exitCode = 1;
  }
}
