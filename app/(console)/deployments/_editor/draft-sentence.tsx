import { Fragment } from "react";
import { Chosen, Sentence } from "@/app/_ui/sentence";
import { describeDeployment } from "@/server/core/sentence";
import { type DeploymentForm, membershipOf, needsVersion, stateOf, targetOf } from "./form";

/** Stands where nothing is chosen yet. */
const BLANK = "\u2003\u2003\u2003";
const [OPEN, CLOSE] = ["\u0001", "\u0002"];
/** Marks a name so that it can be found in the finished sentence; what is not chosen yet stays open. */
const mark = (name: string | null | undefined) => (name ? `${OPEN}${name}${CLOSE}` : `${OPEN}${BLANK}${CLOSE}`);

/** The sentence the form makes, as it is made: the very words that are saved, with the names marked. */
export function DraftSentence({ form }: { form: DeploymentForm }) {
  const target = targetOf(form);
  const chosen =
    form.keptTarget?.label ??
    (form.reach === "computer" ? form.computer?.name : form.reach === "person" ? form.person?.name : form.tag?.name);
  const sentence = describeDeployment({
    target: target as Parameters<typeof describeDeployment>[0]["target"],
    desiredState: stateOf(form),
    version: needsVersion(form) ? mark(form.version.trim()) : null,
    phase: form.phase,
    item: { name: mark(form.item?.name), kind: form.item?.kind ?? "software" },
    names: {
      tenant: mark(form.tenant?.name),
      target:
        membershipOf(form) === "all" && form.reach !== "computer" && form.reach !== "person" && !form.keptTarget
          ? null
          : mark(chosen),
    },
  });
  return (
    <Sentence className="px-4 py-3.5">
      {sentence.split(OPEN).map((part, index) => {
        const [name, rest] = part.includes(CLOSE) ? part.split(CLOSE) : [null, part];
        return (
          <Fragment key={`${part}${String(index)}`}>
            {name === null ? null : <Chosen>{name}</Chosen>}
            {rest}
          </Fragment>
        );
      })}
    </Sentence>
  );
}
