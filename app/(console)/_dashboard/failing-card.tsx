import { CircleCheck } from "lucide-react";
import { ButtonLink } from "@/app/_ui/button";
import { Card } from "@/app/_ui/card";
import { EmptyState } from "@/app/_ui/empty-state";
import { countOf } from "@/app/_ui/format";
import { StatusMark } from "@/app/_ui/pill";
import { Time } from "@/app/_ui/time";
import { EntityLink } from "../_words/entity-link";
import type { Summary } from "./dashboard";

/** What fails, by cause: one row for the same item and the same error, however many computers. */
export function FailingCard({ failing }: { failing: Summary["failing"] }) {
  return (
    <Card title="Failing, by cause" hint="one row for the same item and the same error">
      {failing.length === 0 ? (
        <EmptyState icon={CircleCheck} title="Nothing fails.">
          What a session could not do in the last two weeks stands here, grouped by its cause.
        </EmptyState>
      ) : null}
      <ul>
        {failing.map((cause) => (
          <li
            key={`${cause.itemId}${cause.reason}`}
            className="grid grid-cols-[26px_minmax(0,1fr)] items-start gap-x-2.5 gap-y-2 border-b border-line px-3.5 py-2.5 last:border-0 sm:grid-cols-[26px_minmax(0,1fr)_auto] sm:items-center"
          >
            <StatusMark tone="bad" label="Failing" />
            <div className="min-w-0">
              <p className="line-clamp-3 font-[570] break-words">
                {cause.itemName}: {cause.reason}
              </p>
              <p className="text-ink-2">
                {countOf(cause.computerCount, "computer")}, {countOf(cause.tenantCount, "tenant")}, since{" "}
                <Time at={cause.since} show="near" />
              </p>
              <p className="flex flex-wrap gap-x-2.5 text-ink-3">
                {cause.computers.slice(0, 4).map((computer) => (
                  <EntityLink key={computer.id} href={`/sessions/${computer.sessionId}`}>
                    {computer.name}
                  </EntityLink>
                ))}
                {cause.computerCount > 4 ? `and ${cause.computerCount - 4} more` : ""}
              </p>
            </div>
            <ButtonLink
              href={`/${cause.itemKind === "task" ? "tasks" : "software"}/${cause.itemId}`}
              className="col-start-2 justify-self-start sm:col-start-auto"
            >
              Open {cause.itemKind === "task" ? "task" : "item"}
            </ButtonLink>
          </li>
        ))}
      </ul>
    </Card>
  );
}
