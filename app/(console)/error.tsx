"use client";

import { useEffect } from "react";
import { Card } from "@/app/_ui/card";
import { ErrorState } from "@/app/_ui/error-state";

/** A page that broke. What the server knows of it is in its log; here is what to do. */
export default function PageError({ error, reset }: { error: Error; reset: () => void }) {
  useEffect(() => console.error(error), [error]);
  return (
    <Card>
      <ErrorState error={error} what="This page" onRetry={reset} />
    </Card>
  );
}
