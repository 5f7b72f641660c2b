"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/app/_trpc/client";
import { Note } from "@/app/_ui/note";

/** Says that nothing leaves the product while no provider of mails is set up. */
export function ProviderNote() {
  const { data } = useQuery(useTRPC().system.about.queryOptions());
  if (!data || data.sendsMail) return null;
  return (
    <Note className="mb-4">
      <p>
        No mail provider is set up, so mails are kept here and reach nobody. Set <code>RESEND_API_KEY</code> and start
        the product again to have them sent; those kept until then stay kept.
      </p>
    </Note>
  );
}
