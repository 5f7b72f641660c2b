"use client";

import { Card } from "@/app/_ui/card";
import { EmptyState } from "@/app/_ui/empty-state";
import { Time } from "@/app/_ui/time";
import { TextLink } from "../../_words/entity-link";
import { emailKinds, emailStatuses } from "../../_words/statuses";
import type { SessionDetail } from "./session-view";

/** What happened, and what the user was told and chose, in order. */
export function TimelineCard({ session }: { session: SessionDetail }) {
  const entries = [
    ...session.events.map((event) => ({ key: `event-${event.id}`, at: event.at, content: event.sentence })),
    ...session.emails.map((email) => ({
      key: `mail-${email.id}`,
      at: email.createdAt,
      content: (
        <>
          {emailKinds[email.kind]}: mail to {email.recipient}, {emailStatuses[email.status].label.toLowerCase()}.{" "}
          <TextLink href={`/outbox/${email.id}`}>See it</TextLink>
        </>
      ),
    })),
  ].sort((a, b) => a.at.getTime() - b.at.getTime());
  const expectsMail = session.endedAt === null && session.options.mailsAfter;
  return (
    <Card title="What happened" hint="and who was told">
      {entries.length === 0 && !expectsMail ? <EmptyState title="Nothing yet." /> : null}
      <ol className="grid gap-2.5 px-3.5 py-2.5">
        {entries.map((entry) => (
          <li key={entry.key} className="grid grid-cols-[62px_minmax(0,1fr)] gap-2.5">
            <span className="text-xs text-ink-3">
              <Time at={entry.at} show="near" computerZone={session.computerTimeZone} />
            </span>
            <span className="break-words">{entry.content}</span>
          </li>
        ))}
        {expectsMail ? (
          <li className="grid grid-cols-[62px_minmax(0,1fr)] gap-2.5 text-ink-3">
            <span className="text-xs">later</span>
            <span>The mail afterwards goes out when the session ends.</span>
          </li>
        ) : null}
      </ol>
    </Card>
  );
}
