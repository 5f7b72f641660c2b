import { describe, expect, it } from "vitest";
import { parseAptPolicy } from "./apt";
import { classifyDevice, isBelievableInstall, parseBootTime, parseOsRelease } from "./facts";
import { parseDpkg, parseFlatpak, parseSnap } from "./inventory";
import { parseDnfAvailable, parseRpm } from "./rpm";
import { renderUnit } from "./service";
import { chooseUserContext, parsePasswd, parseSessions, parseWho } from "./users";

describe("facts", () => {
  it("reads os-release with and without quotes", () => {
    const ubuntu =
      'NAME="Ubuntu"\nID=ubuntu\nID_LIKE="debian"\nVERSION_ID="24.04"\nPRETTY_NAME=\'Ubuntu 24.04\'\n# x\n';
    expect(parseOsRelease(ubuntu)).toEqual({
      name: "ubuntu",
      like: ["debian"],
      version: "24.04",
      prettyName: "Ubuntu 24.04",
    });
    expect(parseOsRelease('ID="rocky"\nID_LIKE="rhel centos fedora"\n')).toMatchObject({
      like: ["rhel", "centos", "fedora"],
    });
    expect(parseOsRelease("")).toEqual({ name: "linux", like: [], version: "", prettyName: "linux" });
  });

  it.each([
    ["9", null, "portable"],
    ["10", "multi-user.target", "portable"],
    ["31", null, "portable"],
    ["23", "graphical.target", "server"],
    ["3", "multi-user.target", "workstation"],
    ["1", "multi-user.target", "server"],
    ["1", "graphical.target", "workstation"],
    [null, "multi-user.target", "server"],
    [null, null, "workstation"],
    ["junk", null, "workstation"],
  ])("classifies chassis %j with default target %j as %s", (chassis, defaultTarget, expected) => {
    expect(classifyDevice({ chassis, defaultTarget })).toBe(expected);
  });

  it("does not believe installation times of reproducible images or of the future", () => {
    const now = Date.UTC(2026, 0, 1);
    expect(isBelievableInstall(0, now)).toBe(false);
    expect(isBelievableInstall(Date.UTC(2024, 5, 1), now)).toBe(true);
    expect(isBelievableInstall(Date.UTC(2027, 0, 1), now)).toBe(false);
  });

  it("reads the boot time", () => {
    expect(parseBootTime("cpu 1 2\nbtime 1700000000\nprocesses 1\n")).toBe("2023-11-14T22:13:20.000Z");
    expect(parseBootTime("")).toBeNull();
  });
});

describe("package tools", () => {
  it("counts only what dpkg has really installed, once for all architectures of a version", () => {
    const text = [
      "jq\t1.6-2\tinstalled\tDebian <d@example>",
      "gone\t1\tconfig-files\tX",
      "half\t1\thalf-configured\tX",
      "libc6\t2.36-9\tinstalled\tD",
      "libc6\t2.36-9\tinstalled\tD",
      "libfoo\t1:2.0~rc1\tinstalled\t",
      "",
    ].join("\n");
    expect(parseDpkg(text).map(({ id, version, publisher }) => [id, version, publisher])).toEqual([
      ["jq", "1.6-2", "Debian <d@example>"],
      ["libc6", "2.36-9", "D"],
      ["libfoo", "1:2.0~rc1", null],
    ]);
  });

  it("reads candidates of apt-cache policy", () => {
    const text = [
      "curl:",
      "  Installed: 7.88.1-10",
      "  Candidate: 7.88.1-10+deb12u14",
      "  Version table:",
      "     7.88.1-10+deb12u14 500",
      "        500 http://deb.example bookworm/main amd64 Packages",
      "libc6:i386:",
      "  Installed: (none)",
      "  Candidate: 2.36",
      "gone:",
      "  Installed: 1",
      "  Candidate: (none)",
      "",
    ].join("\n");
    expect([...parseAptPolicy(text)]).toEqual([
      ["curl", "7.88.1-10+deb12u14"],
      ["libc6:i386", "2.36"],
    ]);
  });

  it("reads rpm with the epoch only where there is one", () => {
    const text = "bash\t0\t5.2.26\t3.fc40\tFedora Project\nvim\t2\t9.1\t1.el9\t(none)\ngpg-pubkey\t0\ta\tb\t(none)\n";
    expect(parseRpm(text).map(({ id, version, publisher }) => [id, version, publisher])).toEqual([
      ["bash", "5.2.26-3.fc40", "Fedora Project"],
      ["vim", "2:9.1-1.el9", null],
    ]);
    expect([...parseDnfAvailable("bash\t0\t5.2.32\t1.fc40\n\nvim\t2\t9.2\t1\n")]).toEqual([
      ["bash", "5.2.32-1.fc40"],
      ["vim", "2:9.2-1"],
    ]);
  });

  it("reads snap and flatpak lists", () => {
    const snap =
      "Name    Version  Rev    Tracking       Publisher   Notes\ncore22  2024     1621   latest/stable  canonical** base\nmine    1.0      x1     -              -           -\n";
    expect(parseSnap(snap).map(({ id, version, publisher }) => [id, version, publisher])).toEqual([
      ["core22", "2024", "canonical"],
      ["mine", "1.0", "-"],
    ]);
    expect(parseFlatpak("org.gimp.GIMP\tGIMP\t2.10\tflathub\norg.x.Runtime\tX\t\tflathub\n\n")).toMatchObject([
      { id: "org.gimp.GIMP", name: "GIMP", version: "2.10", publisher: "flathub" },
      { id: "org.x.Runtime", version: "" },
    ]);
  });
});

