import type { Metadata } from "next";
import type { Outputs } from "@/app/_trpc/client";
import { Hydrate, requireFound, trpc } from "@/app/_trpc/server";
import { openPage, readId } from "../../_shell/page-context";
import { PersonView } from "./person-view";

interface Props {
  params: Promise<{ id: string }>;
}
const read = (id: number) => requireFound<Outputs["people"]["get"]>(trpc.people.get.queryOptions({ id }));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { id } = await params;
  await openPage(`/people/${id}`);
  return { title: (await read(readId(id))).displayName };
}

export default async function PersonPage({ params }: Props) {
  const { id } = await params;
  await openPage(`/people/${id}`);
  await read(readId(id));
  return (
    <Hydrate>
      <PersonView id={readId(id)} />
    </Hydrate>
  );
}
