"use client";

import { RotateCw } from "lucide-react";
import { Button } from "./button";
import { describeError } from "./describe-error";
import { StatusMark } from "./pill";

/** What happened, why, what to do, and a way to try again. */
export function ErrorState({ error, what, onRetry }: { error: unknown; what: string; onRetry?: () => void }) {
  const { why, todo } = describeError(error);
  return (
    <div role="alert" className="flex items-start gap-2.5 px-3.5 py-4">
      <StatusMark tone="bad" label="Error" />
      <div className="grid gap-2">
        <div>
          <p className="font-[600]">{what} could not be shown.</p>
          <p className="max-w-[70ch] text-ink-2">
            {why} {todo}
          </p>
        </div>
        {onRetry ? (
          <Button className="justify-self-start" onClick={onRetry}>
            <RotateCw aria-hidden /> Try again
          </Button>
        ) : null}
      </div>
    </div>
  );
}
