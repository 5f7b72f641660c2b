import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { emails, sessions, tenants } from "@/db/schema";
import { createResendProvider } from "@/server/mail/resend-provider";
import { announceSession } from "@/server/services/emails/announce-session";
import { getEmail } from "@/server/services/emails/get-email";
import { listEmails } from "@/server/services/emails/list-emails";
import { sendEmail } from "@/server/services/emails/send-email";
import { sendTestEmail } from "@/server/services/emails/send-test-email";
import { type ResendSimulator, startResendSimulator } from "../../simulators/resend/server";
import { type MailWorld, openMailWorld } from "./world";

let simulator: ResendSimulator;
let world: MailWorld;
const apiKey = "re_right";

beforeAll(async () => {
  simulator = await startResendSimulator({ apiKey, verifiedDomains: ["keel.example"] });
  world = await openMailWorld({ RESEND_API_KEY: apiKey, RESEND_BASE_URL: simulator.url });
});
beforeEach(async () => {
  simulator.reset();
  await world.reset();
  await world.setPrimaryPerson(await world.makePerson({}));
});
afterAll(async () => {
  await world.close();
  await simulator.close();
});

/** Puts a mail into the outbox, as if the process were killed before anything was sent. */
async function queueMail(): Promise<string> {
  const sessionId = await world.makeSession();
  await announceSession({ ctx: world.system, input: { sessionId } });
  const [mail] = await world.runtime.database.db.select().from(emails).where(eq(emails.sessionId, sessionId));
  return mail?.id ?? "";
}
const send = (emailId: string, isLastAttempt = false, provider = world.system.mail.provider) =>
  sendEmail({
    ctx: { ...world.system, mail: { ...world.system.mail, provider } },
    input: { emailId, isLastAttempt },
  });
const look = (emailId: string) => getEmail({ ctx: world.as("msp-admin"), input: { emailId } });

describe("a queued mail", () => {
  it("reaches the provider as it stands in the outbox, under its own key and tags", async () => {
    const emailId = await queueMail();
    expect(await send(emailId)).toEqual({ kind: "sent" });
    const mail = await look(emailId);
    expect(mail).toMatchObject({ status: "sent", attempts: 1, error: null, sentAt: world.clock.now() });
    expect(simulator.accepted).toMatchObject([
      {
        id: mail.providerId,
        from: '"Harbour IT" <mail@keel.example>',
        to: ["person1@contoso.example"],
        subject: mail.subject,
        html: mail.html,
        text: mail.plainText,
        idempotencyKey: mail.idempotencyKey,
      },
    ]);
    expect(simulator.accepted[0]?.tags).toContainEqual({ name: "email", value: emailId });
  });

  it("is sent once, however often it is asked for", async () => {
    const emailId = await queueMail();
    await send(emailId);
    expect(await send(emailId)).toEqual({ kind: "settled" });
    expect(simulator.requestCount()).toBe(1);
  });

  it("is one mail for the recipient when the process dies between the request and its answer", async () => {
    const emailId = await queueMail();
    simulator.meets({ kind: "lost-answer" });
    expect(await send(emailId)).toMatchObject({ kind: "later" });
    expect(await look(emailId)).toMatchObject({ status: "queued", attempts: 1 });
    expect(await send(emailId)).toEqual({ kind: "sent" });
    expect(simulator.accepted).toHaveLength(1);
    expect(await look(emailId)).toMatchObject({ status: "sent", providerId: simulator.accepted[0]?.id });
  });

  it("is one mail when two processes send it at the same time", async () => {
    const emailId = await queueMail();
    let release = () => {};
    const until = new Promise<void>((resolve) => {
      release = resolve;
    });
    simulator.meets({ kind: "held", until });
    const first = send(emailId);
    await expect.poll(() => simulator.requestCount()).toBe(1);
    expect(await send(emailId)).toMatchObject({ kind: "later", waitSeconds: 1 });
    release();
    expect(await first).toEqual({ kind: "sent" });
    expect(simulator.accepted).toHaveLength(1);
    expect(await look(emailId)).toMatchObject({ status: "sent" });
  });

  it("is held in no transaction while the provider thinks", async () => {
    const emailId = await queueMail();
    let release = () => {};
    const until = new Promise<void>((resolve) => {
      release = resolve;
    });
    simulator.meets({ kind: "held", until });
    const sending = send(emailId);
    await expect.poll(() => simulator.requestCount()).toBe(1);
    // PGlite has one connection: a transaction held open would keep this waiting for ever.
    expect(await look(emailId)).toMatchObject({ status: "queued" });
    release();
    await sending;
  });

  const error = (statusCode: number, name: string) => ({ statusCode, name, message: "as documented" });
  it.each([
    [error(429, "rate_limit_exceeded"), { "retry-after": "7" }, 7],
    [error(429, "daily_quota_exceeded"), {}, 3600],
    [error(429, "monthly_quota_exceeded"), {}, 3600],
    [error(409, "concurrent_idempotent_requests"), {}, 1],
    [error(500, "application_error"), {}, 30],
    [error(500, "internal_server_error"), {}, 30],
    [error(503, "never_heard_of"), {}, 30],
  ])("waits and goes out later after %j", async (refusal, headers, waitSeconds) => {
    const emailId = await queueMail();
    simulator.meets({ kind: "error", error: refusal, headers });
    expect(await send(emailId)).toEqual({ kind: "later", waitSeconds });
    expect(await look(emailId)).toMatchObject({ status: "queued", error: `${refusal.name}: as documented` });
    expect(await send(emailId)).toEqual({ kind: "sent" });
  });

  it.each([
    error(400, "invalid_idempotency_key"),
    error(401, "restricted_api_key"),
    error(403, "validation_error"),
    error(409, "invalid_idempotent_request"),
    error(422, "invalid_from_address"),
    error(451, "security_error"),
    error(418, "never_heard_of"),
  ])("fails with the provider's words after %j, and is not tried again", async (refusal) => {
    const emailId = await queueMail();
    simulator.meets({ kind: "error", error: refusal });
    expect(await send(emailId)).toEqual({ kind: "failed" });
    expect(await look(emailId)).toMatchObject({ status: "failed", error: `${refusal.name}: as documented` });
    expect(await send(emailId)).toEqual({ kind: "settled" });
    expect(simulator.requestCount()).toBe(1);
  });

  it("waits after an answer that makes no sense, and when nobody listens", async () => {
    const emailId = await queueMail();
    simulator.meets({ kind: "garbage", status: 502 });
    expect(await send(emailId)).toMatchObject({ kind: "later" });
    const nobody = await startResendSimulator({ apiKey, verifiedDomains: [] });
    await nobody.close();
    const unreachable = createResendProvider(apiKey, nobody.url);
    expect(await send(emailId, false, unreachable)).toMatchObject({ kind: "later" });
    expect(await send(emailId, true, unreachable)).toEqual({ kind: "failed" });
    expect(await look(emailId)).toMatchObject({ status: "failed" });
  });

  it("fails with a wrong key", async () => {
    const emailId = await queueMail();
    expect(await send(emailId, false, createResendProvider("re_wrong", simulator.url))).toEqual({ kind: "failed" });
    expect(await look(emailId)).toMatchObject({ error: "invalid_api_key: API key is invalid" });
  });

  it("is not sent once the maintenance it announces has begun", async () => {
    const emailId = await queueMail();
    await world.runtime.database.db.update(sessions).set({ executionStartedAt: world.clock.now() });
    expect(await send(emailId)).toEqual({ kind: "failed" });
    expect(simulator.requestCount()).toBe(0);
  });
});

