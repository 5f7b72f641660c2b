import { Card } from "@/app/_ui/card";
import { EntityLink } from "../../_words/entity-link";
import { describePrerequisite, describeRange, type ItemDetail } from "./item-words";

/** What must be there, or not, before it. One rule may name several items. */
export function PrerequisitesCard({ item }: { item: ItemDetail }) {
  const rules = [...new Set(item.prerequisites.map((need) => need.id))].map((id) =>
    item.prerequisites.filter((need) => need.id === id),
  );
  return (
    <Card title="Prerequisites">
      <ul>
        {rules.map((needs) => {
          const [first] = needs;
          return first ? (
            <li key={first.id} className="border-b border-line px-3.5 py-2 last:border-0">
              <p className="text-ink-2">{describePrerequisite(first)}</p>
              <ul className="mt-1 list-disc pl-4">
                {needs.map((need) => (
                  <li key={need.itemId}>
                    <EntityLink main href={`/software/${need.itemId}`}>
                      {need.itemName}
                    </EntityLink>{" "}
                    <span className="text-ink-3">{describeRange(need)}</span>
                  </li>
                ))}
              </ul>
            </li>
          ) : null;
        })}
      </ul>
    </Card>
  );
}
