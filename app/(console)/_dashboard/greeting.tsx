"use client";

import { useNow, useViewerZone } from "@/app/_ui/viewer";

const partOf = (hour: number) => (hour < 5 ? "night" : hour < 12 ? "morning" : hour < 18 ? "afternoon" : "evening");

/** "Tuesday evening", where the viewer is. */
export function Greeting() {
  const now = useNow();
  const timeZone = useViewerZone();
  const parts = new Intl.DateTimeFormat("en-GB", { weekday: "long", hour: "2-digit", hourCycle: "h23", timeZone });
  const read = (type: string) => parts.formatToParts(now).find((part) => part.type === type)?.value ?? "";
  return (
    <span suppressHydrationWarning>
      {read("weekday")} {partOf(Number(read("hour")))}
    </span>
  );
}
