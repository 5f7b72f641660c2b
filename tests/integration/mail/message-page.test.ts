import { eq, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { GET, POST } from "@/app/m/[token]/route";
import { actions, auditLog, emails, messageChoices, messageLinks, outboxEvents, sessions } from "@/db/schema";
import { announceSession } from "@/server/services/emails/announce-session";
import { reportSession } from "@/server/services/emails/report-session";
import { type MailWorld, openMailWorld, TONIGHT } from "./world";

const HOUR_MS = 3_600_000;
const runtimeKey = Symbol.for("evenkeel.runtime");
let world: MailWorld;
beforeAll(async () => {
  world = await openMailWorld();
  Object.assign(globalThis, { [runtimeKey]: Promise.resolve(world.runtime) });
});
beforeEach(async () => {
  await world.reset();
  await world.setPrimaryPerson(await world.makePerson({ timeZone: "Europe/Berlin" }));
});
afterEach(() => world.clock.advance(0));
afterAll(async () => {
  Object.assign(globalThis, { [runtimeKey]: undefined });
  await world.close();
});

const db = () => world.runtime.database.db;
const context = (token: string) => ({ params: Promise.resolve({ token }) });

async function open(token: string, query = "", headers: Record<string, string> = {}) {
  const request = new Request(`https://keel.example/m/${token}${query}`, { headers });
  const response = await GET(request, context(token));
  const html = await response.text();
  const text = html
    .replace(/<style>[\s\S]*?<\/style>|<[^>]+>/g, " ")
    .replace(/&amp;/g, "&")
    .replace(/\s+/g, " ");
  const keys = new Map(
    [...html.matchAll(/<form[\s\S]*?<\/form>/g)].map(
      ([form]) => [valueIn(form, "choice"), valueIn(form, "key")] as const,
    ),
  );
  return { response, html, text, key: (choice: string) => keys.get(choice) ?? "", choices: [...keys.keys()] };
}

/** The value of the hidden field or button of this name. */
const valueIn = (form: string, name: string) => {
  const tag = new RegExp(`<(?:input|button)(?=[^>]*name="${name}")[^>]*>`).exec(form)?.[0] ?? "";
  return /value="([^"]*)"/.exec(tag)?.[1] ?? "";
};

async function submit(token: string, fields: Record<string, string>) {
  const request = new Request(`https://keel.example/m/${token}`, { method: "POST", body: new URLSearchParams(fields) });
  const response = await POST(request, context(token));
  const location = response.headers.get("location");
  return {
    response,
    next: location === null ? null : await open(token, new URL(location, "https://keel.example").search),
  };
}

async function announce(values?: Parameters<MailWorld["makeSession"]>[0]) {
  const sessionId = await world.makeSession(values);
  await announceSession({ ctx: world.system, input: { sessionId } });
  return { sessionId, token: await tokenOf(sessionId) };
}

async function tokenOf(sessionId: number): Promise<string> {
  const [mail] = await db().select({ text: emails.plainText }).from(emails).where(eq(emails.sessionId, sessionId));
  return /\/m\/([\w.-]+)/.exec(mail?.text ?? "")?.[1] ?? "";
}

const sessionNow = async (sessionId: number) => {
  const [found] = await db().select().from(sessions).where(eq(sessions.id, sessionId));
  if (!found) throw new Error("No such session");
  return found;
};

/** Everything a link could change. */
const everything = async () =>
  Promise.all(
    [sessions, actions, messageChoices, messageLinks, outboxEvents, auditLog, emails].map((t) => db().select().from(t)),
  );

