import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getActor } from "@/server/auth/get-actor";
import { isRefusal, refusals } from "@/server/auth/refusal";
import { safeReturn } from "@/server/auth/safe-return";
import { allowsLocalSignIn, hasEntra } from "@/server/env";
import { getRuntime } from "@/server/runtime";
import { signInWithMicrosoft, signInWithPassword } from "./actions";

export const metadata: Metadata = { title: "Sign in · Evenkeel" };

type Query = Promise<Record<string, string | string[] | undefined>>;

export default async function SignInPage({ searchParams }: { searchParams: Query }) {
  const query = await searchParams;
  const to = safeReturn(query.to ?? query.callbackUrl);
  if ((await getActor()) !== null) redirect(to);
  const { env } = await getRuntime();
  const refused = isRefusal(query.refused) ? query.refused : query.error === undefined ? null : "failed";

  return (
    <main className="grid min-h-dvh place-items-center bg-bg px-4 py-10 text-ink">
      <div className="w-full max-w-sm rounded-lg border border-line bg-panel p-8">
        <h1 className="text-xl font-semibold tracking-tight">Sign in to Evenkeel</h1>
        {refused === null ? null : (
          <p role="alert" className="mt-4 rounded-md border border-line-strong bg-sunken px-3 py-2 text-sm">
            {refusals[refused]}
          </p>
        )}
        {hasEntra(env) ? (
          <form action={signInWithMicrosoft} className="mt-6">
            <input type="hidden" name="to" value={to} />
            <button type="submit" className={button}>
              Sign in with Microsoft
            </button>
          </form>
        ) : allowsLocalSignIn(env) ? (
          <PasswordForm to={to} />
        ) : (
          <p className="mt-6 text-sm text-ink-2">
            Nobody can sign in yet: this installation has no sign-in set up. Set AUTH_MICROSOFT_ENTRA_ID_ID, _SECRET and
            _ISSUER and start it again.
          </p>
        )}
      </div>
    </main>
  );
}

function PasswordForm({ to }: { to: string }) {
  return (
    <form action={signInWithPassword} className="mt-6">
      <input type="hidden" name="to" value={to} />
      {/* Password managers keep a password under a name. */}
      <input type="text" name="username" autoComplete="username" value="local" readOnly hidden />
      <label htmlFor="password" className="block text-sm font-medium">
        Password
      </label>
      <input
        id="password"
        name="password"
        type="password"
        required
        autoComplete="current-password"
        className="mt-1 w-full rounded-md border border-line-strong bg-bg px-3 py-2 text-sm"
      />
      <p className="mt-2 text-xs text-ink-2">
        It was shown once in the terminal, at the first start. <code>npm start -- --new-password</code> makes another.
      </p>
      <button type="submit" className={`${button} mt-5`}>
        Sign in
      </button>
    </form>
  );
}

const button = "w-full cursor-pointer rounded-md bg-accent px-3 py-2 text-sm font-medium text-accent-ink";
