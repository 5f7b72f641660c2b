"use client";

import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { Button } from "./button";
import { cn } from "./cn";

/** Asks or shows something above the page. Escape closes it; what was focused before is focused again. */
export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  children,
  footer,
  onSubmit,
  wide = false,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: ReactNode;
  children?: ReactNode;
  footer?: ReactNode;
  /** Makes it a form: Enter in a field submits it. */
  onSubmit?: () => void;
  wide?: boolean;
}) {
  const body = (
    <>
      {children ? <div className="grid max-h-[66dvh] gap-3.5 overflow-y-auto px-5 py-4">{children}</div> : null}
      {footer ? (
        <div className="flex flex-wrap items-center justify-end gap-2 border-t border-line px-5 py-3">{footer}</div>
      ) : null}
    </>
  );
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-[oklch(15%_0.02_250/0.45)]" />
        <Radix.Content
          {...(description ? {} : { "aria-describedby": undefined })}
          className={cn(
            "arrive fixed top-[max(9dvh,12px)] left-1/2 z-40 w-[calc(100vw-24px)] -translate-x-1/2 overflow-hidden rounded-lg border border-line-strong bg-panel shadow-pop focus:outline-none",
            wide ? "max-w-[680px]" : "max-w-[480px]",
          )}
        >
          <div className="flex items-start gap-3 border-b border-line px-5 pt-4 pb-3">
            <div className="min-w-0 flex-1">
              <Radix.Title className="text-base font-[620]">{title}</Radix.Title>
              {description ? <Radix.Description className="mt-0.5 text-ink-2">{description}</Radix.Description> : null}
            </div>
            <Radix.Close asChild>
              <Button look="quiet" size="small-icon" aria-label="Close">
                <X aria-hidden />
              </Button>
            </Radix.Close>
          </div>
          {onSubmit ? (
            <form
              noValidate
              onSubmit={(event) => {
                event.preventDefault();
                event.stopPropagation();
                onSubmit();
              }}
            >
              {body}
            </form>
          ) : (
            body
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
