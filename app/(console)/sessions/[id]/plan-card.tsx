import { Card } from "@/app/_ui/card";
import { DescriptionList } from "@/app/_ui/description-list";
import { countOf } from "@/app/_ui/format";
import { OnlineDot, Pill } from "@/app/_ui/pill";
import { Time } from "@/app/_ui/time";
import { causeOf } from "../_list/columns";
import type { SessionDetail } from "./session-view";

const reboots = {
  "if-needed": "if needed",
  suppress: "none",
  prompt: "the user is asked",
  force: "in any case",
} as const;

/** The frozen plan and what the session may do. */
export function PlanCard({ session }: { session: SessionDetail }) {
  const { options, computerTimeZone: zone } = session;
  const hash = session.planHash?.slice(0, 12).replace(/(.{4})(?=.)/g, "$1 ");
  return (
    <Card
      title="Plan"
      aside={
        session.planVerifiedAt ? (
          <Pill tone="ok">{session.emails.some((mail) => mail.kind === "before") ? "as announced" : "as planned"}</Pill>
        ) : session.planFrozenAt ? (
          <Pill tone="wait">frozen</Pill>
        ) : null
      }
    >
      <DescriptionList
        items={[
          [
            "Hash",
            hash ? (
              <span key="hash" title={session.planHash ?? ""} className="font-mono text-xs">
                {hash}
              </span>
            ) : null,
          ],
          [
            "Frozen",
            session.planFrozenAt ? (
              <Time key="frozen" at={session.planFrozenAt} show="near" computerZone={zone} />
            ) : (
              "not yet"
            ),
          ],
          [
            "Verified",
            session.planVerifiedAt ? (
              <Time key="verified" at={session.planVerifiedAt} show="near" computerZone={zone} />
            ) : null,
          ],
          [
            "Executes",
            <Time key="executes" at={session.executionAt} show="both" computerZone={zone} empty="at once" />,
          ],
          ["Reboot", reboots[options.reboot]],
          ["Offline", options.offline === "skip" ? "skipped" : "waits until it connects"],
          [
            "The user may",
            [
              options.allowsPostpone ? `postpone (${session.postponeCount} of ${options.postponeMaxCount} used)` : null,
              options.allowsCancel ? "cancel" : null,
              options.allowsRunNow ? "run it now" : null,
            ]
              .filter(Boolean)
              .join(", ") || "do nothing",
          ],
          [
            "Computer",
            session.computerOnline === null ? null : <OnlineDot key="online" online={session.computerOnline} />,
          ],
          ["Started", causeOf(session)],
          ["Jobs", session.jobs.length > 0 ? countOf(session.jobs.length, "job") : null],
        ]}
      />
    </Card>
  );
}
