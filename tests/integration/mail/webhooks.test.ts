import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { POST } from "@/app/api/webhooks/resend/route";
import { emailEvents, emails } from "@/db/schema";
import { announceSession } from "@/server/services/emails/announce-session";
import { signWebhook } from "../../simulators/resend/webhooks";
import { type MailWorld, openMailWorld, WEBHOOK_SECRET } from "./world";

const runtimeKey = Symbol.for("evenkeel.runtime");
let world: MailWorld;
let emailId: string;

beforeAll(async () => {
  world = await openMailWorld({ RESEND_API_KEY: "re_test", RESEND_WEBHOOK_SECRET: WEBHOOK_SECRET });
});
beforeEach(async () => {
  Object.assign(globalThis, { [runtimeKey]: Promise.resolve(world.runtime) });
  await world.reset();
  await world.setPrimaryPerson(await world.makePerson({}));
  await announceSession({ ctx: world.system, input: { sessionId: await world.makeSession() } });
  emailId = (await mail()).id;
  await world.runtime.database.db.update(emails).set({ status: "sent", providerId: "4ef9" });
});
afterAll(async () => {
  Object.assign(globalThis, { [runtimeKey]: undefined });
  await world.close();
});

const mail = async () => {
  const [found] = await world.runtime.database.db.select().from(emails);
  if (!found) throw new Error("No mail was made");
  return found;
};
const events = () => world.runtime.database.db.select().from(emailEvents);

interface Delivery {
  readonly id?: string;
  readonly secret?: string;
  readonly at?: Date;
  readonly data?: Record<string, unknown>;
}

const sign = (type: string, { id, secret = WEBHOOK_SECRET, at = world.clock.now(), data }: Delivery = {}) =>
  signWebhook(
    secret,
    { type, created_at: at.toISOString(), data: data ?? { email_id: "4ef9", tags: { email: emailId } } },
    { ...(id ? { id } : {}), at },
  );

function post(body: string, headers: Readonly<Record<string, string>>) {
  return POST(new Request("https://keel.example/api/webhooks/resend", { method: "POST", body, headers }));
}
const deliver = async (type: string, delivery?: Delivery) => {
  const { body, headers } = sign(type, delivery);
  return post(body, headers);
};

describe("a signed webhook", () => {
  it.each([
    ["email.delivered", "delivered"],
    ["email.bounced", "bounced"],
    ["email.failed", "failed"],
    ["email.suppressed", "failed"],
    ["email.sent", "sent"],
    ["email.opened", "sent"],
    ["email.complained", "sent"],
    ["email.delivery_delayed", "sent"],
  ])("%s makes the mail %s, and is kept with it", async (type, status) => {
    const response = await deliver(type);
    expect([response.status, await response.json()]).toEqual([200, { result: "recorded" }]);
    expect(await mail()).toMatchObject({ status });
    expect(await events()).toMatchObject([{ emailId, type, at: world.clock.now() }]);
  });

  it("says why a mail bounced", async () => {
    const data = { email_id: "4ef9", bounce: { message: "No such mailbox", type: "Permanent", subType: "General" } };
    await deliver("email.bounced", { data });
    expect(await mail()).toMatchObject({ status: "bounced", error: "No such mailbox" });
  });

  it("delivered twice is written once", async () => {
    await deliver("email.delivered", { id: "msg_1" });
    const again = await deliver("email.delivered", { id: "msg_1" });
    expect([again.status, await again.json()]).toEqual([200, { result: "repeated" }]);
    expect(await events()).toHaveLength(1);
  });

  it("takes nothing back when they come in another order than they happened", async () => {
    for (const type of ["email.bounced", "email.delivered", "email.sent"]) await deliver(type);
    expect(await mail()).toMatchObject({ status: "bounced" });
    expect(await events()).toHaveLength(3);
  });

  it("finds the mail by its tag before the answer to its request was written down", async () => {
    await world.runtime.database.db.update(emails).set({ status: "queued", providerId: null });
    await deliver("email.delivered");
    expect(await mail()).toMatchObject({ status: "delivered", providerId: "4ef9" });
  });

  it.each([
    ["about a mail of someone else", "email.delivered", { email_id: "other" }],
    ["about a domain", "domain.updated", { id: "d" }],
  ])("%s is taken and changes nothing", async (_what, type, data) => {
    const response = await deliver(type, { data });
    expect([response.status, await response.json()]).toEqual([200, { result: "ignored" }]);
    expect(await events()).toEqual([]);
  });

  it("is accepted while its secret is rotated, by either signature", async () => {
    const { body, headers } = sign("email.delivered");
    const signatures = `v1,${Buffer.from("another").toString("base64")} ${headers["svix-signature"]}`;
    expect((await post(body, { ...headers, "svix-signature": signatures })).status).toBe(200);
  });
});

describe("refused, with nothing changed, is what", () => {
  const minutes = (n: number) => new Date(world.clock.now().getTime() + n * 60_000);
  it.each([
    ["has no signature", () => ({ ...sign("email.bounced"), headers: {} }), 401],
    ["is signed with another secret", () => sign("email.bounced", { secret: "whsec_b3RoZXI=" }), 401],
    ["was changed after it was signed", () => ({ ...sign("email.bounced"), body: sign("email.failed").body }), 401],
    ["is played again later", () => sign("email.bounced", { at: minutes(-6) }), 401],
    ["comes from the future", () => sign("email.bounced", { at: minutes(6) }), 401],
    ["has a signature of another kind", () => withSignature("v2,AAAA"), 401],
    ["has a signature that is none", () => withSignature("nonsense"), 401],
  ] as const)("%s", async (_what, make, status) => {
    const { body, headers } = make();
    expect((await post(body, headers)).status).toBe(status);
    expect(await mail()).toMatchObject({ status: "sent" });
    expect(await events()).toEqual([]);
  });

  const withSignature = (signature: string) => {
    const { body, headers } = sign("email.bounced");
    return { body, headers: { ...headers, "svix-signature": signature } };
  };

  it("is signed and cannot be read", async () => {
    const at = world.clock.now();
    const { headers } = signWebhook(WEBHOOK_SECRET, { type: "email.bounced", created_at: "soon", data: {} }, { at });
    const body = JSON.stringify({ type: "email.bounced", created_at: "soon", data: {} });
    expect((await post(body, headers)).status).toBe(400);
  });

  it("comes where none are expected: 404", async () => {
    const mailSetup = { ...world.runtime.mail, verifyWebhook: null };
    const runtime = {
      ...world.runtime,
      systemContext: (name: string) => ({ ...world.runtime.systemContext(name), mail: mailSetup }),
    };
    Object.assign(globalThis, { [runtimeKey]: Promise.resolve(runtime) });
    expect((await deliver("email.bounced")).status).toBe(404);
    expect(await mail()).toMatchObject({ status: "sent" });
  });
});
