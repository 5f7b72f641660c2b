import { Pill, type Tone } from "@/app/_ui/pill";

/** A status in its words, its colour and its mark. */
export const StatusPill = ({ said, detail }: { said: { tone: Tone; label: string }; detail?: string }) => (
  <Pill tone={said.tone}>
    {said.label}
    {detail ? ` · ${detail}` : ""}
  </Pill>
);
