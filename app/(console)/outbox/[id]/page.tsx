import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { Outputs } from "@/app/_trpc/client";
import { Hydrate, requireFound, trpc } from "@/app/_trpc/server";
import { openPage } from "../../_shell/page-context";
import { EmailView } from "./email-view";

interface Props {
  params: Promise<{ id: string }>;
}
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function read(emailId: string) {
  if (!UUID.test(emailId)) notFound();
  return requireFound<Outputs["emails"]["get"]>(trpc.emails.get.queryOptions({ emailId }));
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { id } = await params;
  await openPage(`/outbox/${id}`);
  return { title: (await read(id)).subject };
}

export default async function EmailPage({ params }: Props) {
  const { id } = await params;
  await openPage(`/outbox/${id}`);
  await read(id);
  return (
    <Hydrate>
      <EmailView id={id} />
    </Hydrate>
  );
}
