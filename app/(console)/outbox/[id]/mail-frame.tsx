"use client";

import { Monitor, Moon, Smartphone, Sun } from "lucide-react";
import { useState } from "react";
import { Button } from "@/app/_ui/button";
import { cn } from "@/app/_ui/cn";
import { framedMail } from "./framed-mail";

const PHONE_PX = 375;

/** The mail as its reader sees it, on a wide screen or a phone, light or dark. Nothing in it runs. */
export function MailFrame({ html, subject }: { html: string; subject: string }) {
  const [narrow, setNarrow] = useState(false);
  const [dark, setDark] = useState(false);
  return (
    <>
      <div className="flex flex-wrap gap-1.5 border-b border-line px-3.5 py-2">
        <Button
          size="small"
          look="quiet"
          aria-pressed={narrow}
          className="max-sm:hidden"
          onClick={() => setNarrow(!narrow)}
        >
          {narrow ? <Monitor aria-hidden /> : <Smartphone aria-hidden />} {narrow ? "As wide as here" : "As on a phone"}
        </Button>
        <Button size="small" look="quiet" aria-pressed={dark} onClick={() => setDark(!dark)}>
          {dark ? <Sun aria-hidden /> : <Moon aria-hidden />} {dark ? "In light" : "In dark"}
        </Button>
      </div>
      <div className="overflow-x-auto bg-sunken p-3">
        <iframe
          title={`The mail “${subject}”`}
          sandbox="allow-popups allow-popups-to-escape-sandbox"
          referrerPolicy="no-referrer"
          srcDoc={framedMail(html, dark ? "dark" : "light")}
          style={{ colorScheme: dark ? "dark" : "light", width: narrow ? PHONE_PX : undefined }}
          className={cn(
            "mx-auto block h-[min(80dvh,900px)] resize-y rounded-md border border-line bg-panel",
            !narrow && "w-full",
          )}
        />
      </div>
    </>
  );
}
