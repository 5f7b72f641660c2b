// The agent as a child of the supervisor: ends when the supervisor is gone, so that none is left behind.
import { pathToFileURL } from "node:url";

process.once("disconnect", () => process.kill(process.pid, "SIGTERM"));
const [, , bundle] = process.argv;
process.argv.splice(1, 2, bundle);
process.send?.({ ready: true });
await import(pathToFileURL(bundle).href);
