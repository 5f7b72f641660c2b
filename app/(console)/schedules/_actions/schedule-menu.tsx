"use client";

import { MoreHorizontal } from "lucide-react";
import { usePathname, useRouter } from "next/navigation";
import { useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { useChange } from "@/app/_trpc/use-change";
import { Button } from "@/app/_ui/button";
import { ConfirmDialog } from "@/app/_ui/confirm-dialog";
import { Dropdown, DropdownItem, DropdownSeparator } from "@/app/_ui/dropdown";
import { useMay } from "../../_shell/signed-in";

interface Held {
  readonly id: number;
  readonly name: string;
  readonly enabled: boolean;
  readonly deletedAt: Date | null;
}

/** On, off, copy, delete, restore. */
export function ScheduleMenu({ schedule, small = false }: { schedule: Held; small?: boolean }) {
  const trpc = useTRPC();
  const router = useRouter();
  const isInList = usePathname() === "/schedules";
  const [asking, setAsking] = useState(false);
  const { id, name, enabled } = schedule;
  const setEnabled = useChange(trpc.schedules.setEnabled.mutationOptions(), {
    done: (_, change) => (change.enabled ? `“${name}” is on.` : `“${name}” is off: it starts nothing more.`),
    failed: "It was not changed.",
  });
  const duplicate = useChange(trpc.schedules.duplicate.mutationOptions(), {
    done: "A copy was made, switched off.",
    failed: "It was not copied.",
    onDone: (copy) => router.push(`/schedules/${copy.id}`),
  });
  const remove = useChange(trpc.schedules.remove.mutationOptions(), {
    done: `“${name}” is deleted. It can be restored.`,
    failed: "It was not deleted.",
    onDone: () => {
      setAsking(false);
      if (!isInList) router.push("/schedules");
    },
  });
  const restore = useChange(trpc.schedules.restore.mutationOptions(), {
    done: `“${name}” is back, switched off.`,
    failed: "It was not restored.",
  });
  if (!useMay("operate")) return null;
  if (schedule.deletedAt) {
    return (
      <Button
        size={small ? "small" : "normal"}
        look={small ? "plain" : "primary"}
        aria-label={small ? `Restore ${name}` : undefined}
        busy={restore.isPending}
        onClick={() => restore.mutate({ id })}
      >
        Restore
      </Button>
    );
  }
  return (
    <>
      <Dropdown
        align="end"
        trigger={
          <Button
            look={small ? "quiet" : "plain"}
            size={small ? "small-icon" : "icon"}
            aria-label={small ? `Actions on ${name}` : "More actions"}
          >
            <MoreHorizontal aria-hidden />
          </Button>
        }
      >
        <DropdownItem onSelect={() => setEnabled.mutate({ id, enabled: !enabled })}>
          {enabled ? "Switch off" : "Switch on"}
        </DropdownItem>
        <DropdownItem onSelect={() => duplicate.mutate({ id })}>Duplicate</DropdownItem>
        <DropdownSeparator />
        <DropdownItem danger onSelect={() => setAsking(true)}>
          Delete…
        </DropdownItem>
      </Dropdown>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Delete “${name}”?`}
        confirmLabel="Delete"
        busy={remove.isPending}
        onConfirm={() => remove.mutate({ id })}
      >
        <p>It starts nothing more. Sessions it has started go on, and it can be restored.</p>
      </ConfirmDialog>
    </>
  );
}
