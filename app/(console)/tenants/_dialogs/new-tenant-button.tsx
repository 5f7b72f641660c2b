"use client";

import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/app/_ui/button";
import { useMay } from "../../_shell/signed-in";
import { NewTenantDialog } from "./new-tenant-dialog";

/** Adds a tenant, below `parent` where one is given, and goes to it. */
export function NewTenantButton({ parent = null }: { parent?: { id: number; name: string } | null }) {
  const [open, setOpen] = useState(false);
  const router = useRouter();
  const mayAdd = useMay("administer");
  if (!mayAdd) return null;
  return (
    <>
      <Button look={parent ? "plain" : "primary"} size={parent ? "small" : "normal"} onClick={() => setOpen(true)}>
        <Plus aria-hidden /> {parent ? "Add one below" : "New tenant"}
      </Button>
      {open ? (
        <NewTenantDialog
          parent={parent}
          onClose={() => setOpen(false)}
          onMade={(id) => {
            setOpen(false);
            router.push(`/tenants/${id}`);
          }}
        />
      ) : null}
    </>
  );
}
