import { asc, desc, eq } from "drizzle-orm";
import { beforeEach, expect, it, onTestFinished } from "vitest";
import { affinityChanges, auditLog, computers, people, upnSightings } from "@/db/schema";
import { checkIn } from "@/server/services/agents/check-in";
import { identifyAgent } from "@/server/services/identification/identify-agent";
import { createVirtualClock, type VirtualClock } from "../../harness/virtual-clock";
import { machine, openWorld, type World } from "./world";

let world: World;
let clock: VirtualClock;

beforeEach(async () => {
  clock = createVirtualClock(new Date("2030-03-04T09:00:00Z"));
  world = await openWorld({ clock });
  onTestFinished(() => world.close());
});

const system = () => world.runtime.systemContext("test");
const db = () => world.runtime.database.db;

async function makePerson(upn: string, tenantId = world.tenantId): Promise<number> {
  const [made] = await db()
    .insert(people)
    .values({ tenantId, upn, displayName: upn, createdAt: clock.now() })
    .returning();
  return made?.id ?? 0;
}

/** A computer that checks in, with the UPNs that are signed in each time. */
async function makeComputer(hostName = "web-01") {
  const facts = machine({ hostName });
  const { agentId } = await world.enroll({ facts });
  const { computerId } = await identifyAgent({ ctx: system(), input: { agentId } });
  const checkInOf = (...upns: (string | null)[]) => ({
    agentId,
    facts: { ...facts, signedInUsers: upns.map((upn, at) => ({ userName: `user${at}`, upn })) },
  });
  return {
    agentId,
    computerId,
    checkInOf,
    async sees(...upns: (string | null)[]) {
      await clock.advance(60_000);
      await checkIn({ ctx: system(), input: { checkIns: [checkInOf(...upns)] } });
      return primaryOf(computerId);
    },
  };
}

const primaryOf = async (computerId: number) =>
  (await db().select().from(computers).where(eq(computers.id, computerId)))[0]?.primaryPersonId ?? null;
const changesOf = (computerId: number) =>
  db()
    .select()
    .from(affinityChanges)
    .where(eq(affinityChanges.computerId, computerId))
    .orderBy(asc(affinityChanges.id));
const entries = () =>
  db().select().from(auditLog).where(eq(auditLog.action, "computer.primary-person")).orderBy(asc(auditLog.id));

it("the most frequent of the last ten is the primary person, the newest on a tie; what changed is kept", async () => {
  const [kim, lou] = [await makePerson("Kim@Contoso.test"), await makePerson("lou@contoso.test")];
  const computer = await makeComputer();
  expect(await computer.sees("kim@contoso.TEST")).toBe(kim);
  expect(await computer.sees("lou@contoso.test")).toBe(lou);
  expect(await computer.sees("KIM@contoso.test")).toBe(kim);
  // The same again is no change.
  expect(await computer.sees("kim@contoso.test")).toBe(kim);
  expect(
    (await changesOf(computer.computerId)).map(({ fromPersonId, toPersonId, upns }) => [
      fromPersonId,
      toPersonId,
      upns,
    ]),
  ).toEqual([
    [null, kim, ["kim@contoso.TEST"]],
    [kim, lou, ["lou@contoso.test", "kim@contoso.TEST"]],
    [lou, kim, ["KIM@contoso.test", "lou@contoso.test", "kim@contoso.TEST"]],
  ]);
  const log = await entries();
  expect(log).toHaveLength(3);
  expect(log.at(-1)).toMatchObject({
    entityId: String(computer.computerId),
    tenantId: world.tenantId,
    before: [{ computerId: computer.computerId, primaryPersonId: lou }],
    after: [{ primaryPersonId: kim, sentence: "KIM@contoso.test was signed in 2 of the last 3 times." }],
  });
});

it("only the newest ten count", async () => {
  const [kim, lou] = [await makePerson("kim@contoso.test"), await makePerson("lou@contoso.test")];
  const computer = await makeComputer();
  for (let n = 0; n < 10; n++) await computer.sees("kim@contoso.test");
  for (let n = 0; n < 4; n++) expect(await computer.sees("lou@contoso.test")).toBe(kim);
  expect(await computer.sees("lou@contoso.test")).toBe(lou);
  const [change] = await db()
    .select()
    .from(affinityChanges)
    .where(eq(affinityChanges.computerId, computer.computerId))
    .orderBy(desc(affinityChanges.id));
  expect(change?.upns).toEqual([...Array(5).fill("lou@contoso.test"), ...Array(5).fill("kim@contoso.test")]);
  expect(await db().$count(upnSightings, eq(upnSightings.computerId, computer.computerId))).toBe(10);
});

it("a pinned one stays, whoever is signed in", async () => {
  const [kim, lou] = [await makePerson("kim@contoso.test"), await makePerson("lou@contoso.test")];
  const computer = await makeComputer();
  await db()
    .update(computers)
    .set({ primaryPersonId: kim, primaryPersonPinned: true })
    .where(eq(computers.id, computer.computerId));
  expect(await computer.sees("lou@contoso.test")).toBe(kim);
  expect(await changesOf(computer.computerId)).toEqual([]);
  await db().update(computers).set({ primaryPersonPinned: false }).where(eq(computers.id, computer.computerId));
  expect(await computer.sees("lou@contoso.test")).toBe(lou);
});

it("only people of the computer's own tenant count, and none who has left", async () => {
  const fabrikam = await world.makeTenant("Fabrikam");
  await makePerson("kim@contoso.test", fabrikam);
  const lou = await makePerson("lou@contoso.test");
  await db().update(people).set({ archivedAt: clock.now() }).where(eq(people.id, lou));
  const computer = await makeComputer();
  expect(await computer.sees("kim@contoso.test")).toBeNull();
  expect(await computer.sees("lou@contoso.test")).toBeNull();
  const kim = await makePerson("kim@contoso.test");
  expect(await computer.sees("kim@contoso.test")).toBe(kim);
});

it("nobody with a UPN signed in changes nothing", async () => {
  const kim = await makePerson("kim@contoso.test");
  const computer = await makeComputer();
  await db().update(computers).set({ primaryPersonId: kim }).where(eq(computers.id, computer.computerId));
  expect(await computer.sees()).toBe(kim);
  expect(await computer.sees(null)).toBe(kim);
  expect(await changesOf(computer.computerId)).toEqual([]);
});

it("many check-ins at once are settled together, each for itself, with one entry for the tenant", async () => {
  const made = [];
  for (let n = 0; n < 12; n++)
    made.push({ person: await makePerson(`p${n}@contoso.test`), computer: await makeComputer(`pc-${n}`) });
  await checkIn({
    ctx: system(),
    input: { checkIns: made.map(({ computer }, n) => computer.checkInOf(`P${n}@contoso.test`)) },
  });
  for (const { person, computer } of made) expect(await primaryOf(computer.computerId)).toBe(person);
  expect(await db().$count(affinityChanges)).toBe(12);
  expect(await entries()).toHaveLength(1);
});
