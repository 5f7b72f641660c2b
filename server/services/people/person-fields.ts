import { z } from "zod";
import { timeZone } from "../tenants/tenant-fields";

export const personFields = {
  displayName: z.string().trim().min(1, "is missing").max(200),
  email: z.email("is not an e-mail address").max(320).nullable(),
  language: z
    .string()
    .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, "is not a language tag like sv or en-GB")
    .nullable(),
  timeZone: timeZone.nullable(),
};

export const upn = z
  .string()
  .trim()
  .max(320)
  .regex(/^[^\s@]+@[^\s@]+$/, "is not a UPN; it looks like name@company.example");
