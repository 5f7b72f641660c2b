import { CredentialsSignin } from "next-auth";

/** Why signing in was refused; the sign-in page has a sentence for each. */
export const refusals = {
  "wrong-password": "That is not the password.",
  "too-many-attempts": "Too many wrong passwords from your address. Wait a quarter of an hour, then try again.",
  "not-allowed": "People of your directory may not sign in here. Sign in with an account of the right directory.",
  "no-access":
    "You are signed in at Microsoft, but Evenkeel has not let you in yet. Ask an administrator to do so under Settings, Users.",
  disabled: "Your access was taken away. Ask an administrator.",
  "signed-out": "You are signed out.",
  failed: "Signing in did not work. Try again; if it stays, look into the server's log.",
} as const;
export type Refusal = keyof typeof refusals;

export const isRefusal = (text: unknown): text is Refusal => typeof text === "string" && text in refusals;

/** Carries the refusal out of a Credentials provider. */
export class LocalSignInRefused extends CredentialsSignin {
  constructor(override readonly code: Refusal) {
    super(code);
  }
}
