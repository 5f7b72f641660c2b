import type { NextAuthConfig } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import MicrosoftEntraId from "next-auth/providers/microsoft-entra-id";
import { allowsLocalSignIn, hasEntra } from "@/server/env";
import type { Runtime } from "@/server/runtime";
import { ServiceError } from "@/server/services/errors";
import { signInLocally } from "@/server/services/users/sign-in-locally";
import { signInWithEntra } from "@/server/services/users/sign-in-with-entra";
import { type Attempts, createAttempts } from "./attempts";
import { allowedTenantIds } from "./entra";
import { LocalSignInRefused } from "./refusal";
import { requestAddress } from "./request-address";

const SESSION_HOURS = 12;
const attemptsOf = new WeakMap<Runtime, Attempts>();

/** How people sign in with this runtime: Entra ID where it is set up, else the local password where that is allowed. */
export function createAuthConfig(runtime: Runtime): NextAuthConfig {
  const { env, secrets } = runtime;
  applyPublicUrl(env.PUBLIC_URL);
  return {
    basePath: "/api/auth",
    secret: Buffer.from(secrets.keyFor("auth")).toString("base64url"),
    // The Host header is believed only where no public address is set.
    trustHost: true,
    session: { strategy: "jwt", maxAge: SESSION_HOURS * 3600 },
    pages: { signIn: "/sign-in", error: "/sign-in" },
    providers: hasEntra(env) ? [entra(runtime)] : allowsLocalSignIn(env) ? [local(runtime)] : [],
    logger: {
      error: (error) => runtime.logger.warn({ err: error }, "signing in failed"),
      warn: () => {},
      debug: () => {},
    },
    callbacks: {
      async signIn({ account, profile, user }) {
        if (account?.provider !== "microsoft-entra-id") return true;
        try {
          const known = await signInWithEntra({
            ctx: runtime.systemContext("sign-in"),
            input: {
              claims: profile,
              allowedTenantIds: allowedTenantIds(env),
              administrators: [...env.EVENKEEL_ADMINS],
            },
          });
          user.id = String(known.userId);
          return true;
        } catch (error) {
          if (!(error instanceof ServiceError)) throw error;
          runtime.logger.info({ reason: error.message }, "a sign-in was refused");
          return `/sign-in?refused=${error.fields.refusal ?? "not-allowed"}`;
        }
      },
      jwt({ token, user }) {
        // Only the user's id travels; what they may do is looked up at each request.
        return user?.id === undefined ? token : { sub: user.id };
      },
      session({ session, token }) {
        return { ...session, user: { ...session.user, id: token.sub ?? "" } };
      },
    },
  };
}

/** The id token says all that is needed; Graph is not called. */
const entra = ({ env }: Runtime) =>
  MicrosoftEntraId({
    clientId: env.AUTH_MICROSOFT_ENTRA_ID_ID,
    clientSecret: env.AUTH_MICROSOFT_ENTRA_ID_SECRET,
    issuer: env.AUTH_MICROSOFT_ENTRA_ID_ISSUER,
    authorization: { params: { scope: "openid profile email" } },
    profile: (claims) => ({ id: claims.oid ?? claims.sub, name: claims.name ?? null }),
  });

const local = (runtime: Runtime) => {
  const attempts = attemptsOf.get(runtime) ?? createAttempts(runtime.clock);
  attemptsOf.set(runtime, attempts);
  return Credentials({
    id: "local",
    name: "Local password",
    credentials: { password: { type: "password" } },
    async authorize(credentials, request) {
      const address = requestAddress(request.headers);
      const key = address ?? "unknown";
      if (attempts.waitMs(key) > 0) throw new LocalSignInRefused("too-many-attempts");
      const password = typeof credentials.password === "string" ? credentials.password : "";
      try {
        const user = await signInLocally({
          ctx: { ...runtime.systemContext("sign-in"), address },
          input: { password },
        });
        attempts.succeeded(key);
        return { id: String(user.userId), name: user.name };
      } catch (error) {
        if (!(error instanceof ServiceError)) throw error;
        attempts.failed(key);
        throw new LocalSignInRefused("wrong-password");
      }
    },
  });
};

/**
 * Auth.js builds addresses from AUTH_URL. A public address on loopback is left out: there the browser may say
 * `localhost` where the setting says `127.0.0.1`, and a cookie belongs to one of them.
 */
function applyPublicUrl(publicUrl: string | undefined): void {
  if (publicUrl === undefined || process.env.AUTH_URL !== undefined) return;
  const { hostname, origin } = new URL(publicUrl);
  const isLoopback = hostname === "localhost" || hostname === "[::1]" || hostname.startsWith("127.");
  if (!isLoopback) process.env.AUTH_URL = origin;
}
