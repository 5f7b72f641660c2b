import type { Target } from "../deployments";

/** The part of a key for a target that names nothing, or something that is gone: no computer ever holds it. */
const NOTHING = "none";

/** Names of agreement types and products compare without case and spacing: they are typed by people into a PSA. */
export const foldName = (name: string): string => name.trim().toLowerCase().replace(/\s+/g, " ");

const idOr = (id: number | null): string => (id === null ? NOTHING : String(id));
const nameOr = (name: string | null): string => (name === null || name.trim() === "" ? NOTHING : `=${foldName(name)}`);

export const tagKey = (tagId: number | null): string => `tag:${idOr(tagId)}`;
export const tenantTagKey = (tagId: number | null): string => `tenant-tag:${idOr(tagId)}`;
export const groupKey = (groupId: number | null): string => `group:${idOr(groupId)}`;
export const filterKey = (kind: "filter-script" | "metascript", id: number | null): string => `${kind}:${idOr(id)}`;
export const agreementTypeKey = (name: string | null): string => `agreement-type:${nameOr(name)}`;
export const productKey = (name: string | null): string => `product:${nameOr(name)}`;
export const computerKey = (id: number | null): string => `computer:${idOr(id)}`;
export const personKey = (id: number | null): string => `person:${idOr(id)}`;
export const ALL_KEY = "all";

/** A membership at one tenant; an empty membership is everything there. */
export const tenantKey = (tenantId: number | null, membership: string): string =>
  `tenant:${idOr(tenantId)}${membership === "" ? "" : `/${membership}`}`;
/** The same, with the tenants below it. */
export const tenantTreeKey = (tenantId: number | null, membership: string): string =>
  `tenant+:${idOr(tenantId)}${membership === "" ? "" : `/${membership}`}`;
/** Keys of tenants, which cloud tasks apply to; no computer holds one. */
export const cloudKey = (key: string): string => `cloud:${key}`;

/** The key that a computer (or, for cloud tasks, a tenant) must hold for the target to mean it. */
export function compileTargetKey(target: Target): string {
  switch (target.scope) {
    case "individual":
      return target.targetType === "computer" ? computerKey(target.targetId) : membershipKey(target);
    case "tenant": {
      const membership = membershipKey(target);
      const key = target.includesChildTenants ? tenantTreeKey : tenantKey;
      return key(target.targetTenantId, membership === ALL_KEY ? "" : membership);
    }
    case "cross-tenant":
      return membershipKey(target);
    case "tenants":
      return cloudKey(
        target.targetType === "one-tenant"
          ? (target.includesChildTenants ? tenantTreeKey : tenantKey)(target.targetTenantId, "")
          : membershipKey(target),
      );
  }
}

function membershipKey(target: Target): string {
  switch (target.targetType) {
    case "computer":
      return computerKey(target.targetId);
    case "person":
      return personKey(target.targetId);
    case "entra-group":
    case "rmm-group":
    case "rmm-client-group":
      return groupKey(target.targetId);
    case "tag":
      return tagKey(target.targetId);
    case "tenant-tag":
      return tenantTagKey(target.targetId);
    case "filter-script":
    case "metascript":
      return filterKey(target.targetType, target.targetId);
    case "psa-agreement-type":
      return agreementTypeKey(target.targetName);
    case "psa-product":
      return productKey(target.targetName);
    case "one-tenant":
    case "all":
      return ALL_KEY;
  }
}
