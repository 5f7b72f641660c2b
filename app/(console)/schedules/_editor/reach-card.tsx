"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type Inputs, useTRPC } from "@/app/_trpc/client";
import { Card } from "@/app/_ui/card";
import { countOf } from "@/app/_ui/format";
import { QueryGate } from "@/app/_ui/query-gate";
import { useDebounced } from "@/app/_ui/use-debounced";
import { EntityLink } from "../../_words/entity-link";

type Target = Inputs["schedules"]["previewTarget"]["target"];
const SETTLE_MS = 250;

/** Which computers it means now; null while the target is not complete. */
export function ReachCard({ target }: { target: Target | null }) {
  const trpc = useTRPC();
  const settled = useDebounced(JSON.stringify(target), SETTLE_MS);
  const asked: Target | null = JSON.parse(settled);
  const query = useQuery({
    ...trpc.schedules.previewTarget.queryOptions({ target: asked ?? { scope: "cross-tenant", targetType: "all" } }),
    enabled: asked !== null,
    placeholderData: keepPreviousData,
    retry: false,
  });
  if (target === null) return null;
  return (
    <Card title="Computers" hint="as of now; looked up again at each run">
      <QueryGate query={query} what="The computers">
        {({ computerCount, examples }) => (
          <p className="px-3.5 py-3">
            <b className="font-[600]">{countOf(computerCount, "computer")}</b>
            {computerCount === 0 ? ": nothing would run." : ": "}
            {examples.map(({ id, name }, index) => (
              <span key={id}>
                {index > 0 ? ", " : ""}
                <EntityLink href={`/computers/${id}`}>{name}</EntityLink>
              </span>
            ))}
            {computerCount > examples.length ? ` and ${countOf(computerCount - examples.length, "other")}` : ""}
          </p>
        )}
      </QueryGate>
    </Card>
  );
}
