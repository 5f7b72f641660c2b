"use client";

import { useQuery } from "@tanstack/react-query";
import { Layers } from "lucide-react";
import { useTRPC } from "@/app/_trpc/client";
import { ButtonLink } from "@/app/_ui/button";
import { Card } from "@/app/_ui/card";
import { PageHeader } from "@/app/_ui/page-header";
import { Tag } from "@/app/_ui/pill";
import { QueryGate } from "@/app/_ui/query-gate";
import { Tooltip } from "@/app/_ui/tooltip";
import { useMay } from "../../_shell/signed-in";
import { StatusPill } from "../../_words/status-pill";
import { DeploymentsCard } from "./deployments-card";
import { DetectionCard } from "./detection-card";
import { FactsCard } from "./facts-card";
import { InstallersCard } from "./installers-card";
import { origins, triedOn } from "./item-words";
import { ParametersTable } from "./parameters-table";
import { PrerequisitesCard } from "./prerequisites-card";
import { TaskScriptsCard } from "./task-scripts-card";
import { VersionsCard } from "./versions-card";

/** A software or a task: what it is, how it works, and who gets it. */
export function ItemView({ id }: { id: number }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.items.get.queryOptions({ id }));
  const mayDeploy = useMay("operate");
  return (
    <QueryGate query={query} what="The item">
      {(item) => {
        const tried = triedOn[item.triedOn];
        const isTask = item.kind === "task";
        return (
          <>
            <PageHeader
              crumbs={[isTask ? { label: "Tasks", href: "/tasks" } : { label: "Software", href: "/software" }]}
              title={item.name}
              status={
                <>
                  <Tag>{origins[item.origin]}</Tag>
                  <Tooltip content={tried.help}>
                    <button type="button" className="rounded-full">
                      <StatusPill said={tried} />
                    </button>
                  </Tooltip>
                </>
              }
              actions={
                mayDeploy ? (
                  <ButtonLink look="primary" href={`/deployments/new?itemId=${id}`}>
                    <Layers aria-hidden /> Deploy…
                  </ButtonLink>
                ) : null
              }
            >
              {item.publisher ? <span className="text-ink-3">{item.publisher}. </span> : null}
              {item.description}
            </PageHeader>
            <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1.55fr)_minmax(0,1fr)]">
              <div className="grid min-w-0 gap-4">
                <DeploymentsCard item={item} />
                {item.software ? (
                  <>
                    <DetectionCard item={item} software={item.software} />
                    <InstallersCard item={item} software={item.software} />
                    <VersionsCard item={item} software={item.software} />
                  </>
                ) : null}
                {item.task ? (
                  <>
                    <TaskScriptsCard item={item} />
                    <Card title="Parameters" hint="given by the deployment">
                      <ParametersTable parameters={item.task.parameters} empty="It takes no parameters." />
                    </Card>
                  </>
                ) : null}
              </div>
              <div className="grid min-w-0 gap-4">
                <FactsCard item={item} />
                {item.prerequisites.length > 0 ? <PrerequisitesCard item={item} /> : null}
              </div>
            </div>
          </>
        );
      }}
    </QueryGate>
  );
}
