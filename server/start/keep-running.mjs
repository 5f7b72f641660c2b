const SETTLED_AFTER_MS = 30_000;
const MOST_QUICK_FAILURES = 5;

/**
 * Starts something and starts it again whenever it ends by itself. Gives up when it keeps ending at once.
 * `start` resolves to `{ process, stop() }`.
 */
export async function keepRunning(name, start, onGiveUp) {
  let stopping = false;
  let quickFailures = 0;
  let current = await start(true);
  let startedAt = Date.now();

  const watch = () => {
    current.process.once("exit", async (code, signal) => {
      if (stopping) return;
      quickFailures = Date.now() - startedAt > SETTLED_AFTER_MS ? 0 : quickFailures + 1;
      console.log(`  ${name} ended (${signal ?? `exit code ${code}`}); starting it again.`);
      if (quickFailures > MOST_QUICK_FAILURES) return onGiveUp(`${name} keeps ending; see .data/logs/`);
      await new Promise((resolve) => setTimeout(resolve, quickFailures * 500));
      if (stopping) return;
      try {
        startedAt = Date.now();
        current = await start(false);
        watch();
      } catch (error) {
        onGiveUp(`${name} could not be started again: ${error.message}`);
      }
    });
  };
  watch();
  return {
    /** What `start` gave last. */
    get current() {
      return current;
    },
    async stop() {
      stopping = true;
      await current.stop();
    },
  };
}
