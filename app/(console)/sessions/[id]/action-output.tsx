"use client";

import { Button } from "@/app/_ui/button";
import { Output } from "@/app/_ui/output";
import { useSessionOutput } from "./use-session-output";

/** What the scripts of an action said. */
export function ActionOutput({
  sessionId,
  actionId,
  live,
  name,
}: {
  sessionId: number;
  actionId?: number;
  live: boolean;
  name: string;
}) {
  const { lines, problem, hasEarlier, readEarlier } = useSessionOutput(sessionId, actionId);
  return (
    <>
      {hasEarlier ? (
        <div className="bg-terminal px-3 pt-2">
          <Button size="small" onClick={() => void readEarlier()}>
            Show what came before
          </Button>
        </div>
      ) : null}
      <Output
        label={`Output of ${name}`}
        lines={lines ?? []}
        live={live}
        empty={problem ?? (lines === null ? "Reading…" : live ? "Nothing was said yet." : "Nothing was said.")}
      />
    </>
  );
}
