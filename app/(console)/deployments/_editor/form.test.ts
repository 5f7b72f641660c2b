import { describe, expect, it } from "vitest";
import { type DeploymentForm, draftOf, emptyForm, problemsOf } from "./form";

const jq = { id: 3, name: "jq", kind: "software" as const };
const firewall = { id: 4, name: "Firewall on", kind: "task" as const };
const contoso = { id: 7, name: "Contoso" };
const form = (change: Partial<DeploymentForm>): DeploymentForm => ({
  ...emptyForm,
  item: jq,
  tenant: contoso,
  ...change,
});

describe("the deployment editor", () => {
  it("says what is missing before anything is asked of the server", () => {
    expect(problemsOf(emptyForm)).toEqual({ item: "choose a software or a task", tenant: "choose the tenant" });
    expect(draftOf(emptyForm)).toBeNull();
    expect(Object.keys(problemsOf(form({ versionRule: "minimum" })))).toEqual(["version"]);
    expect(Object.keys(problemsOf(form({ reach: "computer" })))).toEqual(["computer"]);
    expect(Object.keys(problemsOf(form({ membership: "tag" })))).toEqual(["tag"]);
  });

  it.each<[string, Partial<DeploymentForm>, object]>([
    [
      "everything at a tenant",
      {},
      { scope: "tenant", targetType: "all", targetTenantId: 7, includesChildTenants: true },
    ],
    [
      "one computer, whatever was chosen before",
      { reach: "computer", computer: { id: 9, name: "pc" } },
      { scope: "individual", targetType: "computer", targetId: 9, targetTenantId: null, includesChildTenants: false },
    ],
    [
      "a tag across tenants",
      { reach: "cross-tenant", membership: "tag", tag: { id: 2, name: "Kiosk" } },
      { scope: "cross-tenant", targetType: "tag", targetId: 2, targetTenantId: null, includesChildTenants: false },
    ],
    [
      "a tenant's tag left over from before counts only across tenants",
      { membership: "tenant-tag", tag: { id: 2, name: "Gold" } },
      { scope: "tenant", targetType: "all", targetId: null },
    ],
  ])("aims at %s", (_name, change, target) => {
    expect(draftOf(form(change))?.target).toMatchObject(target);
  });

  it("sends a version only where the state has one", () => {
    expect(draftOf(form({ version: "1.7" }))).toMatchObject({ desiredState: "installed-latest", version: null });
    expect(draftOf(form({ versionRule: "minimum", version: " 1.7 " }))).toMatchObject({ version: "1.7" });
    expect(draftOf(form({ softwareState: "uninstalled", versionRule: "minimum", version: "1.7" }))).toMatchObject({
      desiredState: "uninstalled",
      version: null,
    });
  });

  it("keeps a task's parameters to tasks", () => {
    const parameters = { zone: "UTC" };
    expect(draftOf(form({ parameters }))?.parameters).toEqual({});
    expect(draftOf(form({ item: firewall, parameters }))).toMatchObject({ desiredState: "enforce", parameters });
  });
});
