import { describe, expect, it } from "vitest";
import { createInngestClient, engineMode } from "./client";

describe("engineMode", () => {
  it.each([
    [{}, "embedded"],
    [{ INNGEST_DEV: "0" }, "embedded"],
    [{ INNGEST_DEV: "false" }, "embedded"],
    [{ INNGEST_DEV: "1" }, "dev"],
    [{ INNGEST_DEV: "http://localhost:8288" }, "dev"],
    [{ INNGEST_DEV: "1", INNGEST_BASE_URL: "http://inngest:8288" }, "dev"],
    [{ INNGEST_BASE_URL: "http://inngest:8288" }, "server"],
    [{ INNGEST_EVENT_KEY: "key", INNGEST_SIGNING_KEY: "signkey-prod-00" }, "server"],
  ] as const)("chooses the engine by environment alone: %o → %s", (env, mode) => {
    expect(engineMode(env)).toBe(mode);
  });
});

describe("createInngestClient", () => {
  it("obeys only signed requests while the engine is embedded", () => {
    expect(createInngestClient({}).mode).toBe("cloud");
  });
});
