import type { Outputs } from "@/app/_trpc/client";
import type { DataColumn } from "@/app/_ui/data-table/types";
import { Time } from "@/app/_ui/time";
import { EntityLink } from "../../_words/entity-link";
import { StatusPill } from "../../_words/status-pill";
import { emailKinds, emailStatuses } from "../../_words/statuses";

export type EmailRow = Outputs["emails"]["list"]["rows"][number];

export const emailColumns: readonly DataColumn<EmailRow>[] = [
  {
    id: "subject",
    header: "Subject",
    isMain: true,
    className: "max-w-[46vw] truncate",
    csv: (row) => row.subject,
    cell: (row) => (
      <EntityLink main href={`/outbox/${row.id}`}>
        {row.subject}
      </EntityLink>
    ),
  },
  {
    id: "recipient",
    header: "To",
    csv: (row) => row.recipient,
    cell: (row) => <span className="text-ink-2">{row.recipient}</span>,
  },
  {
    id: "kind",
    header: "Kind",
    csv: (row) => emailKinds[row.kind],
    cell: (row) => <span className="text-ink-2">{emailKinds[row.kind]}</span>,
  },
  {
    id: "status",
    header: "Status",
    csv: (row) => emailStatuses[row.status].label,
    cell: (row) => <StatusPill said={emailStatuses[row.status]} />,
  },
  {
    id: "session",
    header: "Session",
    csv: (row) => row.sessionId,
    cell: (row) =>
      row.sessionId === null ? (
        <span className="text-ink-3">–</span>
      ) : (
        <EntityLink href={`/sessions/${row.sessionId}`}>#{row.sessionId}</EntityLink>
      ),
  },
  {
    id: "tenant",
    header: "Tenant",
    csv: (row) => row.tenantName,
    cell: (row) => <EntityLink href={`/tenants/${row.tenantId}`}>{row.tenantName}</EntityLink>,
  },
  {
    id: "created",
    header: "Written",
    sortBy: "createdAt",
    csv: (row) => row.createdAt.toISOString(),
    cell: (row) => <Time at={row.createdAt} show="near" />,
  },
  {
    id: "sent",
    header: "Handed over",
    isHiddenAtFirst: true,
    csv: (row) => row.sentAt?.toISOString(),
    cell: (row) => <Time at={row.sentAt} show="near" empty="–" />,
  },
];
