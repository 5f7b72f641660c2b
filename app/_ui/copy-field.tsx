"use client";

import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { Button } from "./button";
import { cn } from "./cn";
import { toast } from "./toast";

/** Text to take elsewhere: a command, a key, an id. */
export function CopyField({ value, label, wrap = false }: { value: string; label: string; wrap?: boolean }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value);
      setCopied(true);
      setTimeout(() => setCopied(false), 1_500);
    } catch {
      toast.error("The browser did not allow copying.", { description: "Select the text and copy it by hand." });
    }
  };
  return (
    <div className="flex min-w-0 items-start gap-1 rounded-md border border-line bg-sunken p-1 pl-2.5">
      <code
        tabIndex={wrap ? undefined : 0}
        className={cn(
          "min-w-0 flex-1 py-[3px] font-mono text-xs",
          wrap ? "break-all" : "overflow-x-auto whitespace-pre",
        )}
      >
        {value}
      </code>
      <Button look="quiet" size="small-icon" aria-label={copied ? "Copied" : `Copy ${label}`} onClick={copy}>
        {copied ? <Check aria-hidden className="text-ok" /> : <Copy aria-hidden />}
      </Button>
    </div>
  );
}
