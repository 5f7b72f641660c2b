"use client";

import { Card } from "@/app/_ui/card";
import { DescriptionList } from "@/app/_ui/description-list";
import { Time } from "@/app/_ui/time";
import { TextLink } from "../../_words/entity-link";
import { describePlatforms, type ItemDetail, repairStrategies, triedOn, upgradeStrategies } from "./item-words";

const upperFirst = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** What else is known of an item, beside how it works. */
export function FactsCard({ item }: { item: ItemDetail }) {
  const { software, task, order } = item;
  return (
    <Card title="Facts">
      <DescriptionList
        items={[
          ["Works on", upperFirst(describePlatforms(item.platforms))],
          ["Tried", triedOn[item.triedOn].help],
          task ? ["Runs on", task.appliesTo === "tenant" ? "Tenants, from the server" : "Computers"] : null,
          software
            ? [
                "An update is",
                <Strategy
                  key="up"
                  scriptId={software.upgradeScriptId}
                  word={upgradeStrategies[software.upgradeStrategy]}
                />,
              ]
            : null,
          software
            ? [
                "A repair is",
                <Strategy
                  key="re"
                  scriptId={software.repairScriptId}
                  word={repairStrategies[software.repairStrategy]}
                />,
              ]
            : null,
          software?.licenceRequired ? ["Licence", "Required; without one the action fails."] : null,
          software?.configurationItemId
            ? [
                "Configured by",
                <TextLink key="configured" href={`/tasks/${software.configurationItemId}`}>
                  the task that runs right after
                </TextLink>,
              ]
            : null,
          ["Order", order ? `At the ${order.zone}, place ${order.position}` : "Between beginning and end, by name"],
          ["Interrupted", item.safeToRetry ? "It is run again." : "It is not run again by itself."],
          [
            "Catalogue",
            <span key="slug" className="font-mono text-xs">
              {item.slug}
            </span>,
          ],
          ["Changed", <Time key="changed" at={item.updatedAt} show="full" />],
        ]}
      />
    </Card>
  );
}

const Strategy = ({ word, scriptId }: { word: string; scriptId: number | null }) => (
  <>
    {word} {scriptId ? <TextLink href={`/scripts/${scriptId}`}>Show it</TextLink> : null}
  </>
);
