"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTRPC } from "@/app/_trpc/client";
import type { LiveMessage } from "@/server/trpc/live";

const isMessage = (value: unknown): value is LiveMessage =>
  typeof value === "object" && value !== null && "sessionIds" in value && "computerIds" in value;

/** Listens for what changed and has it read again, where it is shown. Nothing asks on its own. */
export function useLive(): void {
  const queryClient = useQueryClient();
  const trpc = useTRPC();
  useEffect(() => {
    const source = new EventSource("/api/live");
    let wasLost = false;
    const invalidate = (queryKey: readonly unknown[]) => void queryClient.invalidateQueries({ queryKey });
    source.addEventListener("changed", (event) => {
      const message: unknown = JSON.parse(event.data);
      if (!isMessage(message)) return;
      if (message.sessionIds.length > 0) {
        for (const id of message.sessionIds) {
          invalidate(trpc.sessions.get.queryKey({ id }));
          window.dispatchEvent(new CustomEvent("evenkeel:session", { detail: id }));
        }
        invalidate(trpc.sessions.list.pathKey());
        invalidate(trpc.dashboard.summary.pathKey());
        invalidate(trpc.emails.list.pathKey());
      }
      for (const id of message.computerIds) invalidate(trpc.computers.get.queryKey({ id }));
      if (message.computerIds.length > 0) {
        invalidate(trpc.computers.list.pathKey());
        invalidate(trpc.dashboard.summary.pathKey());
      }
    });
    source.addEventListener("error", () => {
      wasLost = true;
    });
    source.addEventListener("hello", () => {
      // What was missed while the line was down is read again.
      if (wasLost) void queryClient.invalidateQueries();
      wasLost = false;
    });
    return () => source.close();
  }, [queryClient, trpc]);
}
