import { Card } from "@/app/_ui/card";
import { countOf } from "@/app/_ui/format";
import { StatusMark } from "@/app/_ui/pill";
import { TextLink } from "../../_words/entity-link";
import type { Preview } from "./steps";

const notesOnly = ["not-now", "partly-shadowed"];

/** What a person should know before saving: duplicates, contradictions, who is beaten by which rule. */
export function WorthKnowing({ preview }: { preview: Preview }) {
  const rivals = [
    ...preview.beats.map((rival) => ({ ...rival, verb: "It beats" })),
    ...preview.losesTo.map((rival) => ({ ...rival, verb: "It loses to" })),
  ];
  if (preview.warnings.length + rivals.length === 0) return null;
  const sentenceOf = (id: number) => preview.rivals.find((rival) => rival.id === id)?.sentence;
  return (
    <Card title="Worth knowing">
      <ul>
        {preview.warnings.map((warning) => (
          <li key={warning.sentence} className="flex gap-2.5 border-b border-line px-3.5 py-2.5 last:border-0">
            <StatusMark
              tone={notesOnly.includes(warning.kind) ? "wait" : "warn"}
              label={notesOnly.includes(warning.kind) ? "Note" : "Warning"}
            />
            <p>
              <b className="font-[600]">{warning.sentence}</b>{" "}
              {warning.deploymentId ? (
                <TextLink href={`/deployments/${warning.deploymentId}`}>See #{warning.deploymentId}</TextLink>
              ) : null}
            </p>
          </li>
        ))}
        {rivals.map((rival) => (
          <li
            key={`${rival.verb}${rival.deploymentId}${rival.rule}`}
            className="border-b border-line px-3.5 py-2.5 last:border-0"
          >
            <p>
              {rival.verb} <TextLink href={`/deployments/${rival.deploymentId}`}>#{rival.deploymentId}</TextLink> on{" "}
              {countOf(rival.computerCount, "computer")}. <span className="text-ink-2">{rival.sentence}</span>
            </p>
            <p className="text-ink-3">{sentenceOf(rival.deploymentId)}</p>
          </li>
        ))}
      </ul>
    </Card>
  );
}