describe("opening a link", () => {
  it("shows the plan, when, the budget and the choices in the reader's zone, and changes nothing", async () => {
    const { token } = await announce();
    const before = await everything();
    for (const query of ["", "?choose=cancel", "?choose=run-now", "?sent=nonsense&again"]) await open(token, query);
    const page = await open(token);
    expect(await everything()).toEqual(before);
    expect(page.response.status).toBe(200);
    for (const said of [
      "Harbour IT",
      "Three changes on your computer, tonight at 21:00",
      "CONT-LT-0142, the laptop you use.",
      "Monday, 23 November 2026, 21:00",
      "Update 3CX from 18.13 to 20.0",
      "1 hour later tonight at 22:00",
      "4 hours later tomorrow at 01:00",
      "Tomorrow at 21:00",
      "You can postpone twice, until Fri 27 November at 21:00 at the latest.",
    ]) {
      expect(page.text).toContain(said);
    }
    expect(page.choices).toEqual(["postpone", "cancel", "run-now"]);
    expect(page.html).toContain('min="2026-11-23T21:01" max="2026-11-27T21:00"');
  });

  it("offers first what the button in the mail said, and does it only when it is pressed", async () => {
    const { token, sessionId } = await announce();
    const page = await open(token, "?choose=run-now");
    expect(page.choices[0]).toBe("run-now");
    expect(page.text).toContain("Run it now? It starts within moments.");
    expect((await sessionNow(sessionId)).executionAt).toEqual(TONIGHT);
  });

  it("sends no script, and forbids scripts, frames, caches and referrers", async () => {
    const { token } = await announce();
    const { html, response } = await open(token);
    expect(html).not.toMatch(/<script|\son\w+=|javascript:|<link/i);
    expect(html.length).toBeLessThan(16_000);
    const policy = response.headers.get("content-security-policy");
    expect(policy).toContain("default-src 'none'; style-src 'sha256-");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
      "x-robots-tag": "noindex, nofollow",
      "content-type": "text/html; charset=utf-8",
    });
  });
});

