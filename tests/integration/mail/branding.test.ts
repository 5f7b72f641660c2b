import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { auditLog, brandings } from "@/db/schema";
import { getBranding } from "@/server/services/branding/get-branding";
import { updateBranding } from "@/server/services/branding/update-branding";
import { type MailWorld, NOW, openMailWorld } from "./world";

let world: MailWorld;
beforeAll(async () => {
  world = await openMailWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

const nothing = {
  companyName: null,
  logoUrl: null,
  accentColor: null,
  senderName: null,
  senderAddress: null,
  supportContact: null,
  footer: null,
  validFrom: null,
  validTo: null,
};
const update = (
  tenantId: number,
  values: Partial<typeof nothing> | Record<string, unknown>,
  ctx = world.as("msp-admin"),
) => updateBranding({ ctx, input: { ...nothing, ...values, tenantId } });
const effective = async (tenantId: number) =>
  (await getBranding({ ctx: world.as("msp-reader"), input: { tenantId } })).effective;

describe("a tenant's branding", () => {
  it("is the provider's name and the default address when nobody has said anything", async () => {
    expect(await effective(world.tenantId)).toEqual({
      companyName: "Harbour IT",
      logoUrl: null,
      accentColor: null,
      supportContact: null,
      footer: null,
      sender: '"Harbour IT" <mail@keel.example>',
    });
  });

  it("comes field by field from the nearest tenant that has one", async () => {
    await update(world.mspId, { companyName: "Harbour", accentColor: "#AA0000", footer: "Harbour Ltd" });
    await update(world.tenantId, { companyName: "Contoso IT", supportContact: "help@contoso.example" });
    expect(await effective(world.tenantId)).toMatchObject({
      companyName: "Contoso IT",
      accentColor: "#aa0000",
      footer: "Harbour Ltd",
      supportContact: "help@contoso.example",
      sender: '"Contoso IT" <mail@keel.example>',
    });
    expect(await effective(world.mspId)).toMatchObject({ companyName: "Harbour", supportContact: null });
  });

  it("never puts one tenant's name on another's address", async () => {
    await update(world.mspId, { senderName: "Harbour Desk", senderAddress: "desk@harbour.example" });
    expect((await effective(world.tenantId)).sender).toBe('"Harbour Desk" <desk@harbour.example>');
    await update(world.tenantId, { senderAddress: "it@contoso.example", companyName: 'The "Contoso"' });
    expect((await effective(world.tenantId)).sender).toBe('"The \\"Contoso\\"" <it@contoso.example>');
  });

  it.each([
    ["before its first day", { validFrom: new Date(NOW.getTime() + 1) }, "Harbour IT"],
    ["on its first day", { validFrom: NOW }, "Campaign"],
    ["up to its end", { validTo: new Date(NOW.getTime() + 1) }, "Campaign"],
    ["at its end", { validTo: NOW }, "Harbour IT"],
  ])("%s counts as its dates say", async (_when, dates, companyName) => {
    await update(world.tenantId, { companyName: "Campaign", ...dates });
    expect(await effective(world.tenantId)).toMatchObject({ companyName });
  });

  it("is changed by administrators only, with who, before and after in the audit log", async () => {
    for (const ctx of [world.as("msp-technician"), world.as("tenant-admin", world.tenantId)]) {
      await expect(update(world.tenantId, { companyName: "X" }, ctx)).rejects.toMatchObject({ code: "forbidden" });
    }
    await update(world.tenantId, { companyName: "One" });
    await update(world.tenantId, { companyName: "Two" });
    const log = await world.runtime.database.db.select().from(auditLog);
    expect(log).toMatchObject([
      { action: "branding.update", actorName: "Sam Reyes", before: null, after: { companyName: "One" } },
      { action: "branding.update", before: { companyName: "One" }, after: { companyName: "Two" } },
    ]);
  });

  it.each([
    ["logoUrl", "http://contoso.example/logo.png"],
    ["logoUrl", "javascript:alert(1)"],
    ["accentColor", "red"],
    ["accentColor", "#fff"],
    ["senderAddress", "desk"],
    ["companyName", "  "],
    ["validTo", new Date("2020-01-01")],
  ])("refuses the %s %s, says so at the field, and changes nothing", async (field, value) => {
    const wrong = update(world.tenantId, { validFrom: NOW, [field]: value });
    await expect(wrong).rejects.toMatchObject({ code: "bad-input", fields: { [field]: expect.any(String) } });
    expect(await world.runtime.database.db.select().from(brandings)).toEqual([]);
  });

  it("of a tenant that one may not see does not exist", async () => {
    const ctx = world.as("tenant-reader", world.tenantId);
    await expect(getBranding({ ctx, input: { tenantId: world.mspId } })).rejects.toMatchObject({ code: "not-found" });
  });
});
