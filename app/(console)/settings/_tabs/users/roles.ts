import type { Outputs } from "@/app/_trpc/client";

export type UserRow = Outputs["users"]["list"]["rows"][number];
export type Role = UserRow["role"];

/** Roles in words, and what each may do. */
export const roles: Readonly<Record<Role, { readonly label: string; readonly may: string }>> = {
  "msp-admin": { label: "MSP administrator", may: "Sees every tenant and may do everything." },
  "msp-technician": {
    label: "MSP technician",
    may: "Sees every tenant; changes deployments, schedules, sessions, people and tags.",
  },
  "msp-reader": { label: "MSP reader", may: "Sees every tenant, changes nothing." },
  "tenant-admin": {
    label: "Tenant administrator",
    may: "Sees one tenant and those below it; changes deployments, schedules and sessions there.",
  },
  "tenant-reader": { label: "Tenant reader", may: "Sees one tenant and those below it, changes nothing." },
};

export const roleOptions = (Object.entries(roles) as [Role, (typeof roles)[Role]][]).map(([value, { label }]) => ({
  value,
  label,
}));

export const isTenantRole = (role: Role) => role.startsWith("tenant-");