describe("a choice", () => {
  it.each([
    ["1h", new Date(TONIGHT.getTime() + HOUR_MS), "Postponed. It now starts tonight at 22:00."],
    ["4h", new Date(TONIGHT.getTime() + 4 * HOUR_MS), "Postponed. It now starts tomorrow at 01:00."],
    ["tomorrow", new Date(TONIGHT.getTime() + 24 * HOUR_MS), "Postponed. It now starts tomorrow at 21:00."],
  ])("to postpone by %s moves the session and spends from the budget", async (to, executionAt, said) => {
    const { token, sessionId } = await announce();
    const { key } = await open(token);
    const { response, next } = await submit(token, { key: key("postpone"), choice: "postpone", to });
    expect(response.status).toBe(303);
    expect(next?.text).toContain(said);
    expect(next?.text).toContain("You can postpone once");
    expect(await sessionNow(sessionId)).toMatchObject({ status: "postponed", executionAt, postponeCount: 1 });
    const told = await db().select({ data: outboxEvents.data }).from(outboxEvents);
    expect(told).toEqual([{ data: { sessionId, change: "postponed" } }]);
    const [entry] = await db().select().from(auditLog).where(eq(auditLog.action, "session.postpone"));
    expect(entry).toMatchObject({ actorKind: "recipient", actorName: "Person 1", tenantId: world.tenantId });
  });

  it("of a time is read in the reader's zone", async () => {
    const { token, sessionId } = await announce();
    const { key } = await open(token);
    await submit(token, { key: key("postpone"), choice: "postpone", to: "time", time: "2026-11-24T08:30" });
    expect((await sessionNow(sessionId)).executionAt).toEqual(new Date("2026-11-24T07:30:00Z"));
  });

  it("of a time that the clocks skip is the next minute there is", async () => {
    const { token, sessionId } = await announce({ executionAt: new Date("2027-03-27T20:00:00Z") });
    const { key } = await open(token);
    await submit(token, { key: key("postpone"), choice: "postpone", to: "time", time: "2027-03-28T02:30" });
    expect((await sessionNow(sessionId)).executionAt).toEqual(new Date("2027-03-28T01:00:00Z"));
  });

  it.each([
    ["before it is planned for", "2026-11-23T20:00"],
    ["after the latest", "2026-11-29T09:00"],
    ["that is none", "tomorrow"],
    ["that was left empty", ""],
    ["of no calendar", "2026-02-30T10:00"],
  ])("of a time %s is refused with the bounds, and changes nothing", async (_what, time) => {
    const { token, sessionId } = await announce();
    const { key } = await open(token);
    const { next } = await submit(token, { key: key("postpone"), choice: "postpone", to: "time", time });
    expect(next?.text).toContain(
      "That time is not possible. It has to be later than Mon 23 November at 21:00 and at the latest Fri 27 November at 21:00.",
    );
    expect(await sessionNow(sessionId)).toMatchObject({ executionAt: TONIGHT, postponeCount: 0 });
  });

  it("to skip this time cancels the session", async () => {
    const { token, sessionId } = await announce();
    const { key } = await open(token);
    const { next } = await submit(token, { key: key("cancel"), choice: "cancel" });
    expect(next?.text).toContain("Done: it is skipped this time. Skipped this time");
    expect(next?.choices).toEqual([]);
    expect((await sessionNow(sessionId)).status).toBe("cancelled");
  });

  it("to run now moves the execution to now", async () => {
    const { token, sessionId } = await announce();
    const { key } = await open(token);
    const { next } = await submit(token, { key: key("run-now"), choice: "run-now" });
    expect(next?.text).toContain("Thank you. It starts now. It starts any moment on your computer");
    expect(await sessionNow(sessionId)).toMatchObject({ status: "pending-execution", executionAt: world.clock.now() });
  });

  it("sent twice, one after the other or at once, is one choice, and says so", async () => {
    const { token, sessionId } = await announce();
    const { key } = await open(token);
    const fields = { key: key("postpone"), choice: "postpone", to: "1h" };
    const sent = await Promise.all([submit(token, fields), submit(token, fields)]);
    sent.push(await submit(token, fields));
    expect(await sessionNow(sessionId)).toMatchObject({
      postponeCount: 1,
      executionAt: new Date(TONIGHT.getTime() + HOUR_MS),
    });
    const repeated = sent.filter(({ next }) =>
      next?.text.includes("You had sent this already; nothing more was changed."),
    );
    expect(repeated).toHaveLength(2);
    for (const { next } of sent) expect(next?.text).toContain("Postponed. It now starts tonight at 22:00.");
  });

  it("is refused once the budget is spent, and says so beforehand", async () => {
    const { token, sessionId } = await announce({ options: { postponeMaxCount: 1 } });
    const stale = await open(token);
    const { next } = await submit(token, { key: stale.key("postpone"), choice: "postpone", to: "1h" });
    expect(next?.choices).toEqual(["cancel", "run-now"]);
    const fields = { key: crypto.randomUUID(), choice: "postpone", to: "1h" };
    const { next: refused } = await submit(token, fields);
    expect(refused?.text).toContain("That is not possible here. Nothing was changed.");
    expect((await sessionNow(sessionId)).postponeCount).toBe(1);
  });

  it.each([
    ["cancel", { allowsCancel: false }],
    ["run-now", { allowsRunNow: false }],
    ["postpone", { allowsPostpone: false }],
  ])("to %s that the schedule does not allow is neither offered nor done", async (choice, options) => {
    const { token, sessionId } = await announce({ options });
    const before = await sessionNow(sessionId);
    const page = await open(token);
    expect(page.choices).not.toContain(choice);
    const { next } = await submit(token, { key: crypto.randomUUID(), choice, to: "1h" });
    expect(next?.text).toContain("Nothing was changed.");
    expect(await sessionNow(sessionId)).toEqual(before);
  });

  it.each(["postpone", "cancel", "run-now"])("to %s after it has begun says so and changes nothing", async (choice) => {
    const { token, sessionId } = await announce();
    const { key } = await open(token);
    await db()
      .update(sessions)
      .set({ status: "running", executionStartedAt: world.clock.now() })
      .where(eq(sessions.id, sessionId));
    const before = await sessionNow(sessionId);
    const { next } = await submit(token, { key: key(choice), choice, to: "1h" });
    expect(next?.text).toContain("That came too late");
    expect(next?.text).toContain("It has begun on your computer");
    expect(next?.choices).toEqual([]);
    expect(await sessionNow(sessionId)).toEqual(before);
  });

  it("that races with the starting execution is either held or too late, never half", async () => {
    for (let round = 0; round < 5; round++) {
      const { token, sessionId } = await announce();
      const { key } = await open(token);
      const [{ next }] = await Promise.all([
        submit(token, { key: key("postpone"), choice: "postpone", to: "1h" }),
        db()
          .update(sessions)
          .set({ status: "running", executionStartedAt: world.clock.now() })
          .where(sql`${sessions.id} = ${sessionId} and ${sessions.status} = 'pending-execution'`),
      ]);
      const { status, postponeCount } = await sessionNow(sessionId);
      const held = next?.text.includes("Postponed. It now starts tonight at 22:00.");
      expect([status, postponeCount, held]).toEqual(held ? ["postponed", 1, true] : ["running", 0, false]);
      expect(next?.text.includes("That came too late")).toBe(!held);
    }
  });

  it.each([
    ["without a key", { choice: "cancel" }],
    ["with a key that is none", { key: "1", choice: "cancel" }],
    ["of nothing on offer", { key: crypto.randomUUID(), choice: "format" }],
    ["of a time not on offer", { key: crypto.randomUUID(), choice: "postpone", to: "9h" }],
    ["larger than any form", { key: crypto.randomUUID(), choice: "cancel", padding: "x".repeat(9000) }],
  ])("%s is answered with 400 and the way back, and changes nothing", async (_what, fields) => {
    const { token } = await announce();
    const before = await everything();
    const { response } = await submit(token, fields as Record<string, string>);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain(`href="/m/${token}"`);
    expect(await everything()).toEqual(before);
  });

  it("with another link's form key is refused", async () => {
    const [first, second] = [await announce(), await announce()];
    const key = crypto.randomUUID();
    await submit(first.token, { key, choice: "cancel" });
    const { response } = await submit(second.token, { key, choice: "cancel" });
    expect(response.status).toBe(400);
    expect((await sessionNow(second.sessionId)).status).toBe("pending-execution");
  });
});

