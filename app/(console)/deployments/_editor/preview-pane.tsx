"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Eye } from "lucide-react";
import { useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { Card } from "@/app/_ui/card";
import { cn } from "@/app/_ui/cn";
import { EmptyState } from "@/app/_ui/empty-state";
import { ErrorState } from "@/app/_ui/error-state";
import { formatNumber } from "@/app/_ui/format";
import { SkeletonLines } from "@/app/_ui/skeleton";
import type { Draft } from "./form";
import { PreviewRows } from "./preview-rows";
import { type Preview, type Step, stepOrder, steps } from "./steps";
import { WorthKnowing } from "./worth-knowing";

const PAGE = 50;

/** What saving would mean, beside the form and as it is changed. */
export function PreviewPane({ draft, id, preview }: { draft: Draft | null; id: number | null; preview: PreviewQuery }) {
  if (draft === null && preview.data === undefined) {
    return (
      <Card title="What this does">
        <EmptyState icon={Eye} title="Say what, and for whom.">
          As soon as both are chosen, the computers it reaches and what happens on each of them stand here.
        </EmptyState>
      </Card>
    );
  }
  if (preview.error && preview.data === undefined) {
    return (
      <Card title="What this does">
        <ErrorState error={preview.error} what="The preview" onRetry={() => preview.refetch()} />
      </Card>
    );
  }
  return (
    <div
      className={cn("grid min-w-0 gap-3.5", preview.isPlaceholderData && "opacity-70")}
      aria-busy={preview.isFetching}
    >
      <Card title="What this does" hint="judged from the last detections" className="overflow-hidden">
        {preview.data ? (
          <>
            <Numbers preview={preview.data} />
            <Rows draft={draft} id={id} preview={preview.data} />
          </>
        ) : (
          <SkeletonLines count={6} />
        )}
      </Card>
      {preview.data ? <WorthKnowing preview={preview.data} /> : null}
    </div>
  );
}

export interface PreviewQuery {
  readonly data: Preview | undefined;
  readonly error: unknown;
  readonly isFetching: boolean;
  readonly isPlaceholderData: boolean;
  readonly refetch: () => unknown;
}

function Numbers({ preview }: { preview: Preview }) {
  const shown = stepOrder.filter((step) => (preview.steps[step] ?? 0) > 0);
  const lost = preview.reachedCount - preview.winsCount;
  return (
    <>
      <dl className="grid grid-cols-2 sm:grid-cols-[repeat(auto-fit,minmax(108px,1fr))]">
        <Figure
          value={preview.reachedCount}
          label={preview.reachedCount === 1 ? "computer reached" : "computers reached"}
        />
        {shown.map((step) => (
          <Figure key={step} value={preview.steps[step] ?? 0} label={steps[step].label} ink={steps[step].ink} />
        ))}
        {lost > 0 ? <Figure value={lost} label="decided by others" ink="text-ink-2" /> : null}
      </dl>
      {preview.reachedCount > 0 ? (
        <div aria-hidden className="mx-3.5 mb-3 flex h-2.5 gap-0.5 overflow-hidden rounded-full">
          {shown.map((step) => (
            <span key={step} className={steps[step].fill} style={{ flex: preview.steps[step] ?? 0 }} />
          ))}
          {lost > 0 ? <span className="bg-line" style={{ flex: lost }} /> : null}
        </div>
      ) : null}
    </>
  );
}

function Figure({ value, label, ink }: { value: number; label: string; ink?: string }) {
  return (
    <div className="-ml-px flex flex-col-reverse justify-end border-l border-line px-3.5 py-3">
      <dt className="text-xs text-ink-3">{label}</dt>
      <dd className={cn("text-[21px] leading-tight font-[620] tracking-[-0.02em]", ink)}>{formatNumber(value)}</dd>
    </div>
  );
}

/** The computers, fifty at a time, narrowed to one kind of change at a time. */
function Rows({ draft, id, preview }: { draft: Draft | null; id: number | null; preview: Preview }) {
  const trpc = useTRPC();
  const [step, setStep] = useState<Step | null>(null);
  const [offset, setOffset] = useState(0);
  const isFirst = step === null && offset === 0;
  const { data = preview } = useQuery({
    ...trpc.deployments.preview.queryOptions({
      draft: draft ?? emptyDraft,
      id,
      offset,
      limit: PAGE,
      ...(step ? { next: [step] } : {}),
    }),
    enabled: draft !== null && !isFirst,
    placeholderData: keepPreviousData,
  });
  const page = isFirst ? preview : data;
  const shown = stepOrder.filter((each) => (preview.steps[each] ?? 0) > 0);
  if (preview.reachedCount === 0 && preview.rows.length === 0) {
    return (
      <EmptyState title="No computer is in this target now.">
        It can be saved all the same; it applies to computers that come into it later.
      </EmptyState>
    );
  }
  return (
    <>
      {shown.length > 1 ? (
        <div className="flex flex-wrap gap-1.5 border-t border-line px-3.5 py-2">
          {[null, ...shown].map((each) => (
            <Button
              key={each ?? "all"}
              size="small"
              look={each === step ? "plain" : "quiet"}
              aria-pressed={each === step}
              onClick={() => {
                setStep(each);
                setOffset(0);
              }}
            >
              {each === null ? "All" : steps[each].label}
            </Button>
          ))}
        </div>
      ) : null}
      <PreviewRows rows={page.rows} />
      {page.total > PAGE ? (
        <nav aria-label="Pages of the preview" className="flex items-center gap-2 border-t border-line px-3.5 py-2">
          <span className="mr-auto text-ink-3">
            {offset + 1} to {formatNumber(Math.min(page.total, offset + PAGE))} of {formatNumber(page.total)}
          </span>
          <Button size="small" disabled={offset === 0} onClick={() => setOffset(Math.max(0, offset - PAGE))}>
            Previous
          </Button>
          <Button size="small" disabled={offset + PAGE >= page.total} onClick={() => setOffset(offset + PAGE)}>
            Next
          </Button>
        </nav>
      ) : null}
    </>
  );
}

/** Never sent: stands where a query needs an input while there is none. */
const emptyDraft: Draft = {
  itemId: 1,
  desiredState: "ignored",
  target: { scope: "cross-tenant", targetType: "all" },
};
