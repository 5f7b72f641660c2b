"use client";

import { createContext, type ReactNode, useContext } from "react";
import type { Outputs } from "@/app/_trpc/client";

export type SignedIn = Outputs["session"]["me"];

const SignedInContext = createContext<SignedIn | null>(null);

export const SignedInProvider = ({ me, children }: { me: SignedIn; children: ReactNode }) => (
  <SignedInContext value={me}>{children}</SignedInContext>
);

export const useSignedIn = () => useContext(SignedInContext);

/** Whether the person may do something; what they may not is not offered, and the server refuses it all the same. */
export function useMay(permission: SignedIn["permissions"][number]): boolean {
  return useContext(SignedInContext)?.permissions.includes(permission) ?? false;
}

/** Shows its content to those who may. */
export function IfMay({ permission, children }: { permission: SignedIn["permissions"][number]; children: ReactNode }) {
  return useMay(permission) ? children : null;
}
