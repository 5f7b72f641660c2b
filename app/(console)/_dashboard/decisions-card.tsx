import { Card } from "@/app/_ui/card";
import { countOf } from "@/app/_ui/format";
import { Time } from "@/app/_ui/time";
import { EntityLink, TextLink } from "../_words/entity-link";
import { StatusPill } from "../_words/status-pill";
import { computerStatuses } from "../_words/statuses";
import type { Summary } from "./dashboard";

/** What only a person can decide. Not there when there is nothing. */
export function DecisionsCard({ decisions }: { decisions: Summary["decisions"] }) {
  if (decisions.total + decisions.approvalCount === 0) return null;
  const more = decisions.total - decisions.rows.length;
  return (
    <Card
      title="Decisions"
      hint={decisions.approvalCount > 0 ? `${countOf(decisions.approvalCount, "script")} needs a second person` : null}
      aside={more > 0 ? <TextLink href="/attention">{more} more</TextLink> : null}
    >
      <ul>
        {decisions.rows.map((row) => (
          <li
            key={row.computerId}
            className="flex flex-wrap items-center gap-x-3 gap-y-0.5 border-b border-line px-3.5 py-2 last:border-0"
          >
            <StatusPill said={computerStatuses[row.status]} />
            <EntityLink main href={`/computers/${row.computerId}`}>
              {row.computerName}
            </EntityLink>
            <span className="text-ink-2">{row.tenantName}</span>
            <span className="ml-auto text-ink-3">
              <Time at={row.since} />
            </span>
            <span className="basis-full text-ink-2">{row.reason}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
