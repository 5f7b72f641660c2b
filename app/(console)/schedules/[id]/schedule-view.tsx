"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { type Outputs, useTRPC } from "@/app/_trpc/client";
import { ButtonLink } from "@/app/_ui/button";
import { PageHeader } from "@/app/_ui/page-header";
import { QueryGate } from "@/app/_ui/query-gate";
import { Time } from "@/app/_ui/time";
import { useMay } from "../../_shell/signed-in";
import { ScheduleMenu } from "../_actions/schedule-menu";
import { ScheduleEditor } from "../_editor/schedule-editor";
import { formOf } from "../_editor/schedule-form";
import { stateOf } from "../_list/columns";
import { RunsCard } from "./runs-card";

type Schedule = Outputs["schedules"]["get"];

export function ScheduleView({ id }: { id: number }) {
  const query = useQuery(useTRPC().schedules.get.queryOptions({ id }));
  return (
    <QueryGate query={query} what="The schedule">
      {(schedule) => <Loaded key={schedule.id} schedule={schedule} />}
    </QueryGate>
  );
}

function Loaded({ schedule }: { schedule: Schedule }) {
  const mayOperate = useMay("operate");
  const initial = useMemo(() => formOf(schedule), [schedule]);
  return (
    <>
      <PageHeader
        crumbs={[{ label: "Schedules", href: "/schedules" }, { label: `#${schedule.id}` }]}
        title={schedule.name}
        status={stateOf(schedule)}
        actions={
          <>
            <ButtonLink href={`/sessions?schedule=${schedule.id}`}>Its sessions</ButtonLink>
            <ScheduleMenu schedule={schedule} />
          </>
        }
      >
        Changed <Time at={schedule.updatedAt} />
        {schedule.createdByName ? `, made by ${schedule.createdByName}` : ""}. Sessions it has started keep what they
        were started with.
      </PageHeader>
      <ScheduleEditor
        initial={initial}
        saved={{ id: schedule.id, updatedAt: schedule.updatedAt }}
        readOnly={!mayOperate || schedule.deletedAt !== null}
      >
        <RunsCard schedule={schedule} />
      </ScheduleEditor>
    </>
  );
}
