import { Card } from "@/app/_ui/card";
import { countOf } from "@/app/_ui/format";
import { Time } from "@/app/_ui/time";
import { EntityLink } from "../_words/entity-link";
import type { Summary } from "./dashboard";

/** Computers away for long: perhaps gone, perhaps broken. Not there when there are none. */
export function OfflineCard({ offline }: { offline: Summary["offlineLong"] }) {
  if (offline.total === 0) return null;
  return (
    <Card title="Offline for long" hint={`${countOf(offline.total, "computer")} for more than ${offline.days} days`}>
      <ul>
        {offline.rows.map((row) => (
          <li
            key={row.computerId}
            className="flex h-[34px] items-center gap-3 border-b border-line px-3.5 last:border-0"
          >
            <EntityLink main href={`/computers/${row.computerId}`}>
              {row.computerName}
            </EntityLink>
            <span className="min-w-0 flex-1 truncate text-ink-2">{row.tenantName}</span>
            <span className="text-ink-3">
              <Time at={row.lastSeenAt} />
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
