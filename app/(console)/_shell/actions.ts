"use server";

import { signOut } from "@/server/auth/auth";

/** Ends the session of this browser. */
export async function signOutHere(): Promise<void> {
  await signOut({ redirectTo: "/sign-in" });
}
