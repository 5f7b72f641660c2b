"use client";

import { Send } from "lucide-react";
import { useState } from "react";
import { Button } from "@/app/_ui/button";
import { useMay } from "../_shell/signed-in";
import { SendTestDialog } from "./send-test-dialog";

export function SendTestButton({ tenant = null }: { tenant?: { id: number; name: string } | null }) {
  const [isOpen, setOpen] = useState(false);
  if (!useMay("administer")) return null;
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <Send aria-hidden /> Send a test mail…
      </Button>
      <SendTestDialog open={isOpen} onOpenChange={setOpen} initialTenant={tenant} />
    </>
  );
}
