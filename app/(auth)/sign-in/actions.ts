"use server";

import { redirect } from "next/navigation";
import { AuthError } from "next-auth";
import { signIn } from "@/server/auth/auth";
import { isRefusal, LocalSignInRefused } from "@/server/auth/refusal";
import { safeReturn } from "@/server/auth/safe-return";

/** Sends the browser to Microsoft. */
export async function signInWithMicrosoft(form: FormData): Promise<void> {
  await signIn("microsoft-entra-id", { redirectTo: safeReturn(form.get("to")) });
}

/** Checks the local password. Works as a plain form post. */
export async function signInWithPassword(form: FormData): Promise<void> {
  const to = safeReturn(form.get("to"));
  let refused: string;
  try {
    await signIn("local", { password: String(form.get("password") ?? ""), redirect: false });
    refused = "";
  } catch (error) {
    if (!(error instanceof AuthError)) throw error;
    refused = error instanceof LocalSignInRefused && isRefusal(error.code) ? error.code : "failed";
  }
  if (refused === "") redirect(to);
  redirect(`/sign-in?${new URLSearchParams({ refused, to })}`);
}
