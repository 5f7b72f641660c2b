"use client";

import { Plus } from "lucide-react";
import { parseAsBoolean, useQueryState } from "nuqs";
import { Button } from "@/app/_ui/button";
import { useMay } from "../../_shell/signed-in";
import { AddComputerDialog } from "./add-computer-dialog";

/** Opens by itself when the address says `?add=true`, so that the palette can lead here. */
export function AddComputerButton({ tenant = null }: { tenant?: { id: number; name: string } | null }) {
  const [isOpen, setOpen] = useQueryState("add", parseAsBoolean);
  const mayAdd = useMay("administer");
  if (!mayAdd) return null;
  return (
    <>
      <Button look="primary" onClick={() => void setOpen(true)}>
        <Plus aria-hidden /> Add a computer
      </Button>
      <AddComputerDialog
        open={isOpen === true}
        onOpenChange={(open) => void setOpen(open ? true : null)}
        initialTenant={tenant}
      />
    </>
  );
}
