"use client";

import { Plus } from "lucide-react";
import { ButtonLink } from "@/app/_ui/button";
import { useMay } from "../../_shell/signed-in";

export function NewScheduleButton() {
  if (!useMay("operate")) return null;
  return (
    <ButtonLink look="primary" href="/schedules/new">
      <Plus aria-hidden /> New schedule
    </ButtonLink>
  );
}