describe("a test mail", () => {
  const input = () => ({ tenantId: world.tenantId, recipient: "sam@harbour.example", language: "de" as const });
  it("is sent at once and says what the provider said", async () => {
    const ctx = world.as("msp-admin");
    expect(await sendTestEmail({ ctx, input: input() })).toMatchObject({ status: "sent", error: null });
    simulator.meets({ kind: "error", error: { statusCode: 429, name: "rate_limit_exceeded", message: "slow down" } });
    expect(await sendTestEmail({ ctx, input: input() })).toMatchObject({
      status: "failed",
      error: "rate_limit_exceeded: slow down",
    });
    expect(simulator.accepted[0]?.html).not.toContain("/m/");
  });
  it("is for administrators, and to an address", async () => {
    await expect(sendTestEmail({ ctx: world.as("msp-technician"), input: input() })).rejects.toMatchObject({
      code: "forbidden",
    });
    const wrong = { ...input(), recipient: "sam" };
    await expect(sendTestEmail({ ctx: world.as("msp-admin"), input: wrong })).rejects.toMatchObject({
      code: "bad-input",
      fields: { recipient: "That is not an e-mail address." },
    });
  });
});

describe("the outbox", () => {
  it("shows each what is theirs, newest first, a page at a time", async () => {
    for (let i = 0; i < 3; i++) {
      await queueMail();
      await world.clock.advance(1000);
    }
    const ctx = world.as("tenant-reader", world.tenantId);
    const first = await listEmails({ ctx, input: { limit: 2 } });
    const second = await listEmails({ ctx, input: { limit: 2, cursor: first.nextCursor } });
    const times = [...first.rows, ...second.rows].map(({ createdAt }) => createdAt.getTime());
    expect(times).toEqual([...times].sort((a, b) => b - a));
    expect([first.rows.length, second.rows.length, second.nextCursor, first.total]).toEqual([2, 1, null, 3]);
    const { db } = world.runtime.database;
    const [other] = await db
      .insert(tenants)
      .values({
        parentId: world.mspId,
        kind: "customer",
        name: "Fabrikam",
        slug: "f",
        timeZone: "UTC",
        createdAt: new Date(),
      })
      .returning();
    const stranger = world.as("tenant-reader", other?.id ?? 0);
    expect((await listEmails({ ctx: stranger, input: {} })).rows).toEqual([]);
    const emailId = first.rows[0]?.id ?? "";
    await expect(getEmail({ ctx: stranger, input: { emailId } })).rejects.toMatchObject({ code: "not-found" });
  });

  it("hides the links that act in the recipient's name from those who may only look", async () => {
    const emailId = await queueMail();
    const seen = await getEmail({ ctx: world.as("msp-reader"), input: { emailId } });
    expect(seen.html).toContain("https://keel.example/m/hidden");
    expect(`${seen.html}${seen.plainText}`).not.toMatch(/\/m\/[\w-]+\./);
    expect((await look(emailId)).plainText).toMatch(/\/m\/[\w-]+\./);
  });
});
