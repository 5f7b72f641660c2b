import Link from "next/link";
import { Card } from "@/app/_ui/card";
import { DescriptionList } from "@/app/_ui/description-list";
import { EmptyState } from "@/app/_ui/empty-state";
import { Pill } from "@/app/_ui/pill";
import { Time } from "@/app/_ui/time";
import { EntityLink } from "../../../_words/entity-link";
import { StatusPill } from "../../../_words/status-pill";
import { deviceClasses, sessionKinds, sessionStatuses } from "../../../_words/statuses";
import type { ComputerDetail } from "../computer-view";

export function OverviewTab({ computer }: { computer: ComputerDetail }) {
  const zone = computer.timeZone ?? computer.tenantTimeZone;
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1.55fr)_minmax(0,1fr)]">
      <Card title="Sessions" hint="now and before">
        <SessionRows computer={computer} />
      </Card>
      <div className="grid gap-4">
        <Card title="The machine">
          <DescriptionList
            items={[
              ["Class", deviceClasses[computer.deviceClass]],
              ["System", `${computer.osName} ${computer.osVersion}, ${computer.architecture}`],
              ["Packages", computer.packageManagers.join(", ") || null],
              ["Made by", [computer.manufacturer, computer.model].filter(Boolean).join(" ") || null],
              ["Serial", computer.serialNumber],
              ["Time zone", zone],
              [
                "Inventory",
                <Time key="inventory" at={computer.inventoryTakenAt} computerZone={zone} empty="not taken yet" />,
              ],
              ["Added", <Time key="added" at={computer.createdAt} show="full" />],
            ]}
          />
        </Card>
        <Card
          title="Identity"
          aside={computer.identity === "weak" ? <Pill tone="warn">weak</Pill> : <Pill tone="ok">strong</Pill>}
        >
          <DescriptionList
            items={[
              [
                "SMBIOS",
                <span key="uuid" className="font-mono text-xs">
                  {computer.smbiosUuid ?? "none to be read"}
                </span>,
              ],
              [
                "Installation",
                <span key="os" className="font-mono text-xs">
                  {computer.osInstallationId ?? "unknown"}
                </span>,
              ],
              ["Generation", `${computer.generation}${computer.generation > 0 ? ", counted by its wipes" : ""}`],
            ]}
          />
          {computer.identity === "weak" ? (
            <p className="px-3.5 pb-3 text-ink-2">
              It has no usable SMBIOS UUID, so its installation identifies it. Everything works; only a wipe makes a new
              computer.
            </p>
          ) : null}
        </Card>
        <Card title="Primary person" aside={computer.primaryPersonPinned ? <Pill tone="off">pinned</Pill> : null}>
          <p className="px-3.5 py-3">
            {computer.primaryPersonId ? (
              <>
                <EntityLink main href={`/people/${computer.primaryPersonId}`}>
                  {computer.primaryPersonName}
                </EntityLink>{" "}
                <span className="text-ink-3">{computer.primaryPersonUpn}</span>
              </>
            ) : (
              <span className="text-ink-2">
                Nobody yet. The people to notify of {computer.tenantName} are told instead.
              </span>
            )}
          </p>
        </Card>
      </div>
    </div>
  );
}

function SessionRows({ computer }: { computer: ComputerDetail }) {
  if (computer.recentSessions.length === 0) {
    return (
      <EmptyState title="No session has run yet.">
        “Run maintenance…” detects what is there and does what your deployments say.
      </EmptyState>
    );
  }
  return (
    <ul>
      {computer.recentSessions.map((session) => (
        <li key={session.id} className="border-b border-line last:border-0">
          <Link
            href={`/sessions/${session.id}`}
            className="flex flex-wrap items-center gap-x-3 gap-y-0.5 px-3.5 py-2 -outline-offset-2 hover:bg-sunken"
          >
            <StatusPill said={sessionStatuses[session.status]} />
            <span className="font-[540]">{sessionKinds[session.kind]}</span>
            <span className="text-ink-3">#{session.id}</span>
            <span className="ml-auto text-ink-2">
              <Time at={session.endedAt ?? session.createdAt} computerZone={computer.timeZone} />
            </span>
            {session.statusReason ? <span className="basis-full text-ink-2">{session.statusReason}</span> : null}
          </Link>
        </li>
      ))}
    </ul>
  );
}
