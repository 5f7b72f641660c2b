"use client";

import { useQuery } from "@tanstack/react-query";
import { parseAsString, useQueryState } from "nuqs";
import { type Outputs, useTRPC } from "@/app/_trpc/client";
import { Card } from "@/app/_ui/card";
import { DescriptionList } from "@/app/_ui/description-list";
import { EmptyState } from "@/app/_ui/empty-state";
import { formatWord } from "@/app/_ui/format";
import { PageHeader } from "@/app/_ui/page-header";
import { QueryGate } from "@/app/_ui/query-gate";
import { Tabs } from "@/app/_ui/tabs";
import { Time } from "@/app/_ui/time";
import { useMay } from "../../_shell/signed-in";
import { EntityLink } from "../../_words/entity-link";
import { StatusPill } from "../../_words/status-pill";
import { emailKinds, emailStatuses } from "../../_words/statuses";
import { MailFrame } from "./mail-frame";

type Email = Outputs["emails"]["get"];

/** One mail as it was written, and what became of it. */
export function EmailView({ id }: { id: string }) {
  const query = useQuery(useTRPC().emails.get.queryOptions({ emailId: id }));
  const [tab, setTab] = useQueryState("tab", parseAsString.withDefault("mail"));
  return (
    <QueryGate query={query} what="The mail">
      {(email) => (
        <>
          <PageHeader
            crumbs={[{ label: "Outbox", href: "/outbox" }]}
            title={email.subject}
            status={<StatusPill said={emailStatuses[email.status]} />}
          />
          <Headers email={email} />
          <Tabs
            label="Parts of the mail"
            value={tab}
            onChange={(next) => void setTab(next)}
            items={[
              {
                id: "mail",
                label: "Mail",
                content: (
                  <Card className="overflow-hidden">
                    <MailFrame html={email.html} subject={email.subject} />
                  </Card>
                ),
              },
              { id: "text", label: "Plain text", content: <PlainText text={email.plainText} /> },
              { id: "delivery", label: "Delivery", count: email.events.length, content: <Delivery email={email} /> },
            ]}
          />
        </>
      )}
    </QueryGate>
  );
}

function Headers({ email }: { email: Email }) {
  const seesLinks = useMay("operate");
  return (
    <Card>
      <DescriptionList
        items={[
          ["From", email.sender],
          ["To", email.recipient],
          ["Kind", emailKinds[email.kind]],
          ["Written", <Time key="at" at={email.createdAt} show="both" />],
          [
            "Session",
            email.sessionId === null ? null : (
              <EntityLink key="session" href={`/sessions/${email.sessionId}`}>
                #{email.sessionId}
              </EntityLink>
            ),
          ],
          [
            "Problem",
            email.error ? (
              <span key="error" className="text-bad">
                {email.error}
              </span>
            ) : null,
          ],
        ]}
      />
      {seesLinks || email.kind === "test" ? null : (
        <p className="border-t border-line px-3.5 py-2 text-ink-2">
          Its links act in the recipient's name, so they are hidden from you.
        </p>
      )}
    </Card>
  );
}

const PlainText = ({ text }: { text: string }) => (
  <Card>
    <pre className="px-3.5 py-3 font-mono text-xs leading-[1.7] break-words whitespace-pre-wrap">{text}</pre>
  </Card>
);

function Delivery({ email }: { email: Email }) {
  const { data: about } = useQuery(useTRPC().system.about.queryOptions());
  const steps = [
    { key: "written", what: "Written", at: email.createdAt },
    ...(email.sentAt ? [{ key: "sent", what: "Taken by the provider", at: email.sentAt }] : []),
    ...email.events.map((event) => ({
      key: event.id,
      what: formatWord(event.type.replace(/^email\./, "").replaceAll("_", "-")),
      at: event.at,
    })),
  ];
  return (
    <Card title="Delivery" hint={email.attempts > 0 ? `${email.attempts} tried` : undefined}>
      <ol>
        {steps.map((step) => (
          <li key={step.key} className="flex gap-3 border-b border-line px-3.5 py-2 last:border-0">
            <span className="font-[540]">{step.what}</span>
            <span className="ml-auto text-ink-2">
              <Time at={step.at} show="both" />
            </span>
          </li>
        ))}
      </ol>
      {email.status === "kept" ? (
        <EmptyState title="It went nowhere.">
          No mail provider was set up when it was written. The session went on as though it had been read by nobody.
        </EmptyState>
      ) : about && !about.hearsOfDelivery ? (
        <p className="border-t border-line px-3.5 py-2 text-ink-2">
          What happens after the provider took it is not known: <code>RESEND_WEBHOOK_SECRET</code> is not set.
        </p>
      ) : null}
    </Card>
  );
}
