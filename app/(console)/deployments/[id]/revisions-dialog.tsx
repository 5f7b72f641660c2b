"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/app/_trpc/client";
import { Dialog } from "@/app/_ui/dialog";
import { QueryGate } from "@/app/_ui/query-gate";
import { Time } from "@/app/_ui/time";
import { diffOf } from "../../audit/_list/diff";

const silent = ["revision", "updatedAt", "targetKey"];

/** Every state it has had, each with what changed from the one before. */
export function RevisionsDialog({
  id,
  open,
  onOpenChange,
}: {
  id: number;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const trpc = useTRPC();
  const query = useQuery(trpc.deployments.revisions.queryOptions({ id }, { enabled: open }));
  return (
    <Dialog open={open} onOpenChange={onOpenChange} wide title="Revisions" description="Newest first.">
      <QueryGate query={query} what="The revisions">
        {(revisions) => (
          <ol className="grid gap-3">
            {revisions.map((revision, index) => {
              const before = revisions[index + 1]?.snapshot ?? null;
              const changes =
                before === null ? [] : diffOf(before, revision.snapshot).filter(({ field }) => !silent.includes(field));
              return (
                <li key={revision.revision} className="grid grid-cols-[36px_minmax(0,1fr)] gap-x-2">
                  <b className="font-[600]">{revision.revision}</b>
                  <div>
                    <p className="text-ink-2">
                      {revision.changedByName ?? "The product"}, <Time at={revision.changedAt} show="full" />
                    </p>
                    {before === null ? <p>Made.</p> : null}
                    <ul>
                      {changes.map((change) => (
                        <li key={change.field} className="font-mono text-xs break-words">
                          {change.field}: <span className="text-bad">{change.before ?? "–"}</span> →{" "}
                          <span className="text-ok">{change.after ?? "–"}</span>
                        </li>
                      ))}
                    </ul>
                  </div>
                </li>
              );
            })}
          </ol>
        )}
      </QueryGate>
    </Dialog>
  );
}
