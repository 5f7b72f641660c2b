import { z } from "zod";

const empty = z.literal("").transform(() => undefined);
const optionalText = z.union([empty, z.string().min(1)]).optional();
const list = z
  .string()
  .default("")
  .transform((text) => text.split(/[\s,;]+/).filter((entry) => entry !== ""));
const optionalUrl = z.union([empty, z.url()]).optional();

const schema = z
  .object({
    /** Where the database is: `postgres://…`, a Neon address, or `pglite:<folder>`. `npm start` sets it for the embedded one. */
    DATABASE_URL: optionalText,
    /** 32 bytes or more, base64; encrypts secrets at rest and signs links. `npm start` makes one. */
    EVENKEEL_SECRET: optionalText,
    /** The address under which people and agents reach this product. */
    PUBLIC_URL: optionalUrl,
    PORT: z.coerce.number().int().min(1).max(65_535).default(3000),
    HOST: z.string().default("127.0.0.1"),
    /** Microsoft Entra ID; setting all three switches local sign-in off. */
    AUTH_MICROSOFT_ENTRA_ID_ID: optionalText,
    AUTH_MICROSOFT_ENTRA_ID_SECRET: optionalText,
    /** `https://login.microsoftonline.com/<tenant>/v2.0` */
    AUTH_MICROSOFT_ENTRA_ID_ISSUER: optionalUrl,
    /** Directory ids whose people may sign in, where the issuer stands for any (`organizations`). */
    AUTH_MICROSOFT_ENTRA_ID_TENANTS: list,
    /** User principal names that become administrators while there is none from Entra ID. */
    EVENKEEL_ADMINS: list,
    /** Set by `npm start` and `npm run dev` only: allows signing in with the local password while no Entra app is set. */
    EVENKEEL_LOCAL_SIGN_IN: z.enum(["0", "1"]).default("0"),
    RESEND_API_KEY: optionalText,
    RESEND_BASE_URL: optionalUrl,
    RESEND_WEBHOOK_SECRET: optionalText,
    /** `Name <address>` of mails whose tenant has no sender of its own. */
    MAIL_FROM: z.string().default("Evenkeel <evenkeel@localhost>"),
    INNGEST_DEV: optionalText,
    INNGEST_BASE_URL: optionalUrl,
    INNGEST_EVENT_KEY: optionalText,
    INNGEST_SIGNING_KEY: optionalText,
    LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
  })
  .superRefine((env, context) => {
    const entra = [
      env.AUTH_MICROSOFT_ENTRA_ID_ID,
      env.AUTH_MICROSOFT_ENTRA_ID_SECRET,
      env.AUTH_MICROSOFT_ENTRA_ID_ISSUER,
    ].filter((value) => value !== undefined).length;
    if (entra !== 0 && entra !== 3) {
      context.addIssue({
        code: "custom",
        path: ["AUTH_MICROSOFT_ENTRA_ID_ID"],
        message:
          "set all of AUTH_MICROSOFT_ENTRA_ID_ID, AUTH_MICROSOFT_ENTRA_ID_SECRET and AUTH_MICROSOFT_ENTRA_ID_ISSUER, or none of them",
      });
    }
  });

export type Env = z.infer<typeof schema>;

/** Reads and checks the environment. Throws one sentence that names every variable that is wrong. */
export function readEnv(source: Readonly<Record<string, string | undefined>>): Env {
  const parsed = schema.safeParse(source);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  throw new Error(`The environment is not usable. ${problems.join("; ")}.`);
}

export const hasEntra = (env: Env) => env.AUTH_MICROSOFT_ENTRA_ID_ID !== undefined;

export const allowsLocalSignIn = (env: Env) => !hasEntra(env) && env.EVENKEEL_LOCAL_SIGN_IN === "1";
