import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { actions, emails, items, messageLinks, outboxEvents } from "@/db/schema";
import type { MailProvider } from "@/server/mail/provider";
import { announceSession } from "@/server/services/emails/announce-session";
import { confirmPostponement } from "@/server/services/emails/confirm-postponement";
import { reportSession } from "@/server/services/emails/report-session";
import { postponeSession } from "@/server/services/sessions/postpone-session";
import { type MailWorld, openMailWorld } from "./world";

let world: MailWorld;
beforeAll(async () => {
  world = await openMailWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

const outbox = () => world.runtime.database.db.select().from(emails).orderBy(asc(emails.recipient));
const tell = (sessionId: number, ctx = world.system) => announceSession({ ctx, input: { sessionId } });

describe("who is told", () => {
  it("is the primary person, in their language and their time zone", async () => {
    const ann = await world.makePerson({ email: "ann@contoso.example", language: "de", timeZone: "Asia/Tokyo" });
    await world.setPrimaryPerson(ann);
    const told = await tell(await world.makeSession());
    expect(told).toEqual({
      toldCount: 1,
      sentence: "An e-mail for ann@contoso.example is in the outbox and not sent, because no mail provider is set up.",
    });
    const [mail] = await outbox();
    expect(mail).toMatchObject({ kind: "before", status: "kept", recipient: "ann@contoso.example", personId: ann });
    // 20:00 UTC is five in the morning of the next day in Tokyo.
    expect(mail?.plainText).toContain("Drei Änderungen an Ihrem Computer, morgen um 05:00 Uhr");
    expect(mail?.plainText).toContain("Dienstag, 24. November 2026, 05:00");
  });

  it.each([
    ["nobody is known to use it", null],
    ["whoever uses it has no address", { email: null }],
    ["whoever uses it has left", { archivedAt: new Date("2026-01-01") }],
  ])("is the contacts of the tenant when %s", async (_why, person) => {
    if (person) await world.setPrimaryPerson(await world.makePerson(person));
    for (const email of ["b@contoso.example", "a@contoso.example", "B@contoso.example"]) {
      await world.makeContact(world.tenantId, await world.makePerson({ email }));
    }
    await world.makeContact(world.mspId, await world.makePerson({ email: "desk@harbour.example" }));
    expect(await tell(await world.makeSession())).toMatchObject({ toldCount: 2 });
    const mails = await outbox();
    expect(mails.map(({ recipient }) => recipient)).toEqual(["a@contoso.example", "b@contoso.example"]);
    expect(mails[0]?.plainText.replace(/\s+/g, " ")).toContain(
      "nobody is known to use it, and you are a contact of Contoso.",
    );
  });

  it("is the provider's contacts when the tenant has none", async () => {
    await world.makeContact(world.mspId, await world.makePerson({ email: "desk@harbour.example" }));
    expect(await tell(await world.makeSession())).toMatchObject({ toldCount: 1 });
    expect(await outbox()).toMatchObject([{ recipient: "desk@harbour.example", tenantId: world.tenantId }]);
  });

  it("is never nobody silently", async () => {
    expect(await tell(await world.makeSession())).toEqual({
      toldCount: 0,
      sentence:
        "No one could be told: CONT-LT-0142 has no primary person with an e-mail address, and neither Contoso nor a tenant above it has a contact with one.",
    });
    expect(await outbox()).toEqual([]);
  });
});

describe("the mail before maintenance", () => {
  it("says what, where, when and why, in text as in HTML, and links only here", async () => {
    await world.setPrimaryPerson(await world.makePerson({}));
    await tell(await world.makeSession());
    const [mail] = await outbox();
    const said = [
      "Three changes on your computer, tonight at 21:00",
      "CONT-LT-0142, the laptop you use.",
      "Monday, 23 November 2026, 21:00",
      "Install Adobe Acrobat Pro",
      "from 18.13 to 20.0",
      "Apply the setting “Firewall on”",
      "You can postpone twice, until Fri 27 November at 21:00 at the latest.",
      "Harbour IT looks after CONT-LT-0142.",
    ];
    for (const text of said) expect(mail?.plainText.replace(/\s+/g, " ")).toContain(text);
    expect(mail?.plainText).not.toContain("Git");
    expect(mail?.subject).toBe("Maintenance of CONT-LT-0142: Mon 23 November at 21:00");
    const links = [...(mail?.html.matchAll(/(?:href|src)="([^"]+)"/g) ?? [])].map((match) => match[1]);
    expect(links).toHaveLength(3);
    for (const link of links)
      expect(link).toMatch(/^https:\/\/keel\.example\/m\/[\w-]+\.[\w-]+\.[\w-]+(\?choose=[\w-]+)?$/);
    expect(mail?.html).not.toMatch(/<script|javascript:/);
  });

  it("offers only what the session allows", async () => {
    await world.setPrimaryPerson(await world.makePerson({}));
    await tell(await world.makeSession({ options: { allowsCancel: false, allowsRunNow: false, postponeMaxCount: 0 } }));
    const [mail] = await outbox();
    expect(mail?.html).not.toContain("/m/");
    expect(mail?.plainText).not.toMatch(/Postpone|Skip|Run it now/);
  });

  it("takes names as text, whatever is in them", async () => {
    await world.setPrimaryPerson(await world.makePerson({}));
    const { db } = world.runtime.database;
    const name = '<img src=x onerror="alert(1)">';
    await db.update(items).set({ name }).where(eq(items.name, "3CX"));
    await tell(await world.makeSession());
    await db.update(items).set({ name: "3CX" }).where(eq(items.name, name));
    const [mail] = await outbox();
    expect(mail?.html).not.toContain("<img src=x");
    expect(mail?.html).toContain("&lt;img src=x");
  });

  it("is not written when the schedule sends none or nothing is to be done", async () => {
    await world.setPrimaryPerson(await world.makePerson({}));
    expect(await tell(await world.makeSession({ options: { mailsBefore: false } }))).toMatchObject({ toldCount: 0 });
    const empty = await world.makeSession();
    await world.runtime.database.db.delete(actions);
    expect(await tell(empty)).toEqual({ toldCount: 0, sentence: "There is nothing to announce." });
    expect(await outbox()).toEqual([]);
  });
});

describe("telling", () => {
  it("again, or at the same time, writes nothing more and answers the same", async () => {
    await world.setPrimaryPerson(await world.makePerson({}));
    const sessionId = await world.makeSession();
    const [first, second] = await Promise.all([tell(sessionId), tell(sessionId)]);
    // A change of the primary person in between must not tell a second one of the same thing.
    await world.setPrimaryPerson(await world.makePerson({}));
    const third = await tell(sessionId);
    expect([second, third]).toEqual([first, first]);
    expect(await outbox()).toHaveLength(1);
    expect(await world.runtime.database.db.select().from(messageLinks)).toHaveLength(1);
  });

  it("leaves nothing behind when it is cut short before its commit", async () => {
    await world.setPrimaryPerson(await world.makePerson({}));
    const sessionId = await world.makeSession();
    const { db } = world.runtime.database;
    const cutShort = new Proxy(db, {
      get: (target, name, receiver) =>
        name === "transaction"
          ? (work: Parameters<typeof db.transaction>[0]) =>
              db.transaction(async (tx) => {
                await work(tx);
                throw new Error("killed");
              })
          : Reflect.get(target, name, receiver),
    });
    await expect(tell(sessionId, { ...world.system, db: cutShort })).rejects.toThrow("killed");
    expect(await outbox()).toEqual([]);
    await tell(sessionId);
    expect(await outbox()).toHaveLength(1);
  });

  it("of a postponement happens once for each new time, with what is left of the budget", async () => {
    await world.setPrimaryPerson(await world.makePerson({}));
    const sessionId = await world.makeSession();
    await postponeSession({ ctx: world.as("msp-technician"), input: { sessionId, to: "1h" } });
    for (let i = 0; i < 2; i++) await confirmPostponement({ ctx: world.system, input: { sessionId } });
    await postponeSession({ ctx: world.as("msp-technician"), input: { sessionId, to: "tomorrow" } });
    await confirmPostponement({ ctx: world.system, input: { sessionId } });
    const mails = (await outbox()).filter(({ kind }) => kind === "postponed");
    expect(mails.map(({ plainText }) => /it now starts (.*)/.exec(plainText)?.[1]).sort()).toEqual([
      "tomorrow at 21:00",
      "tonight at 22:00",
    ]);
  });

  it("queues what a provider shall send, each under an event of its own", async () => {
    await world.setPrimaryPerson(await world.makePerson({}));
    const provider: MailProvider = { send: () => Promise.reject(new Error("nothing is sent here")) };
    const ctx = { ...world.system, mail: { ...world.system.mail, provider } };
    expect(await tell(await world.makeSession(), ctx)).toMatchObject({
      sentence: "person1@contoso.example is told by e-mail.",
    });
    const [mail] = await outbox();
    expect(mail?.status).toBe("queued");
    expect(await world.runtime.database.db.select().from(outboxEvents)).toMatchObject([
      { id: `email/queued/${mail?.id}`, name: "email/queued", data: { emailId: mail?.id } },
    ]);
  });
});

describe("the mail after maintenance", () => {
  it.each([
    [["compliant", "compliant", "compliant"], "All done: three changes on your computer", []],
    [
      ["compliant", "failed", "skipped"],
      "1 of 3 changes on your computer are done",
      ["Did not work", "left out, because something it needs did not work", "Harbour IT can see it and why."],
    ],
    [["failed", "failed", "failed"], "This time it did not work on your computer", []],
  ] as const)("says in plain words that %j", async (results, headline, others) => {
    await world.setPrimaryPerson(await world.makePerson({}));
    const endedAt = new Date("2026-11-23T20:12:00Z");
    const sessionId = await world.makeSession({ status: "passed", results, endedAt });
    for (let i = 0; i < 2; i++) await reportSession({ ctx: world.system, input: { sessionId } });
    const mails = await outbox();
    expect(mails).toHaveLength(1);
    const text = mails[0]?.plainText.replace(/\s+/g, " ") ?? "";
    for (const said of [headline, "Finished Monday, 23 November 2026, 21:12.", ...others]) expect(text).toContain(said);
  });
});
