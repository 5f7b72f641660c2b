import { Card } from "@/app/_ui/card";
import { EmptyState } from "@/app/_ui/empty-state";
import { EntityLink } from "../../_words/entity-link";
import { osFamilies } from "../../_words/statuses";
import type { ItemDetail } from "./item-words";

const roles = [
  { key: "testScriptId", word: "Test", does: "says whether it is as wanted" },
  { key: "setScriptId", word: "Set", does: "makes it so" },
  { key: "getScriptId", word: "Get", does: "reads the value that is recorded" },
] as const;

/** The scripts of a task for each system. */
export function TaskScriptsCard({ item }: { item: ItemDetail }) {
  const nameOf = (id: number) => item.scripts.find((script) => script.id === id)?.name ?? `#${id}`;
  return (
    <Card title="How it works">
      {item.taskScripts.length === 0 ? <EmptyState title="It has no scripts." /> : null}
      {item.taskScripts.map((set) => (
        <section key={set.osFamily} className="border-b border-line px-3.5 py-2.5 last:border-0">
          <h3 className="mb-1 text-xs text-ink-3">
            {set.osFamily === "any" ? "Every system" : osFamilies[set.osFamily]}
          </h3>
          <dl className="grid gap-1">
            {roles.map(({ key, word, does }) => {
              const id = set[key];
              return (
                <div key={key} className="grid gap-x-2.5 sm:grid-cols-[48px_minmax(0,1fr)]">
                  <dt className="font-[560]">{word}</dt>
                  <dd>
                    {id === null ? (
                      <span className="text-ink-3">none</span>
                    ) : (
                      <>
                        <EntityLink main href={`/scripts/${id}`}>
                          {nameOf(id)}
                        </EntityLink>{" "}
                        <span className="text-ink-3">{does}</span>
                      </>
                    )}
                  </dd>
                </div>
              );
            })}
          </dl>
        </section>
      ))}
    </Card>
  );
}
