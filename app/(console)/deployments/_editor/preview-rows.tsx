import { OnlineDot, Pill } from "@/app/_ui/pill";
import { Tooltip } from "@/app/_ui/tooltip";
import { EntityLink, TextLink } from "../../_words/entity-link";
import { type Preview, steps } from "./steps";

type Row = Preview["rows"][number];

/** Each computer with why it is meant, what is there, what comes next, and whom it beats or loses to. */
export function PreviewRows({ rows }: { rows: readonly Row[] }) {
  return (
    <div className="overflow-x-auto">
      <table className="w-full border-collapse">
        <caption className="sr-only">Computers this deployment reaches</caption>
        <thead>
          <tr>
            {["Computer", "Because", "Now", "Next session", "Beats"].map((head) => (
              <th
                key={head}
                scope="col"
                className="border-y border-line px-3.5 py-[7px] text-left text-xs font-[520] text-ink-3 first:sticky first:left-0 first:bg-panel"
              >
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.computerId} className={row.wins || !row.reached ? "bg-panel" : "bg-accent-soft"}>
              <td className="sticky left-0 h-[34px] border-b border-line bg-inherit px-3.5 whitespace-nowrap">
                <span className="inline-flex items-center gap-2">
                  <OnlineDot online={row.online} hideWord />
                  <EntityLink main href={`/computers/${row.computerId}`}>
                    {row.computerName}
                  </EntityLink>
                  <span className="text-ink-3">{row.tenantName}</span>
                </span>
              </td>
              <td className="max-w-[260px] border-b border-line px-3.5">
                <span className="block truncate text-ink-2" title={row.because ?? undefined}>
                  {row.reached ? row.because : "leaves the target"}
                </span>
              </td>
              <td className="border-b border-line px-3.5 whitespace-nowrap">
                {row.detectedVersion ?? (
                  <span className="text-ink-3">{row.detectedAt ? "not detected" : "never looked"}</span>
                )}
              </td>
              <td className="border-b border-line px-3.5 whitespace-nowrap">
                <Tooltip content={row.notAppliedBecause ?? row.nextSentence}>
                  <button type="button" className="rounded-full">
                    {row.wins ? (
                      <Pill tone={steps[row.next].tone} mark={false}>
                        {steps[row.next].label}
                      </Pill>
                    ) : (
                      <Pill tone="off" mark={false}>
                        {row.losesTo ? "stays as it is" : "does not take part"}
                      </Pill>
                    )}
                  </button>
                </Tooltip>
              </td>
              <td className="border-b border-line px-3.5 whitespace-nowrap text-ink-2">
                <Rivals row={row} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Rivals({ row }: { row: Row }) {
  if (row.losesTo) {
    return (
      <Tooltip content={row.losesTo.sentence}>
        <span>
          <TextLink href={`/deployments/${row.losesTo.deploymentId}`}>#{row.losesTo.deploymentId}</TextLink> wins ·{" "}
          {row.losesTo.rule.replaceAll("-", " ")}
        </span>
      </Tooltip>
    );
  }
  const [first, ...more] = row.beats;
  if (!first) return <span className="text-ink-3">–</span>;
  return (
    <Tooltip content={first.sentence}>
      <span>
        <TextLink href={`/deployments/${first.deploymentId}`}>#{first.deploymentId}</TextLink> ·{" "}
        {first.rule.replaceAll("-", " ")}
        {more.length > 0 ? ` and ${more.length} more` : ""}
      </span>
    </Tooltip>
  );
}
