"use client";

import { useState } from "react";
import { type Outputs, useTRPC } from "@/app/_trpc/client";
import { useChange } from "@/app/_trpc/use-change";
import { Button } from "@/app/_ui/button";
import { Card } from "@/app/_ui/card";
import { Field } from "@/app/_ui/field";
import { Input, TextArea } from "@/app/_ui/input";
import { Note } from "@/app/_ui/note";
import { useMay } from "../../../_shell/signed-in";
import { SendTestButton } from "../../../outbox/send-test-button";
import { type BrandingForm, formOf, isColor, updateOf } from "./branding-form";
import { BrandingPreview } from "./branding-preview";
import { adviseOnColor } from "./color-advice";

type Branding = Outputs["branding"]["get"];

/** A tenant's own branding beside what its mails look like with it. What is typed stays until it is saved or put back. */
export function BrandingEditor({ tenant, branding }: { tenant: { id: number; name: string }; branding: Branding }) {
  const trpc = useTRPC();
  const mayChange = useMay("administer");
  const [saved, setSaved] = useState(() => formOf(branding.own));
  const [form, setForm] = useState(saved);
  const save = useChange(trpc.branding.update.mutationOptions(), {
    done: `Mails of ${tenant.name} look like this from now on.`,
    failed: "It was not saved.",
    quiet: true,
    onDone: ({ own }) => {
      setSaved(formOf(own));
      setForm(formOf(own));
    },
  });
  const { effective } = branding;
  const isChanged = JSON.stringify(form) !== JSON.stringify(saved);
  const set = (change: Partial<BrandingForm>) => setForm((now) => ({ ...now, ...change }));
  const error = (field: string) => save.problem?.fields[field];
  const unplaced = save.problem && Object.keys(save.problem.fields).length === 0 ? save.problem : null;
  const typed = form.accentColor.trim();
  const inherited = (own: string, all: string | null) => (own.trim() === "" ? all : own.trim());
  // A value of the tenant's own that is taken away leaves the one above unknown until it is saved.
  const above = (field: "companyName" | "accentColor" | "supportContact" | "footer" | "logoUrl") =>
    branding.own?.[field] ? null : effective[field];
  const shown = {
    companyName: inherited(form.companyName, above("companyName")) ?? tenant.name,
    logoUrl: /^https:\/\/\S+$/.test(form.logoUrl.trim()) ? form.logoUrl.trim() : above("logoUrl"),
    accentColor: isColor(typed) ? typed : above("accentColor"),
    supportContact: inherited(form.supportContact, above("supportContact")),
    footer: inherited(form.footer, above("footer")),
  };
  const sender = isChanged ? senderOf(form, effective.sender, shown.companyName) : effective.sender;
  const advice = shown.accentColor && isColor(shown.accentColor) ? adviseOnColor(shown.accentColor) : [];
  const placeholder = (value: string | null) => value ?? "nothing";
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1.3fr)_minmax(300px,1fr)]">
      <Card title={`Branding of ${tenant.name}`} hint="what is left empty comes from the tenant above">
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            save.mutate(updateOf(tenant.id, form));
          }}
        >
          <fieldset disabled={!mayChange} className="grid gap-3.5 p-3.5 sm:grid-cols-2">
            <legend className="sr-only">Branding</legend>
            <Field label="Company name" error={error("companyName")} className="sm:col-span-2">
              {(control) => (
                <Input
                  {...control}
                  maxLength={120}
                  placeholder={placeholder(above("companyName"))}
                  value={form.companyName}
                  onChange={(event) => set({ companyName: event.target.value })}
                />
              )}
            </Field>
            <Field
              label="Logo"
              help="An https address of a picture, at best 120 × 36 points or larger with the same shape."
              error={error("logoUrl")}
              className="sm:col-span-2"
            >
              {(control) => (
                <Input
                  {...control}
                  type="url"
                  inputMode="url"
                  placeholder={placeholder(above("logoUrl"))}
                  value={form.logoUrl}
                  onChange={(event) => set({ logoUrl: event.target.value })}
                />
              )}
            </Field>
            <Field
              label="Colour"
              className="sm:col-span-2"
              error={error("accentColor") ?? (typed !== "" && !isColor(typed) ? "write it as #rrggbb" : undefined)}
            >
              {(control) => (
                <span className="flex gap-2">
                  <input
                    type="color"
                    aria-label="Pick a colour"
                    value={shown.accentColor ?? "#0f6e6a"}
                    onChange={(event) => set({ accentColor: event.target.value })}
                    className="h-[30px] w-11 flex-none rounded-md border border-line-strong bg-bg p-0.5 disabled:opacity-55"
                  />
                  <Input
                    {...control}
                    className="max-w-40 font-mono"
                    placeholder={above("accentColor") ?? "#0f6e6a"}
                    value={form.accentColor}
                    onChange={(event) => set({ accentColor: event.target.value })}
                  />
                </span>
              )}
            </Field>
            {advice.length > 0 ? (
              <Note
                tone={advice.some((line) => line.includes("stands out")) ? "warn" : "off"}
                className="sm:col-span-2"
              >
                {advice.map((line) => (
                  <p key={line}>{line}</p>
                ))}
              </Note>
            ) : null}
            <Field label="Sender's name" error={error("senderName")}>
              {(control) => (
                <Input
                  {...control}
                  maxLength={120}
                  placeholder={shown.companyName}
                  value={form.senderName}
                  onChange={(event) => set({ senderName: event.target.value })}
                />
              )}
            </Field>
            <Field
              label="Sender's address"
              help="Its domain must be set up at the mail provider."
              error={error("senderAddress")}
            >
              {(control) => (
                <Input
                  {...control}
                  type="email"
                  placeholder={/<(.+)>/.exec(effective.sender)?.[1] ?? effective.sender}
                  value={form.senderAddress}
                  onChange={(event) => set({ senderAddress: event.target.value })}
                />
              )}
            </Field>
            <Field
              label="Whom to ask"
              help="A telephone number, an address: written at the end of each mail."
              error={error("supportContact")}
              className="sm:col-span-2"
            >
              {(control) => (
                <Input
                  {...control}
                  maxLength={300}
                  placeholder={placeholder(above("supportContact"))}
                  value={form.supportContact}
                  onChange={(event) => set({ supportContact: event.target.value })}
                />
              )}
            </Field>
            <Field label="Foot" error={error("footer")} className="sm:col-span-2">
              {(control) => (
                <TextArea
                  {...control}
                  maxLength={1000}
                  placeholder={placeholder(above("footer"))}
                  value={form.footer}
                  onChange={(event) => set({ footer: event.target.value })}
                />
              )}
            </Field>
            <Field label="First day" help="Empty: already." error={error("validFrom")}>
              {(control) => (
                <Input
                  {...control}
                  type="date"
                  value={form.firstDay}
                  onChange={(event) => set({ firstDay: event.target.value })}
                />
              )}
            </Field>
            <Field label="Last day" help="Empty: for good. Days are counted in UTC." error={error("validTo")}>
              {(control) => (
                <Input
                  {...control}
                  type="date"
                  value={form.lastDay}
                  onChange={(event) => set({ lastDay: event.target.value })}
                />
              )}
            </Field>
          </fieldset>
          {mayChange ? (
            <div className="flex flex-wrap items-center gap-2 border-t border-line px-3.5 py-3">
              {save.problem ? (
                <p role="alert" className="flex-1 text-bad">
                  {unplaced ? `${unplaced.why} ${unplaced.todo}` : "It was not saved: look at the fields marked above."}
                </p>
              ) : null}
              <span className="ml-auto flex gap-2">
                <Button disabled={!isChanged} onClick={() => setForm(saved)}>
                  Put back
                </Button>
                <Button type="submit" look="primary" disabled={!isChanged} busy={save.isPending}>
                  Save
                </Button>
              </span>
            </div>
          ) : null}
        </form>
      </Card>
      <Card title="Mails look like this" aside={<SendTestButton tenant={tenant} />}>
        <BrandingPreview branding={shown} sender={sender} />
        {isChanged ? <p className="px-3.5 pb-3 text-ink-2">Not saved yet.</p> : null}
      </Card>
    </div>
  );
}

/** The sender as it would stand; without an address of its own the one that holds now stays. */
function senderOf(form: BrandingForm, now: string, companyName: string): string {
  const address = form.senderAddress.trim() || (/<(.+)>/.exec(now)?.[1] ?? now);
  return `"${form.senderName.trim() || companyName}" <${address}>`;
}
