"use client";

import { useState } from "react";
import { Button } from "@/app/_ui/button";
import { Card } from "@/app/_ui/card";
import { EmptyState } from "@/app/_ui/empty-state";
import { Tag } from "@/app/_ui/pill";
import { SkeletonLines } from "@/app/_ui/skeleton";
import { ActionRow } from "./action-row";
import { progressOf } from "./progress";
import type { SessionDetail } from "./session-view";

/** The plan, in the order in which it runs; what is as it should be is folded away. */
export function ActionList({ session }: { session: SessionDetail }) {
  const [all, setAll] = useState(false);
  const { todo, quiet } = progressOf(session);
  const hasPlan = session.planFrozenAt !== null;
  const shown = all ? session.actions : todo;
  return (
    <Card
      title="Actions"
      hint="in the order they run"
      aside={
        hasPlan ? (
          <>
            <Tag>{todo.length} to do</Tag>
            {quiet.length > 0 ? (
              <>
                <span className="text-ink-3">
                  {quiet.length} compliant {all ? "shown" : "hidden"}
                </span>
                <Button look="quiet" size="small" aria-pressed={all} onClick={() => setAll(!all)}>
                  {all ? "Hide" : "Show"}
                </Button>
              </>
            ) : null}
          </>
        ) : null
      }
      className="overflow-hidden"
    >
      {shown.length > 0 ? (
        <ol>
          {shown.map((action) => (
            <ActionRow key={action.id} action={action} session={session} />
          ))}
        </ol>
      ) : hasPlan ? (
        <EmptyState title="Nothing to do.">
          {quiet.length > 0
            ? "Everything is as your deployments say."
            : "No deployment applies to this computer, so there was nothing to look at."}
        </EmptyState>
      ) : session.endedAt ? (
        <EmptyState title="It ended before there was a plan.">{session.statusReason}</EmptyState>
      ) : (
        <>
          <p className="px-3.5 pt-3 text-ink-2">The plan stands here once detection has ended.</p>
          <SkeletonLines count={3} />
        </>
      )}
    </Card>
  );
}
