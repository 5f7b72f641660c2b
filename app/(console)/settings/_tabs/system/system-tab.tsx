"use client";

import { useQuery } from "@tanstack/react-query";
import { type Outputs, useTRPC } from "@/app/_trpc/client";
import { Card } from "@/app/_ui/card";
import { DescriptionList } from "@/app/_ui/description-list";
import { EmptyState } from "@/app/_ui/empty-state";
import { countOf } from "@/app/_ui/format";
import { Pill } from "@/app/_ui/pill";
import { QueryGate } from "@/app/_ui/query-gate";
import { Time } from "@/app/_ui/time";
import { StopAll } from "../../../_shell/stop-all";
import { TextLink } from "../../../_words/entity-link";

type About = Outputs["system"]["about"];

const signIns: Record<About["signIn"], string> = {
  entra: "Microsoft Entra ID",
  local: "One local administrator with a password; meant for trying the product and for small installations",
  off: "Nobody can sign in: set up Microsoft Entra ID",
};
const engines: Record<About["engine"], string> = {
  embedded: "Embedded in this process",
  dev: "An Inngest dev server",
  server: "An Inngest server or Inngest Cloud",
};
const databases: Record<About["databaseDriver"], string> = {
  pg: "PostgreSQL",
  neon: "Neon",
  pglite: "PGlite, in this process",
  "pglite-socket": "PGlite, in a process of its own",
};

/** What the product runs on, and the switch that holds everything. */
export function SystemTab() {
  const trpc = useTRPC();
  const about = useQuery(trpc.system.about.queryOptions());
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <div className="grid gap-4">
        <WorkCard />
        <Card title="Agents" hint="by version">
          <QueryGate query={about} what="The agents">
            {(data) => <AgentVersions about={data} />}
          </QueryGate>
        </Card>
      </div>
      <Card title="This installation">
        <QueryGate query={about} what="The installation">
          {(data) => (
            <DescriptionList
              className="grid-cols-[minmax(96px,128px)_minmax(0,1fr)]"
              items={[
                ["Evenkeel", data.version],
                ["Node.js", data.nodeVersion],
                [
                  "Database",
                  `${databases[data.databaseDriver]}${data.databaseVersion ? `, version ${data.databaseVersion}` : ""}`,
                ],
                ["Engine", engines[data.engine]],
                ["Signing in", signIns[data.signIn]],
                ["Address", data.publicUrl],
                [
                  "Mail",
                  data.sendsMail ? (
                    `Sent by Resend, from ${data.defaultSender} where a tenant has no sender`
                  ) : (
                    <span key="mail">
                      Not sent: kept in the <TextLink href="/outbox">outbox</TextLink>
                    </span>
                  ),
                ],
                [
                  "Delivery",
                  data.sendsMail ? (data.hearsOfDelivery ? "Reported by signed webhooks" : "Not reported back") : null,
                ],
              ]}
            />
          )}
        </QueryGate>
      </Card>
    </div>
  );
}

function WorkCard() {
  const status = useQuery(useTRPC().system.status.queryOptions());
  return (
    <Card title="Work" aside={<StopAll />}>
      <QueryGate query={status} what="Whether work is held">
        {(data) => (
          <p className="px-3.5 py-3">
            {data.stopped ? (
              <>
                Everything is held since <Time at={data.since} show="both" />. Nothing is sent to any machine until
                someone resumes it; sessions wait where they are.
              </>
            ) : (
              "Work goes out to the machines. “Stop all” holds it for every tenant within seconds; scripts that run at that moment run to their end."
            )}
          </p>
        )}
      </QueryGate>
    </Card>
  );
}

function AgentVersions({ about }: { about: About }) {
  if (about.agentVersions.length === 0) {
    return <EmptyState title="No agent is enrolled yet.">Add a computer, or make an enrolment key.</EmptyState>;
  }
  return (
    <ul>
      {about.agentVersions.map(({ version, count, connected }) => (
        <li
          key={version ?? "unknown"}
          className="flex flex-wrap items-center gap-2 border-b border-line px-3.5 py-2 last:border-0"
        >
          <span className="font-mono text-xs">{version ?? "unknown"}</span>
          {version !== null && version !== about.version ? <Pill tone="warn">not this server's version</Pill> : null}
          <span className="ml-auto text-ink-2">
            {countOf(count, "agent")}, {connected} online
          </span>
        </li>
      ))}
    </ul>
  );
}
