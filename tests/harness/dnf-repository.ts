import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { PrivateMachine } from "./private-machine";

/** A package that carries one file, `/opt/evenkeel-test/<name>`, in which its version is written. */
export interface TestPackage {
  readonly name: string;
  /** `[epoch:]version-release`, oldest first. */
  readonly versions: readonly string[];
}

const TOOLS = ["dnf", "rpm", "rpmbuild", "createrepo_c"];

/** Which of the tools that the dnf family's tests need this machine lacks. */
export const missingDnfTools = (): string[] =>
  TOOLS.filter((tool) => spawnSync("sh", ["-c", `command -v ${tool}`]).status !== 0);

/** Builds the packages into `folder` and indexes them: a repository as dnf knows it. */
export async function buildDnfRepository(
  machine: PrivateMachine,
  folder: string,
  packages: readonly TestPackage[],
): Promise<void> {
  const rounds = Math.max(...packages.map(({ versions }) => versions.length));
  mkdirSync(join(folder, "specs"), { recursive: true });
  // One spec file makes one version of every package: rpmbuild takes longer to start than to build.
  for (let round = 0; round < rounds; round++) {
    const wanted = packages.flatMap(({ name, versions }) => {
      const version = versions[round];
      return version === undefined ? [] : [{ name, version }];
    });
    const spec = join(folder, "specs", `round-${round}.spec`);
    writeFileSync(spec, specOf(wanted));
    await machine.must(
      `rpmbuild -bb --quiet --define "_topdir ${folder}/build" --define "_rpmdir ${folder}/packages" ${spec} 2>&1`,
    );
  }
  await machine.must(`createrepo_c --quiet ${folder}/packages 2>&1`);
}

function specOf(packages: readonly { name: string; version: string }[]): string {
  const parts = packages.map(({ name, version }) => {
    const [, epoch = "0", number = "", release = ""] = /^(?:(\d+):)?([^-]+)-(.+)$/.exec(version) ?? [];
    const file = `/opt/evenkeel-test/${name}`;
    return {
      about: `%package -n ${name}
Summary: ${name} for tests
Epoch: ${epoch}
Version: ${number}
Release: ${release}
%description -n ${name}
${name} for tests.
%files -n ${name}
${file}
`,
      install: `echo ${version} > %{buildroot}${file}`,
    };
  });
  return `Name: evenkeel-test-set
Version: 1
Release: 1
Summary: Packages for tests
License: MIT
BuildArch: noarch
%description
Packages for tests.
${parts.map(({ about }) => about).join("")}
%install
mkdir -p %{buildroot}/opt/evenkeel-test
${parts.map(({ install }) => install).join("\n")}
`;
}

const FEDORA = `ID=fedora
VERSION_ID=42
PRETTY_NAME="Fedora Linux 42 (Server Edition)"
`;

/**
 * Makes the private machine one of the dnf family: apt's and dpkg's programs are gone, no package is installed, and the
 * only repository is the folder's.
 */
export async function becomeDnfMachine(machine: PrivateMachine, folder: string): Promise<void> {
  await machine.must(`set -e
rm -f /usr/bin/apt* /usr/bin/dpkg* /usr/local/bin/apt* /usr/local/bin/dpkg*
rm -rf "$(rpm --eval '%{_dbpath}')" /var/cache/dnf /etc/yum.repos.d /opt/evenkeel-test
rm -f /etc/os-release
printf '%s' '${FEDORA}' > /etc/os-release
mkdir -p /etc/yum.repos.d
printf '[evenkeel-test]\\nname=Tests\\nbaseurl=file://${folder}/packages\\ngpgcheck=0\\nenabled=1\\n' > /etc/yum.repos.d/evenkeel-test.repo
dnf -q makecache`);
}
