import { Card } from "@/app/_ui/card";
import { EmptyState } from "@/app/_ui/empty-state";
import { TextLink } from "../../_words/entity-link";
import { describeDetection, describePlatform, type ItemDetail, type Software } from "./item-words";
import { PlatformRow } from "./platform-row";

/** How it is found on a machine. The first rule whose platform admits the computer is used. */
export function DetectionCard({ item, software }: { item: ItemDetail; software: Software }) {
  return (
    <Card
      title="How it is detected"
      hint={software.detections.length > 1 ? "the first that fits a computer is used" : null}
    >
      {software.detections.length === 0 ? (
        <EmptyState title="It has no detection method.">No session can say whether it is there.</EmptyState>
      ) : (
        <ul>
          {software.detections.map((rule) => (
            <PlatformRow key={JSON.stringify(rule)} platform={describePlatform(rule.platform)}>
              {describeDetection(rule, item.scripts)}{" "}
              {rule.method.kind === "script" ? (
                <TextLink href={`/scripts/${rule.method.scriptId}`}>Show the script</TextLink>
              ) : null}
            </PlatformRow>
          ))}
        </ul>
      )}
      {software.testScriptId ? (
        <p className="border-t border-line px-3.5 py-2 text-ink-2">
          Once it is there, <TextLink href={`/scripts/${software.testScriptId}`}>a test</TextLink> says whether it
          works; where it does not, it is repaired.
        </p>
      ) : null}
    </Card>
  );
}
