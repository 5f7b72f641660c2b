"use client";

import { Laptop } from "lucide-react";
import { Card } from "@/app/_ui/card";
import { DescriptionList } from "@/app/_ui/description-list";
import { EmptyState } from "@/app/_ui/empty-state";
import { OnlineDot, Tag } from "@/app/_ui/pill";
import { Time } from "@/app/_ui/time";
import { EntityLink } from "../../_words/entity-link";
import { languageName } from "../_dialogs/person-form";
import type { PersonDetail } from "./person-view";

const SHOWN = 200;

export function PersonOverview({ person }: { person: PersonDetail }) {
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1.55fr)_minmax(0,1fr)]">
      <Card title="Their computers" hint="of which they are the primary person">
        {person.computers.length === 0 ? (
          <EmptyState icon={Laptop} title="No computer is theirs yet.">
            A computer becomes theirs when it sees their UPN most often, or when someone pins it to them.
          </EmptyState>
        ) : (
          <ul>
            {person.computers.map((computer) => (
              <li
                key={computer.id}
                className="flex min-h-[34px] flex-wrap items-center gap-x-2.5 border-b border-line px-3.5 py-1 last:border-0"
              >
                <OnlineDot online={computer.online} hideWord />
                <EntityLink main href={`/computers/${computer.id}`}>
                  {computer.name}
                </EntityLink>
                {computer.pinned ? <Tag>pinned</Tag> : null}
                <span className="ml-auto text-ink-2">
                  {computer.online ? "online" : <Time at={computer.lastSeenAt} />}
                </span>
              </li>
            ))}
            {person.computers.length === SHOWN ? (
              <li className="px-3.5 py-2 text-ink-3">The first {SHOWN} are shown.</li>
            ) : null}
          </ul>
        )}
      </Card>
      <Card title="How they are reached">
        <DescriptionList
          items={[
            [
              "Mail",
              person.email ?? (
                <span key="mail" className="text-warn">
                  none; the people to notify of {person.tenantName} are told instead
                </span>
              ),
            ],
            ["UPN", person.upn],
            ["Language", person.language ? languageName(person.language) : "not said: English"],
            ["Time zone", person.timeZone ?? "the tenant's"],
            [
              "Tenant",
              <EntityLink key="tenant" href={`/tenants/${person.tenantId}`}>
                {person.tenantName}
              </EntityLink>,
            ],
            [
              "Entra id",
              person.entraObjectId ? (
                <span key="entra" className="font-mono text-xs">
                  {person.entraObjectId}
                </span>
              ) : null,
            ],
            ["Added", <Time key="added" at={person.createdAt} show="full" />],
            person.archivedAt ? ["Archived", <Time key="archived" at={person.archivedAt} show="full" />] : null,
          ]}
        />
      </Card>
    </div>
  );
}
