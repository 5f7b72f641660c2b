import { Card } from "@/app/_ui/card";
import { ProgressBar } from "@/app/_ui/progress-bar";
import { EntityLink } from "../_words/entity-link";
import type { Summary } from "./dashboard";

const SHOWN = 10;

/** How many computers are as they should be, the tenant with the lowest share first. */
export function ComplianceCard({ compliance }: { compliance: Summary["compliance"] }) {
  return (
    <Card
      title="Compliance by tenant"
      hint={compliance.tenantCount > SHOWN ? `the ${SHOWN} lowest of ${compliance.tenantCount}` : null}
    >
      <ul>
        {compliance.byTenant.slice(0, SHOWN).map((row) => {
          const total = row.compliant + row.notCompliant + row.unknown;
          return (
            <li
              key={row.tenantId}
              className="grid h-[34px] grid-cols-[minmax(0,1fr)_96px_64px] items-center gap-2.5 border-b border-line px-3.5 last:border-0"
            >
              <span className="truncate">
                <EntityLink href={`/tenants/${row.tenantId}`}>{row.tenantName}</EntityLink>
              </span>
              <ProgressBar
                label={`${row.compliant} of ${total} computers of ${row.tenantName} are compliant`}
                value={total === 0 ? 0 : row.compliant / total}
                tone={row.notCompliant > 0 ? "warn" : "ok"}
              />
              <span className="text-right text-ink-3">
                {row.compliant} / {total}
              </span>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
