import NextAuth from "next-auth";
import { getRuntime } from "@/server/runtime";
import { createAuthConfig } from "./config";

export const { handlers, auth, signIn, signOut } = NextAuth(async () => createAuthConfig(await getRuntime()));
