"use client";

import { useQuery } from "@tanstack/react-query";
import { ChevronRight, Layers } from "lucide-react";
import { useState } from "react";
import { type Outputs, useTRPC } from "@/app/_trpc/client";
import { ButtonLink } from "@/app/_ui/button";
import { Card } from "@/app/_ui/card";
import { EmptyState } from "@/app/_ui/empty-state";
import { countOf } from "@/app/_ui/format";
import { Input } from "@/app/_ui/input";
import { Pill, Tag } from "@/app/_ui/pill";
import { QueryGate } from "@/app/_ui/query-gate";
import { Time } from "@/app/_ui/time";
import { desiredStates } from "../../../_words/desired-states";
import { TextLink } from "../../../_words/entity-link";

type Explained = Outputs["computers"]["deployments"]["items"][number];
/** So few are shown with their reasons at once. */
const OPEN_UP_TO = 3;

type Deployment = NonNullable<Explained["winner"]>;

/** Why each item is here, or not: the winner, what it beat and by which rule, and what did not apply and why. */
export function DeploymentsTab({ computerId }: { computerId: number }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.computers.deployments.queryOptions({ id: computerId }));
  const [search, setSearch] = useState("");
  return (
    <QueryGate query={query} what="The decisions">
      {({ items, phase }) => {
        const shown = items.filter((item) => item.itemName.toLowerCase().includes(search.trim().toLowerCase()));
        const decided = items.filter((item) => item.winner !== null).length;
        return (
          <Card
            title="What it should be, and why"
            hint={`${decided} of ${countOf(items.length, "item")} apply${phase === "onboarding" ? ", while it is onboarded" : ""}`}
            aside={
              items.length > 0 ? (
                <Input
                  type="search"
                  aria-label="Find an item"
                  placeholder="Find an item"
                  className="w-44"
                  value={search}
                  onChange={(event) => setSearch(event.target.value)}
                />
              ) : null
            }
          >
            {items.length === 0 ? (
              <EmptyState
                icon={Layers}
                title="No deployment concerns this computer."
                action={<ButtonLink href={`/deployments/new?computer=${computerId}`}>Make one for it</ButtonLink>}
              >
                A deployment says what should be installed or set. Saving one changes nothing until the next session.
              </EmptyState>
            ) : null}
            {shown.map((item) => (
              <ItemDecision key={item.itemId} item={item} isOpen={items.length <= OPEN_UP_TO} />
            ))}
            {items.length > 0 && shown.length === 0 ? <EmptyState title={`No item matches “${search}”.`} /> : null}
          </Card>
        );
      }}
    </QueryGate>
  );
}

function ItemDecision({ item, isOpen }: { item: Explained; isOpen: boolean }) {
  const others = item.losers.length + item.notApplied.length;
  return (
    <details className="group border-b border-line last:border-0" open={isOpen || undefined}>
      <summary className="flex list-none flex-wrap items-center gap-x-2.5 gap-y-1 px-3.5 py-2 -outline-offset-2 hover:bg-sunken">
        <ChevronRight aria-hidden className="size-3.5 text-ink-3 transition-transform group-open:rotate-90" />
        <span className="font-[560]">{item.itemName}</span>
        {item.winner && item.desiredState ? (
          <Pill tone={item.desiredState === "ignored" ? "off" : "run"} mark={false}>
            {desiredStates[item.desiredState]} {item.version}
          </Pill>
        ) : (
          <Pill tone="off">does not apply</Pill>
        )}
        {item.detection ? (
          <span className="text-ink-3">
            {detectionWords(item)} <Time at={item.detection.detectedAt} />
          </span>
        ) : null}
        <span className="ml-auto text-ink-3">
          {item.winner ? <>by #{item.winner.id}</> : null}
          {others > 0 ? `${item.winner ? ", " : ""}${others} other${others === 1 ? "" : "s"}` : ""}
        </span>
      </summary>
      <ul className="grid gap-2 bg-sunken px-3.5 py-3">
        {item.winner ? (
          <Reason deployment={item.winner} mark={<Tag className="border-ok text-ok">wins</Tag>}>
            {item.evidence.map((each) => each.sentence).join(" ")}
          </Reason>
        ) : null}
        {item.losers.map((loser) => (
          <Reason key={loser.deployment.id} deployment={loser.deployment} mark={<Tag>beaten</Tag>}>
            {loser.because}
          </Reason>
        ))}
        {item.notApplied.map((each) => (
          <Reason key={each.deployment.id} deployment={each.deployment} mark={<Tag>does not apply</Tag>}>
            {each.because}
          </Reason>
        ))}
      </ul>
    </details>
  );
}

function Reason({
  deployment,
  mark,
  children,
}: {
  deployment: Deployment;
  mark: React.ReactNode;
  children: React.ReactNode;
}) {
  return (
    <li className="grid gap-x-2.5 sm:grid-cols-[104px_minmax(0,1fr)]">
      <span>{mark}</span>
      <div>
        <p>
          <TextLink href={`/deployments/${deployment.id}`}>#{deployment.id}</TextLink> {deployment.sentence}
        </p>
        <p className="text-ink-2">{children}</p>
      </div>
    </li>
  );
}

function detectionWords({ detection, itemKind }: Explained): string {
  if (!detection) return "";
  if (itemKind === "task")
    return detection.compliant === null ? "looked at" : detection.compliant ? "compliant" : "not compliant";
  return detection.version === null ? "not there" : `${detection.version} there`;
}
