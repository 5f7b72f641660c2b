"use client";

import { Toaster as Sonner } from "sonner";

export { toast } from "sonner";

/** Where short answers to an action appear. */
export const Toaster = () => (
  <Sonner
    position="bottom-right"
    style={{ fontFamily: "inherit" }}
    toastOptions={{
      unstyled: true,
      classNames: {
        toast:
          "flex w-[356px] max-w-full items-start gap-2.5 rounded-lg border border-line-strong bg-panel p-3 text-sm text-ink shadow-pop [&_svg]:size-4",
        title: "font-[560]",
        description: "text-ink-2",
        actionButton: "ml-auto flex-none rounded-md border border-line-strong px-2 py-0.5 font-[560] hover:bg-sunken",
        cancelButton: "ml-auto flex-none rounded-md border border-line-strong px-2 py-0.5 hover:bg-sunken",
        icon: "mt-[2px] flex-none",
        success: "[&_[data-icon]]:text-ok",
        error: "[&_[data-icon]]:text-bad",
      },
    }}
  />
);
