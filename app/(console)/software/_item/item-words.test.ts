import { describe, expect, it } from "vitest";
import {
  type Detection,
  describeDetection,
  describeInstaller,
  describePlatforms,
  describePrerequisite,
  describeRange,
  type ItemInstaller,
} from "./item-words";

const scripts = [{ id: 4, name: "Find Docker" }];
const linux = { osFamily: "linux" as const };
const windows = { osFamily: "windows" as const };

describe("how an item is said in words", () => {
  it.each<[Detection["method"], string]>([
    [{ kind: "package", manager: "apt", name: "curl" }, "The apt package “curl”, in the version installed."],
    [
      { kind: "display-name", name: "7-Zip*", publisher: "Igor Pavlov" },
      "An installed program named like “7-Zip*” by a publisher like “Igor Pavlov”; the highest version counts.",
    ],
    [
      { kind: "registry-value", hive: "HKLM", key: "SOFTWARE\\Contoso", value: "Version" },
      "The value “Version” of the registry key HKLM\\SOFTWARE\\Contoso.",
    ],
    [{ kind: "script", scriptId: 4 }, "The script “Find Docker” says the version, or nothing."],
    [{ kind: "script", scriptId: 9 }, "The script “#9” says the version, or nothing."],
  ])("says how %j detects", (method, sentence) => {
    expect(describeDetection({ platform: linux, method }, scripts)).toBe(sentence);
  });

  it.each<[ItemInstaller, string]>([
    [{ kind: "dnf", platform: linux, package: "curl" }, "Installs the dnf package “curl”."],
    [
      { kind: "script", platform: linux, installScriptId: 4 },
      "The script “Find Docker” installs it; it cannot be removed.",
    ],
  ])("says what %j does", (installer, sentence) => {
    expect(describeInstaller(installer, scripts)).toBe(sentence);
  });

  it("groups platforms by system, and names package managers only where they narrow it", () => {
    expect(describePlatforms([])).toBe("every system");
    expect(describePlatforms([{ ...linux, packageManager: "apt" }, { ...linux, packageManager: "dnf" }, windows])).toBe(
      "Linux (apt, dnf), Windows",
    );
    expect(describePlatforms([{ ...linux, packageManager: "apt" }, linux])).toBe("Linux");
  });

  it("says what must be there before, and in which versions", () => {
    const need = {
      id: 1,
      appliesWhen: "installed" as const,
      quantifier: "all" as const,
      requiredState: "installed" as const,
      otherwise: "do-first" as const,
      itemId: 2,
      itemName: "curl",
      minimumVersion: "8",
      maximumVersion: null,
    };
    expect(describePrerequisite(need)).toBe(
      "When it is to be installed, all of these must be there; else they are done first.",
    );
    expect(describeRange(need)).toBe("at least 8");
    expect(describeRange({ ...need, maximumVersion: "9" })).toBe("8 to 9");
    expect(describeRange({ ...need, minimumVersion: null })).toBe("");
  });
});
