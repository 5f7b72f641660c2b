"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { useChange } from "@/app/_trpc/use-change";
import { Button } from "@/app/_ui/button";
import { Card } from "@/app/_ui/card";
import { KeyboardHint } from "@/app/_ui/keyboard-hint";
import { useDebounced } from "@/app/_ui/use-debounced";
import { ConfirmReachDialog } from "./confirm-reach-dialog";
import { DraftSentence } from "./draft-sentence";
import { type DeploymentForm, draftOf, problemsOf } from "./form";
import { ItemSection } from "./item-section";
import { MoreSection } from "./more-section";
import { ParametersSection } from "./parameters-section";
import { PreviewPane } from "./preview-pane";
import { describeChange } from "./steps";
import { TargetSection } from "./target-section";
import { useKeptForm } from "./use-kept-form";
import { useSaveKey } from "./use-save-key";

const SETTLE_MS = 250;
/** Beyond this there is no room for the keys beside it. */
const LONG_LABEL = 28;

/** What it says on the left, what that means on the right. Saving changes no machine; the next session does. */
export function DeploymentEditor({
  initial,
  saved,
  readOnly = false,
}: {
  initial: DeploymentForm;
  /** Null for a new one. */
  saved: { readonly id: number; readonly revision: number } | null;
  readOnly?: boolean;
}) {
  const trpc = useTRPC();
  const router = useRouter();
  const key = saved ? `${saved.id}-${saved.revision}` : "new";
  const { form, set, isDirty, forget, discard } = useKeptForm(key, initial);
  const [tried, setTried] = useState(false);
  const [asking, setAsking] = useState(false);
  const draft = draftOf(form);
  const settled = useDebounced(JSON.stringify(draft), SETTLE_MS);
  const isSettled = settled === JSON.stringify(draft);
  const preview = useQuery({
    ...trpc.deployments.preview.queryOptions({ draft: draft ?? neverSent, id: saved?.id ?? null }),
    enabled: draft !== null && isSettled,
    placeholderData: keepPreviousData,
    retry: false,
  });
  const told = {
    failed: "The deployment was not saved.",
    done: "Saved. The next session of each computer acts on it.",
    quiet: true,
  } as const;
  const onDone = ({ id }: { id: number }) => {
    setAsking(false);
    forget();
    if (saved === null) router.push(`/deployments/${id}`);
    else router.refresh();
  };
  const create = useChange(trpc.deployments.create.mutationOptions(), { ...told, onDone });
  const update = useChange(trpc.deployments.update.mutationOptions(), { ...told, onDone });
  const problem = create.problem ?? update.problem;
  const isBusy = create.isPending || update.isPending;
  const problems = {
    ...(tried ? problemsOf(form) : {}),
    ...(problem?.fields.version ? { version: problem.fields.version } : {}),
  };
  const shown = draft !== null && isSettled && !preview.isPlaceholderData ? preview.data : undefined;

  const save = (confirmedComputerCount?: number) => {
    if (draft === null) return;
    const agreed = {
      ...(confirmedComputerCount === undefined ? {} : { confirmedComputerCount }),
      ...(shown ? { previewFingerprint: shown.fingerprint } : {}),
    };
    if (saved === null) create.mutate({ draft, ...agreed });
    else update.mutate({ id: saved.id, revision: saved.revision, draft, ...agreed });
  };
  const trySave = () => {
    setTried(true);
    if (draft === null || readOnly || isBusy) return;
    if (shown?.needsConfirmation) setAsking(true);
    else save();
  };
  useSaveKey(trySave);
  useEffect(() => {
    if (!isDirty) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [isDirty]);

  const label = shown ? `Save: ${describeChange(shown)}` : "Save";
  const section = { form, set, problems };
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[400px_minmax(0,1fr)]">
      <Card aria-label="The deployment" className="overflow-clip">
        <DraftSentence form={form} />
        <fieldset disabled={readOnly} className="contents">
          <ItemSection {...section} isNew={saved === null} />
          <ParametersSection {...section} fields={problem?.fields ?? {}} />
          <TargetSection {...section} />
          <MoreSection {...section} />
        </fieldset>
        <div className="sticky bottom-0 border-t border-line bg-panel px-4 py-3">
          {problem ? (
            <p role="alert" className="mb-2 text-bad">
              {problem.why} {problem.todo}
            </p>
          ) : null}
          {tried && draft === null ? (
            <p role="alert" className="mb-2 text-bad">
              Something is missing above.
            </p>
          ) : null}
          <div className="flex flex-wrap items-center gap-2.5">
            <Button look="primary" busy={isBusy} disabled={readOnly} onClick={trySave}>
              {label}
            </Button>
            <Button
              disabled={isBusy || !isDirty}
              onClick={() => {
                discard();
                setTried(false);
                create.reset();
                update.reset();
              }}
            >
              Discard
            </Button>
            {label.length < LONG_LABEL ? <KeyboardHint keys={["⌘", "S"]} className="ml-auto" /> : null}
          </div>
        </div>
      </Card>
      <PreviewPane draft={isSettled ? draft : null} id={saved?.id ?? null} preview={preview} />
      {shown ? (
        <ConfirmReachDialog
          open={asking}
          onOpenChange={setAsking}
          preview={shown}
          form={form}
          busy={isBusy}
          error={problem?.why}
          onConfirm={() => save(shown.reachedCount)}
        />
      ) : null}
    </div>
  );
}

/** Stands where a query needs an input while there is none. */
const neverSent = {
  itemId: 1,
  desiredState: "ignored",
  target: { scope: "cross-tenant", targetType: "all" },
} as const;
