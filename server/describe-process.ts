import { engineMode } from "@/inngest/client";
import { version } from "@/package.json";
import { allowsLocalSignIn, hasEntra } from "./env";
import type { Runtime } from "./runtime";

/** How this process is set up, without secrets: for the settings page and for those who ask for help. */
export function describeProcess({ env, database, mail }: Runtime) {
  return {
    version,
    nodeVersion: process.versions.node,
    databaseDriver: database.driver,
    signIn: hasEntra(env) ? ("entra" as const) : allowsLocalSignIn(env) ? ("local" as const) : ("off" as const),
    engine: engineMode(process.env),
    /** Whether mails leave the product; without a provider they stay in the outbox. */
    sendsMail: mail.provider !== null,
    hearsOfDelivery: mail.verifyWebhook !== null,
    defaultSender: mail.defaultSender,
    publicUrl: mail.publicUrl,
  };
}
