import { describe, expect, it } from "vitest";
import { holdsForMany } from "@/tests/harness/holds-for-many";
import { type IdentityCandidate, type IdentityFacts, identifyMachine, normalizeUuid, wellKnownBadUuids } from ".";

const uuid = "4c4c4544-0042-3510-8056-b4c04f4d5332";
const machine: IdentityFacts = {
  smbiosUuid: uuid,
  osInstallationId: "install-1",
  osInstalledAt: "2026-01-01T00:00:00Z",
  serialNumber: "B5VM5S2",
  manufacturer: "Dell Inc.",
};
const known: IdentityCandidate = { ...machine, computerId: 42, identity: "strong", hasLiveAgent: false };
const wiped = { osInstallationId: "install-0", osInstalledAt: "2024-05-05T00:00:00Z" };

function identify(facts: Partial<IdentityFacts>, candidates: Partial<IdentityCandidate>[], knownBad: string[] = []) {
  return identifyMachine({
    facts: { ...machine, ...facts },
    candidates: candidates.map((candidate) => ({ ...known, ...candidate })),
    knownBad: new Set(knownBad),
  });
}
const short = (answer: ReturnType<typeof identify>): string => {
  if (answer.decision === "needs-decision") return `needs-decision ${answer.computerIds.join(",")}`.trim();
  return "computerId" in answer ? `${answer.decision} ${answer.computerId}` : answer.decision;
};