describe("a link that opens nothing", () => {
  const change = (token: string, part: number) =>
    token
      .split(".")
      .map((each, index) =>
        index === part ? `${each.slice(0, 5)}${each[5] === "A" ? "B" : "A"}${each.slice(6)}` : each,
      )
      .join(".");

  it("was changed on its way, in any part, or is no token at all: 400", async () => {
    const { token, sessionId } = await announce();
    const unsigned = `${Buffer.from('{"alg":"none"}').toString("base64url")}.${token.split(".")[1]}.`;
    const before = await everything();
    for (const wrong of [
      change(token, 0),
      change(token, 1),
      change(token, 2),
      unsigned,
      "x",
      token.slice(0, -4),
      "a.".repeat(3000),
    ]) {
      const page = await open(wrong);
      expect([page.response.status, page.text.includes("This link is not complete")]).toEqual([400, true]);
      const { response } = await submit(wrong, { key: crypto.randomUUID(), choice: "cancel" });
      expect(response.status).toBe(400);
    }
    expect(await everything()).toEqual(before);
    expect((await sessionNow(sessionId)).status).toBe("pending-execution");
  });

  it("was signed for something else, or by someone else: 400", async () => {
    const { sessionId } = await announce();
    const { createMessageLinks } = await import("@/server/mail/links");
    const link = {
      linkId: crypto.randomUUID(),
      sessionId,
      recipientDigest: "x",
      purpose: "plan",
      expiresAt: new Date("2027-01-01"),
    } as const;
    const foreign = await createMessageLinks(world.runtime.secrets.keyFor("another purpose")).sign(link);
    expect((await open(foreign)).response.status).toBe(400);
  });

  it("belongs to a session that is gone: 404", async () => {
    const { token, sessionId } = await announce();
    await db().delete(emails);
    await db().delete(actions);
    await db().delete(sessions).where(eq(sessions.id, sessionId));
    expect((await open(token)).response.status).toBe(404);
    expect((await submit(token, { key: crypto.randomUUID(), choice: "cancel" })).response.status).toBe(404);
  });

  it("says so in the language the browser asks for", async () => {
    const page = await open("nonsense", "", { "accept-language": "de-DE,de;q=0.9,en;q=0.5" });
    expect(page.html).toContain('<html lang="de">');
    expect(page.text).toContain("Dieser Link ist nicht vollständig");
  });

  it("has expired: 410, and its form changes nothing", async () => {
    const { token, sessionId } = await announce();
    const { key } = await open(token);
    await world.clock.advance(12 * 24 * HOUR_MS);
    const before = await everything();
    const page = await open(token);
    expect([page.response.status, page.text.includes("This link has expired")]).toEqual([410, true]);
    expect((await submit(token, { key: key("cancel"), choice: "cancel" })).response.status).toBe(410);
    expect(await everything()).toEqual(before);
    expect((await sessionNow(sessionId)).status).toBe("pending-execution");
  });
});

describe("the link to a result", () => {
  it("shows what became of it, and offers nothing", async () => {
    const sessionId = await world.makeSession({
      status: "partially-passed",
      results: ["compliant", "failed", "skipped"],
      endedAt: world.clock.now(),
    });
    await reportSession({ ctx: world.system, input: { sessionId } });
    const token = await tokenOf(sessionId);
    const page = await open(token);
    expect(page.text).toContain("1 of 3 changes on your computer are done");
    expect(page.text).toContain("✕ Update 3CX Did not work");
    expect(page.choices).toEqual([]);
    const { response } = await submit(token, { key: crypto.randomUUID(), choice: "cancel" });
    expect(response.status).toBe(400);
  });
});