describe("users", () => {
  const user = (userName: string, uid: number) => ({
    userName,
    uid,
    gid: uid,
    home: `/home/${userName}`,
    shell: "/bin/sh",
  });

  it("puts the person at the screen first and counts no greeter", () => {
    const text = [
      "Name=gdm\nSeat=seat0\nClass=greeter\nActive=no",
      "Name=remote\nSeat=\nClass=user\nActive=yes",
      "Name=screen\nSeat=seat0\nClass=user\nActive=yes",
      "Name=remote\nSeat=\nClass=user\nActive=no",
    ].join("\n\n");
    expect(parseSessions(text)).toEqual(["screen", "remote"]);
    expect(parseSessions("")).toEqual([]);
    expect(parseWho("ann      tty7  2026-01-01 10:00 (:0)\nann pts/0\nbob pts/1\n")).toEqual(["ann", "bob"]);
  });

  it("reads passwd lines", () => {
    expect(parsePasswd("ann:x:1000:1001:Ann,,,:/home/ann:/bin/zsh")).toEqual({
      userName: "ann",
      uid: 1000,
      gid: 1001,
      home: "/home/ann",
      shell: "/bin/zsh",
    });
    expect(parsePasswd("")).toBeNull();
  });

  it.each([
    ["nobody signed in", [], 0, true, { kind: "none", reason: "Nobody is signed in on this computer." }],
    ["root runs as the person", [user("ann", 1000)], 0, true, { kind: "other", user: user("ann", 1000) }],
    ["a person before root", [user("root", 0), user("ann", 1000)], 0, true, { kind: "other", user: user("ann", 1000) }],
    ["root alone is signed in", [user("root", 0)], 0, true, { kind: "self" }],
    ["the agent is the person", [user("ann", 1000)], 1000, false, { kind: "self" }],
    [
      "the agent is somebody else without rights",
      [user("ann", 1000)],
      1001,
      false,
      { kind: "none", reason: "The agent does not run as root, so it cannot run a script as ann." },
    ],
  ])("decides whom a user script runs as: %s", (_name, users, ownUid, elevated, expected) => {
    expect(chooseUserContext({ users, ownUid, elevated })).toEqual(expected);
  });
});

it("quotes paths in the systemd unit", () => {
  const unit = renderUnit({ nodePath: "/opt/no de/bin/node", stateDir: '/x/100%/$a"b' });
  expect(unit).toContain(
    'ExecStart="/opt/no de/bin/node" "/opt/evenkeel-agent/evenkeel-agent.mjs" run --state "/x/100%%/$$a\\"b"\n',
  );
});
