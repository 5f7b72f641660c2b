"use client";

import { Check, Copy } from "lucide-react";
import { useMemo, useState } from "react";
import { Button } from "@/app/_ui/button";
import { Card } from "@/app/_ui/card";
import { countOf } from "@/app/_ui/format";
import { toast } from "@/app/_ui/toast";
import { linesOf } from "./_diff/diff-lines";

const COPIED_MS = 1_500;

/** A script's text with line numbers, which selecting leaves out. */
export function ScriptBody({ body, label }: { body: string; label: string }) {
  const lines = useMemo(() => linesOf(body), [body]);
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(body);
      setCopied(true);
      setTimeout(() => setCopied(false), COPIED_MS);
    } catch {
      toast.error("The browser did not allow copying.", { description: "Select the text and copy it by hand." });
    }
  };
  return (
    <Card
      title="The script"
      hint={countOf(lines.length, "line")}
      aside={
        <Button size="small" look="quiet" onClick={() => void copy()}>
          {copied ? <Check aria-hidden className="text-ok" /> : <Copy aria-hidden />} {copied ? "Copied" : "Copy"}
        </Button>
      }
      className="overflow-hidden"
    >
      <section aria-label={`The text of ${label}`} tabIndex={0} className="overflow-x-auto py-2 -outline-offset-2">
        <table className="min-w-full border-collapse font-mono text-xs leading-[1.65] [font-variant-ligatures:none]">
          <tbody>
            {lines.map((text, index) => (
              <tr key={`line-${String(index)}`}>
                <td
                  data-line={index + 1}
                  className="sticky left-0 w-px bg-panel py-0 pr-3 pl-3.5 text-right text-ink-3 select-none before:content-[attr(data-line)]"
                />
                <td className="py-0 pr-3.5 whitespace-pre">{text === "" ? "\n" : text}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Card>
  );
}
