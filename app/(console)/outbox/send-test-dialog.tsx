"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { useChange } from "@/app/_trpc/use-change";
import { Button } from "@/app/_ui/button";
import { Combobox } from "@/app/_ui/combobox";
import { Dialog } from "@/app/_ui/dialog";
import { Field } from "@/app/_ui/field";
import { Input } from "@/app/_ui/input";
import { SegmentedControl } from "@/app/_ui/segmented-control";
import { toast } from "@/app/_ui/toast";
import { useTenantOptions } from "../_pickers/use-tenant-options";
import { useSignedIn } from "../_shell/signed-in";

const languages = [
  { value: "en", label: "English" },
  { value: "de", label: "German" },
] as const;

/** Sends a sample of the mail before maintenance in a tenant's branding, and leads to it. */
export function SendTestDialog({
  open,
  onOpenChange,
  initialTenant = null,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  initialTenant?: { id: number; name: string } | null;
}) {
  const trpc = useTRPC();
  const router = useRouter();
  const me = useSignedIn();
  const [chosenTenant, setTenant] = useState<{ id: number; name: string } | null>(null);
  const [recipient, setRecipient] = useState(me?.email ?? "");
  const [language, setLanguage] = useState<"en" | "de">("en");
  const [tried, setTried] = useState(false);
  const tenant = chosenTenant ?? initialTenant;
  const send = useChange(trpc.emails.sendTest.mutationOptions(), {
    done: null,
    failed: "No mail was sent.",
    quiet: true,
    onDone: ({ emailId, status, error }) => {
      onOpenChange(false);
      const action = { label: "See it", onClick: () => router.push(`/outbox/${emailId}`) };
      if (status === "failed") toast.error("The provider did not take it.", { description: error, action });
      else if (status === "kept") toast.success("It was written and is kept in the outbox.", { action });
      else toast.success(`It was sent to ${recipient}.`, { action });
    },
  });
  const submit = () => {
    setTried(true);
    if (tenant !== null && recipient.trim() !== "") {
      send.mutate({ tenantId: tenant.id, recipient: recipient.trim(), language });
    }
  };
  const refusedRecipient = send.problem?.fields.recipient;
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Send a test mail"
      description="The mail before maintenance with made-up changes. Its buttons lead to the console's start page."
      onSubmit={submit}
      footer={
        <>
          {send.problem && !refusedRecipient ? (
            <p role="alert" className="mr-auto flex-1 text-bad">
              {send.problem.why} {send.problem.todo}
            </p>
          ) : null}
          <Button onClick={() => onOpenChange(false)}>Not now</Button>
          <Button type="submit" look="primary" busy={send.isPending}>
            Send
          </Button>
        </>
      }
    >
      <Field
        label="Looks like a mail of"
        error={tried && tenant === null ? "choose whose branding it shows" : undefined}
      >
        {(control) => (
          <Combobox
            {...control}
            label="Tenant"
            value={tenant?.id ?? null}
            display={tenant?.name}
            placeholder="Choose a tenant"
            useOptions={useTenantOptions}
            onChange={(option) => option && setTenant({ id: option.value, name: option.label.trim() })}
          />
        )}
      </Field>
      <Field label="To" error={refusedRecipient ?? (tried && recipient.trim() === "" ? "is missing" : undefined)}>
        {(control) => (
          <Input
            {...control}
            type="email"
            autoComplete="email"
            value={recipient}
            onChange={(event) => setRecipient(event.target.value)}
          />
        )}
      </Field>
      <div className="grid justify-items-start gap-1">
        <span className="font-[560]">Language</span>
        <SegmentedControl label="Language" options={languages} value={language} onChange={setLanguage} />
      </div>
    </Dialog>
  );
}
