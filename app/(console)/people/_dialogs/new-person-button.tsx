"use client";

import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/app/_ui/button";
import { useMay } from "../../_shell/signed-in";
import { NewPersonDialog } from "./new-person-dialog";

/** Adds a person by hand and goes to them. */
export function NewPersonButton({
  tenant = null,
  small = false,
}: {
  tenant?: { id: number; name: string } | null;
  small?: boolean;
}) {
  const [open, setOpen] = useState(false);
  const router = useRouter();
  const mayAdd = useMay("operate");
  if (!mayAdd) return null;
  return (
    <>
      <Button look={small ? "plain" : "primary"} size={small ? "small" : "normal"} onClick={() => setOpen(true)}>
        <Plus aria-hidden /> Add a person
      </Button>
      {open ? (
        <NewPersonDialog
          tenant={tenant}
          onClose={() => setOpen(false)}
          onMade={(id) => {
            setOpen(false);
            router.push(`/people/${id}`);
          }}
        />
      ) : null}
    </>
  );
}
