import { chmodSync, mkdtempSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkNode, checkPort, checkWritable, readEnvFile } from "./checks.mjs";
import { lockFolder } from "./lock.mjs";

const makeFolder = () => mkdtempSync(join(tmpdir(), "evenkeel-checks-"));

describe("what npm start refuses, in one sentence", () => {
  it.each(["18.20.4", "20.8.1", "16.0.0"])("a Node that is too old: %s", (version) => {
    expect(() => checkNode(version)).toThrow(new RegExp(`^Node ${version} is too old: .* 20\\.9 or newer\\.`));
  });

  it.each(["20.9.0", "20.20.2", "22.0.0", "24.1.0"])("but not %s", (version) => {
    expect(() => checkNode(version)).not.toThrow();
  });

  it.each([
    ["not an assignment", "line 2", /^Line 2 of \.env is not NAME=value/],
    ["a quote left open", 'PORT="3000', /^Line 2 of \.env opens a quote that it does not close \(PORT\)/],
  ])("a broken .env: %s", (_name, line, sentence) => {
    const folder = makeFolder();
    writeFileSync(join(folder, ".env"), `# settings\n${line}\n`);
    expect(() => readEnvFile(folder)).toThrow(sentence);
  });

  it("a port in use, naming another", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = typeof address === "object" && address ? address.port : 0;
    await expect(checkPort("127.0.0.1", port)).rejects.toThrow(
      `Port ${port} is in use: stop what listens there, or choose another with PORT=${port + 1} npm start.`,
    );
    server.close();
  });

  it.each([0, 70_000, Number.NaN])("a port that is none: %s", async (port) => {
    await expect(checkPort("127.0.0.1", port)).rejects.toThrow(/PORT must be a number from 1 to 65535/);
  });

  it.skipIf(process.getuid?.() === 0)("a folder in which nothing can be written", () => {
    const folder = makeFolder();
    chmodSync(folder, 0o500);
    expect(() => checkWritable(folder)).toThrow(/^Nothing can be written in/);
  });

  it("a folder that is not there, in the same words", () => {
    expect(() => checkWritable("/proc/no-such-folder")).toThrow(/^Nothing can be written in/);
  });
});

describe(".env", () => {
  it("is read as people write it", () => {
    const folder = makeFolder();
    writeFileSync(
      join(folder, ".env"),
      [
        "PORT=3001",
        'MAIL_FROM="IT <it@msp.example>"',
        "export HOST = 0.0.0.0 # everywhere",
        "",
        "# end",
        "EMPTY=",
      ].join("\n"),
    );
    expect(readEnvFile(folder)).toEqual({
      PORT: "3001",
      MAIL_FROM: "IT <it@msp.example>",
      HOST: "0.0.0.0",
      EMPTY: "",
    });
  });

  it("may be missing", () => {
    expect(readEnvFile(makeFolder())).toEqual({});
  });
});

describe("the folder's lock", () => {
  it("is free again when its holder is gone, whoever has its number now", () => {
    const folder = makeFolder();
    writeFileSync(join(folder, "supervisor.pid"), "1");
    const unlock = lockFolder(folder);
    unlock();
    expect(() => lockFolder(folder)()).not.toThrow();
  });
});
