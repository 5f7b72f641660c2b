import { spawnSync } from "node:child_process";
import { existsSync, readlinkSync, statfsSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseBashValue } from "@/agent/scripts/value";
import { type CatalogScript, readCatalog } from "@/db/catalog/read-catalog";
import { canOpenPrivateMachine, openPrivateMachine, type PrivateMachine } from "../../harness/private-machine";

const catalog = await readCatalog("db/catalog");
const bashScripts = [...catalog.scripts].filter(([, { language }]) => language === "bash");

it.each(bashScripts)("%s is a script that bash can read", (_file, { body }) => {
  expect(spawnSync("bash", ["-n"], { input: body, encoding: "utf8" })).toMatchObject({ status: 0, stderr: "" });
});

describe.skipIf(!canOpenPrivateMachine())("the catalogue's tasks on a Linux machine", { timeout: 240_000 }, () => {
  let machine: PrivateMachine;
  let hasPackages = false;

  beforeAll(async () => {
    machine = await openPrivateMachine({ network: "own" });
    await machine.must("printf '#!/bin/sh\\nexit 101\\n' > /usr/sbin/policy-rc.d; chmod +x /usr/sbin/policy-rc.d");
    if ((await machine.run("command -v apt-get")).exitCode === 0) {
      const download = await machine.runOnline(
        "export DEBIAN_FRONTEND=noninteractive; apt-get -q update; apt-get -q -y --download-only install ufw openssh-server",
      );
      hasPackages = download.exitCode === 0;
    }
  }, 240_000);
  afterAll(() => machine?.close());

  it("are tried where nothing reaches the machine itself", async () => {
    const marks = ["/etc", "/usr/bin", "/var/lib", "/root", "/opt", "/run"].map(
      (folder) => `${folder}/evenkeel-private`,
    );
    await machine.must(`touch ${marks.join(" ")}`);
    expect(marks.filter((path) => existsSync(path))).toEqual([]);
    expect(await machine.must("readlink /proc/self/ns/net")).not.toBe(readlinkSync("/proc/self/ns/net"));
  });

  /** Runs a script of the catalogue as an agent would: its value, or what it said when it failed. */
  async function run(slug: string, parameters: Record<string, string | number> = {}) {
    const script: CatalogScript | undefined = catalog.scripts.get(`${slug}.sh`);
    if (script === undefined) throw new Error(`There is no script ${slug}`);
    const environment = Object.fromEntries(
      Object.entries(parameters).map(([name, value]) => [`EK_${name}`, `${value}`]),
    );
    const { exitCode, stdout, stderr } = await machine.run(script.body, {
      PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
      ...environment,
    });
    if (exitCode !== 0) return { failed: stderr.trim() };
    return parseBashValue(stdout.trim().split("\n").at(-1) ?? "");
  }

  async function change(slug: string, parameters: Record<string, string | number> = {}) {
    expect(await run(slug, parameters)).not.toEqual({ failed: expect.anything() });
  }

  /** Puts a program in front of the machine's own; gives what takes it away again. */
  async function pretend(programs: Record<string, string>) {
    const paths = Object.keys(programs).map((name) => `/usr/local/bin/${name}`);
    for (const [name, body] of Object.entries(programs)) {
      const path = `/usr/local/bin/${name}`;
      await machine.must(`printf '#!/bin/bash\n%s\n' "$BODY" > ${path}; chmod +x ${path}`, { BODY: body });
    }
    return () => machine.must(`rm -f ${paths.join(" ")}`);
  }

  describe("time zone", () => {
    const berlin = { TimeZone: "Europe/Berlin" };

    it("is set, seen and told", async () => {
      await machine.must(
        "ln -sfn /usr/share/zoneinfo/America/New_York /etc/localtime; echo America/New_York > /etc/timezone",
      );
      expect(await run("time-zone-test", berlin)).toBe(false);
      await change("time-zone-set", berlin);
      expect(await run("time-zone-test", berlin)).toBe(true);
      expect(await run("time-zone-get")).toBe("Europe/Berlin");
      expect(await machine.must("cat /etc/timezone; date -d @1700000000 +%z")).toBe("Europe/Berlin\n+0100");
    });

    it("is known from a copy of a zone's file too, and is UTC where there is none", async () => {
      await machine.must("rm /etc/localtime; cp -L /usr/share/zoneinfo/Asia/Tokyo /etc/localtime; rm -f /etc/timezone");
      expect(await run("time-zone-get")).toMatch(/^(Asia\/Tokyo|Japan)$/);
      expect(await run("time-zone-test", { TimeZone: "Asia/Tokyo" })).toBe(true);
      await machine.must("rm /etc/localtime");
      expect(await run("time-zone-get")).toBe("UTC");
      expect(await run("time-zone-test", { TimeZone: "UTC" })).toBe(true);
      expect(await run("time-zone-test", berlin)).toBe(false);
    });

    it.each(["Europe/Nowhere", "", "../../../etc/passwd", "Europe", "tzdata.zi"])(
      "refuses what is no zone: %j",
      async (TimeZone) => {
        const said = { failed: `There is no time zone named '${TimeZone}' on this machine.` };
        expect(await run("time-zone-test", { TimeZone })).toEqual(said);
        expect(await run("time-zone-set", { TimeZone })).toEqual(said);
      },
    );
  });

  it.each(["Hello", 'It\'s "50 %" $HOME \\n `id`', "Grüße\nzwei Zeilen\n\n"])(
    "message of the day: what is set is there: %j",
    async (Text) => {
      await machine.must("echo another > /etc/motd");
      expect(await run("message-of-the-day-test", { Text })).toBe(false);
      await change("message-of-the-day-set", { Text });
      expect(await run("message-of-the-day-test", { Text })).toBe(true);
      expect(await machine.must("cat /etc/motd")).toBe(Text.trim());
    },
  );

  describe("free disk space", () => {
    it("says of the root file system what the system says", async () => {
      const { blocks, bfree, bavail } = statfsSync("/");
      const free = 100 - Math.ceil((100 * (blocks - bfree)) / (blocks - bfree + bavail));
      const value = await run("free-disk-space-get");
      const told = Number(Object.entries(value ?? {}).find(([path]) => path === "/")?.[1]);
      expect(Math.abs(told - free)).toBeLessThanOrEqual(1);
      expect(await run("free-disk-space-test", { MinimumPercent: 0 })).toBe(true);
      expect(await run("free-disk-space-test", { MinimumPercent: 100 })).toBe(false);
    });

    it("holds every file system to the minimum, whatever its name", async () => {
      const restore = await pretend({
        df: `printf 'Use%% Mounted on\\n  5%% /\\n 91%% /srv/cust "a"\\n  -  /odd\\n'`,
      });
      expect(await run("free-disk-space-get")).toEqual({ "/": 95, '/srv/cust "a"': 9, "/odd": 100 });
      expect(await run("free-disk-space-test", { MinimumPercent: 9 })).toBe(true);
      expect(await run("free-disk-space-test", { MinimumPercent: 10 })).toBe(false);
      await restore();
    });
  });

  it("disk encryption: a file system is encrypted when a LUKS volume is below it", async () => {
    expect(await run("disk-encryption-get")).toBeTypeOf("object");
    expect(await run("disk-encryption-test")).toBeTypeOf("boolean");
    const findmnt = (root: string) => `case "$*" in
      *TARGET*) printf '%s\\n' '/ ${root}' '/boot /dev/sda1' '/data\\x20one /dev/mapper/data[/@sub]' ;;
      *) echo '${root}' ;; esac`;
    const lsblk = `case "\${!#}" in /dev/mapper/*) printf 'lvm\\ncrypt\\npart\\ndisk\\n' ;; *) printf 'part\\ndisk\\n' ;; esac`;
    let restore = await pretend({ lsblk, findmnt: findmnt("/dev/mapper/root[/@]") });
    expect(await run("disk-encryption-get")).toEqual({ "/": true, "/boot": false, "/data one": true });
    expect(await run("disk-encryption-test")).toBe(true);
    await restore();
    restore = await pretend({ lsblk, findmnt: findmnt("/dev/sda2") });
    expect(await run("disk-encryption-test")).toBe(false);
    await restore();
  });

  describe("SSH: no root sign-in by password", () => {
    it("has nothing to do without an SSH server", async () => {
      await machine.must("if [ -e /usr/sbin/sshd ]; then mv /usr/sbin/sshd /usr/sbin/sshd.away; fi");
      expect(await run("ssh-root-password-test")).toBe(true);
      expect(await run("ssh-root-password-get")).toBe("no SSH server");
      await machine.must("if [ -e /usr/sbin/sshd.away ]; then mv /usr/sbin/sshd.away /usr/sbin/sshd; fi");
    });

    it.for([
      ["as Debian has it", "Include /etc/ssh/sshd_config.d/*.conf\nPermitRootLogin yes\n"],
      ["without an include", "PermitRootLogin yes\n"],
      ["with the include too late", "PermitRootLogin yes\nInclude /etc/ssh/sshd_config.d/*.conf\n"],
    ] as const)("switches it off %s", async ([, config], { skip }) => {
      skip(!(await haveServer()), "no openssh-server could be fetched");
      await machine.must('rm -f /etc/ssh/sshd_config.d/*; printf "%s" "$CONFIG" > /etc/ssh/sshd_config', {
        CONFIG: config,
      });
      expect(await run("ssh-root-password-test")).toBe(false);
      expect(await run("ssh-root-password-get")).toBe("yes");
      await change("ssh-root-password-set");
      expect(await run("ssh-root-password-test")).toBe(true);
      expect(await run("ssh-root-password-get")).toMatch(/^(prohibit|without)-password$/);
      const once = await machine.must("cat /etc/ssh/sshd_config");
      await change("ssh-root-password-set");
      expect(await machine.must("cat /etc/ssh/sshd_config")).toBe(once);
    });

    it("sees an exception for root that would undo it, and a configuration that is broken", async ({ skip }) => {
      skip(!(await haveServer()), "no openssh-server could be fetched");
      await machine.must(
        "printf 'Include /etc/ssh/sshd_config.d/*.conf\\nMatch User root\\n  PermitRootLogin yes\\n' > /etc/ssh/sshd_config",
      );
      await change("ssh-root-password-set");
      expect(await run("ssh-root-password-test")).toBe(false);
      await machine.must("rm -f /etc/ssh/sshd_config.d/*; echo Nonsense >> /etc/ssh/sshd_config");
      expect(await run("ssh-root-password-set")).toMatchObject({ failed: expect.stringContaining("left as it is") });
      expect(await machine.must("ls /etc/ssh/sshd_config.d")).toBe("");
    });
  });

  describe("firewall on", () => {
    it("uses ufw on the apt family, and leaves SSH open where it listens", async ({ skip }) => {
      skip(!(await haveServer()), "no ufw could be fetched");
      await machine.must("rm -f /etc/ssh/sshd_config.d/*; printf 'Port 22\\nPort 2222\\n' > /etc/ssh/sshd_config");
      expect(await run("firewall-on-test")).toBe(false);
      expect(await run("firewall-on-get")).toEqual({ ufw: "inactive" });
      await change("firewall-on-set");
      expect(await run("firewall-on-test")).toBe(true);
      expect(await run("firewall-on-get")).toEqual({ ufw: "active" });
      const rules = await machine.must("iptables -S");
      expect(rules).toContain("-P INPUT DROP");
      for (const port of [22, 2222]) expect(rules).toMatch(new RegExp(`-p tcp -m tcp --dport ${port} -j ACCEPT`));
    });

    it("opens SSH before firewalld starts, where that is the firewall", async () => {
      const log = 'echo "$(basename "$0") $*" >> /run/firewall.log';
      const restore = await pretend({
        "firewall-cmd": `${log}; case "$*" in --state) [ -e /run/firewalld.on ] && echo running || { echo not running; exit 252; } ;; esac`,
        "firewall-offline-cmd": log,
        systemctl: `${log}; case "$*" in "enable --now firewalld") touch /run/firewalld.on ;; is-enabled*) [ -e /run/firewalld.on ] ;; esac`,
        sshd: "printf 'port 2200\\nlistenaddress [::]:2200\\nlistenaddress 0.0.0.0:2201\\n'",
      });
      await machine.run("ufw --force disable");
      expect(await run("firewall-on-test")).toBe(false);
      await machine.must("rm -f /run/firewall.log");
      await change("firewall-on-set");
      expect((await machine.must("cat /run/firewall.log")).split("\n")).toEqual([
        "firewall-cmd --state",
        "firewall-offline-cmd --add-port=2200/tcp",
        "firewall-offline-cmd --add-port=2201/tcp",
        "systemctl enable --now firewalld",
        "firewall-cmd --permanent --add-port=2200/tcp",
        "firewall-cmd --permanent --add-port=2201/tcp",
        "firewall-cmd --reload",
      ]);
      expect(await run("firewall-on-test")).toBe(true);
      expect(await run("firewall-on-get")).toMatchObject({ firewalld: "running" });
      await restore();
    });
  });

  let installing: Promise<boolean> | undefined;
  /** Debian's own packages, inside the private machine alone; nothing of them is started. */
  function haveServer(): Promise<boolean> {
    installing ??= (async () => {
      if (!hasPackages) return false;
      await machine.must(
        "DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-download install ufw openssh-server && mkdir -p /run/sshd && ssh-keygen -A && sshd -t",
      );
      return true;
    })();
    return installing;
  }
});