describe("which computer a machine is", () => {
  it.each<[string, Partial<IdentityFacts>, Partial<IdentityCandidate>[], string]>([
    ["a UUID nobody has", {}, [], "new"],
    [
      "a UUID nobody has, beside others",
      {},
      [{ smbiosUuid: "5c4c4544-0042-3510-8056-b4c04f4d5332", osInstallationId: "x" }],
      "new",
    ],
    ["the same installation: a further agent", {}, [{}], "same-computer 42"],
    ["the same, and its other agent is alive", {}, [{ hasLiveAgent: true }], "same-computer 42"],
    ["written in another way", { smbiosUuid: `{${uuid.toUpperCase()}}` }, [{}], "same-computer 42"],
    ["another installation, the old agent gone", {}, [wiped], "wiped 42"],
    [
      "on Linux, where only the machine-id tells",
      { osInstalledAt: null },
      [{ ...wiped, osInstalledAt: null }],
      "wiped 42",
    ],
    ["only the installation id changed, the date did not", {}, [{ osInstallationId: "install-0" }], "same-computer 42"],
    ["only the date changed: an upgrade", {}, [{ osInstalledAt: wiped.osInstalledAt }], "same-computer 42"],
    ["no installation known on one side", { osInstallationId: null }, [wiped], "same-computer 42"],
    ["another installation, and both alive", {}, [{ ...wiped, hasLiveAgent: true }], "needs-decision 42"],
    ["another serial number", {}, [{ serialNumber: "OTHER" }], "needs-decision 42"],
    ["another serial number, wiped", {}, [{ ...wiped, serialNumber: "OTHER" }], "needs-decision 42"],
    ["another manufacturer", {}, [{ manufacturer: "HP" }], "needs-decision 42"],
    ["a serial number in other case", { serialNumber: "b5vm5s2 " }, [{}], "same-computer 42"],
    ["no serial number here", { serialNumber: null }, [{ serialNumber: "OTHER" }], "same-computer 42"],
    ["a placeholder for a serial number", { serialNumber: "To Be Filled By O.E.M." }, [{}], "same-computer 42"],
    ["a default string", {}, [{ serialNumber: "Default string" }], "same-computer 42"],
    ["two with its UUID, one its installation", {}, [{ ...wiped, computerId: 7 }, {}], "same-computer 42"],
    ["two with its UUID, none its installation", {}, [{ ...wiped, computerId: 7 }, wiped], "needs-decision 7,42"],
    ["two with its UUID and installation", {}, [{ computerId: 7 }, {}], "needs-decision 7,42"],
    ["a cloned disk in other hardware", {}, [{ smbiosUuid: "5c4c4544-0042-3510-8056-b4c04f4d5332" }], "new"],
    ["known weakly so far, now its UUID can be read", {}, [{ smbiosUuid: null, identity: "weak" }], "same-computer 42"],
    ["known weakly twice", {}, [{ smbiosUuid: null }, { smbiosUuid: null, computerId: 7 }], "needs-decision 7,42"],
    ["no UUID, unknown installation", { smbiosUuid: null }, [], "weak null"],
    ["no UUID, known installation", { smbiosUuid: null }, [{ smbiosUuid: null }], "weak 42"],
    ["no UUID to this agent, though another read one", { smbiosUuid: null }, [{}], "weak 42"],
    [
      "no UUID, another installation: a wipe makes a new computer",
      { smbiosUuid: null },
      [{ smbiosUuid: null, ...wiped }],
      "weak null",
    ],
    ["no UUID, several with its installation", { smbiosUuid: null }, [{}, { computerId: 7 }], "needs-decision 7,42"],
    ["no UUID, the serial number disagrees", { smbiosUuid: null }, [{ serialNumber: "OTHER" }], "needs-decision 42"],
    ["nothing to know it by", { smbiosUuid: null, osInstallationId: null }, [], "needs-decision"],
    ["an empty UUID", { smbiosUuid: " " }, [], "weak null"],
    ["Not Settable", { smbiosUuid: "Not Settable" }, [], "weak null"],
  ])("%s", (_name, facts, candidates, expected) => {
    expect(short(identify(facts, candidates))).toBe(expected);
  });

  it.each([
    "00000000-0000-0000-0000-000000000000",
    "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF",
    "03000200-0400-0500-0006-000700080009",
    "{4C4C4544-0000-2010-8020-80C04F202020}",
    "77777777-7777-7777-7777-777777777777",
  ])("%s identifies nothing", (smbiosUuid) => {
    const answer = identify({ smbiosUuid }, [{ smbiosUuid }]);
    expect(answer).toMatchObject({ decision: "needs-decision", computerIds: [42] });
    expect(answer.reason).toMatch(/identifies nothing/);
  });

  it("nor does one that the MSP found to be bad", () => {
    expect(identify({}, [], [uuid]).decision).toBe("needs-decision");
  });

  it("is told with a reason: what disagrees is named", () => {
    expect(identify({}, [{ serialNumber: "OTHER" }]).reason).toBe(
      "A known computer has its SMBIOS UUID, but they disagree: serial number B5VM5S2 here, OTHER there.",
    );
  });

  it("never takes over another machine silently, and does not depend on the order of candidates", () => {
    holdsForMany(3000, (random) => {
      const id = () => random.pick([null, uuid, uuid, "5c4c4544-0042-3510-8056-b4c04f4d5332"]);
      const facts = (): IdentityFacts => ({
        smbiosUuid: id(),
        osInstallationId: random.pick([null, "a", "b"]),
        osInstalledAt: random.pick([null, "2026-01-01T00:00:00Z", "2025-01-01T00:00:00Z"]),
        serialNumber: random.pick([null, "S1", "S2", "Default string"]),
        manufacturer: random.pick([null, "Dell"]),
      });
      const here = facts();
      const candidates = Array.from(
        { length: random.int(4) },
        (_, computerId): IdentityCandidate => ({
          ...facts(),
          computerId,
          identity: "strong",
          hasLiveAgent: random.chance(0.5),
        }),
      );
      const answer = identifyMachine({ facts: here, candidates, knownBad: new Set() });
      const again = identifyMachine({ facts: here, candidates: random.shuffle(candidates), knownBad: new Set() });
      if (JSON.stringify(again) !== JSON.stringify(answer) || !answer.reason.endsWith(".")) return false;
      const computerId = "computerId" in answer ? answer.computerId : null;
      const taken = candidates.find((candidate) => candidate.computerId === computerId);
      if (taken === undefined) return true;
      const serialsDisagree =
        here.serialNumber === "S1"
          ? taken.serialNumber === "S2"
          : here.serialNumber === "S2" && taken.serialNumber === "S1";
      const sharesSomething =
        (here.smbiosUuid !== null && here.smbiosUuid === taken.smbiosUuid) ||
        (here.osInstallationId !== null && here.osInstallationId === taken.osInstallationId);
      return !serialsDisagree && sharesSomething && (answer.decision !== "wiped" || !taken.hasLiveAgent);
    });
  });
});

describe("UUIDs", () => {
  it.each([
    [uuid, uuid],
    [` {${uuid.toUpperCase()}} `, uuid],
    [uuid.replaceAll("-", ""), uuid],
    [null, null],
    ["", null],
    ["To be filled by O.E.M.", null],
    [`${uuid}0`, null],
  ])("%s is %s", (text, expected) => {
    expect(normalizeUuid(text)).toBe(expected);
  });
  it("that are well known to be bad are listed in the normal form", () => {
    for (const bad of wellKnownBadUuids) expect(normalizeUuid(bad)).toBe(bad);
  });
});
