"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/app/_trpc/client";
import { Card } from "@/app/_ui/card";
import { DescriptionList } from "@/app/_ui/description-list";
import { formatSpan } from "@/app/_ui/format";
import { PageHeader } from "@/app/_ui/page-header";
import { Tag } from "@/app/_ui/pill";
import { QueryGate } from "@/app/_ui/query-gate";
import { Tabs } from "@/app/_ui/tabs";
import { Time } from "@/app/_ui/time";
import { useTab } from "@/app/_ui/use-tab";
import { origins } from "../../software/_item/item-words";
import { ParametersTable } from "../../software/_item/parameters-table";
import { contexts, languages } from "../_list/script-words";
import { ScriptBody } from "./script-body";
import { VersionsTab } from "./versions-tab";

const versionKeys = ["from", "to"];

/** A script: what it says, how it runs, and what it said before. */
export function ScriptView({ id }: { id: number }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.scripts.get.queryOptions({ id }));
  const versions = useQuery(trpc.scripts.versions.queryOptions({ id }));
  const [tab, setTab] = useTab("script", versionKeys);
  return (
    <QueryGate query={query} what="The script">
      {(script) => {
        const { version } = script;
        return (
          <>
            <PageHeader
              crumbs={[{ label: "Scripts", href: "/scripts" }]}
              title={script.name}
              status={
                <>
                  <Tag>{origins[script.origin]}</Tag>
                  <Tag>{languages[version.language]}</Tag>
                  <Tag>version {version.number}</Tag>
                </>
              }
            >
              {script.description || null}
            </PageHeader>
            <Tabs
              label="Views of the script"
              value={tab}
              onChange={setTab}
              items={[
                {
                  id: "script",
                  label: "Script",
                  content: (
                    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1.9fr)_minmax(0,1fr)]">
                      <ScriptBody body={version.body} label={script.name} />
                      <div className="grid min-w-0 gap-4">
                        <Card title="How it runs">
                          <DescriptionList
                            items={[
                              ["Language", languages[version.language]],
                              ["Runs as", `${contexts[version.context].label}. ${contexts[version.context].help}`],
                              [
                                "Time-out",
                                `${formatSpan(version.timeoutSeconds * 1_000)}; then it and what it started are ended.`,
                              ],
                              ["Elevation", version.requiresElevation ? "Needs root or SYSTEM." : "Not needed."],
                              [
                                "SHA-256",
                                <span key="hash" className="font-mono text-xs break-all">
                                  {version.bodySha256}
                                </span>,
                              ],
                              ["Changed", <Time key="changed" at={version.createdAt} show="full" />],
                              ["By", version.createdByName ?? (script.origin === "global" ? "the catalogue" : null)],
                            ]}
                          />
                        </Card>
                        <Card title="Parameters">
                          <ParametersTable parameters={version.parameters} empty="It takes no parameters." />
                        </Card>
                      </div>
                    </div>
                  ),
                },
                {
                  id: "versions",
                  label: "Versions",
                  ...(versions.data ? { count: versions.data.length } : {}),
                  content: (
                    <QueryGate query={versions} what="The versions">
                      {(all) => <VersionsTab scriptId={id} origin={script.origin} versions={all} />}
                    </QueryGate>
                  ),
                },
              ]}
            />
          </>
        );
      }}
    </QueryGate>
  );
}
