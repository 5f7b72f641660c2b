"use client";

import { DescriptionList } from "@/app/_ui/description-list";
import { Dialog } from "@/app/_ui/dialog";
import { formatWord } from "@/app/_ui/format";
import { Time } from "@/app/_ui/time";
import type { AuditRow } from "./audit-table";
import { diffOf } from "./diff";

/** One entry with what changed. */
export function EntryDialog({ entry, onClose }: { entry: AuditRow | null; onClose: () => void }) {
  if (!entry) return null;
  const changes = diffOf(entry.before, entry.after);
  return (
    <Dialog open wide onOpenChange={(open) => !open && onClose()} title={formatWord(entry.action.replace(".", " · "))}>
      <DescriptionList
        className="p-0"
        items={[
          ["Of", `${entry.entity} ${entry.entityId}`],
          ["Who", entry.actorName],
          ["When", <Time key="at" at={entry.at} show="full" />],
          ["From", entry.address],
          [
            "Chain",
            <span
              key="chain"
              className="font-mono text-xs break-all"
            >{`${entry.chain} #${entry.sequence} ${entry.hash.slice(0, 16)}…`}</span>,
          ],
        ]}
      />
      {changes.length === 0 ? (
        <p className="text-ink-2">Nothing in it differs.</p>
      ) : (
        <table className="w-full table-fixed border-collapse text-xs">
          <caption className="sr-only">What changed</caption>
          <thead>
            <tr className="text-left text-ink-3">
              <th scope="col" className="w-1/4 border-b border-line py-1 pr-2 font-[520]">
                Field
              </th>
              <th scope="col" className="border-b border-line py-1 pr-2 font-[520]">
                Before
              </th>
              <th scope="col" className="border-b border-line py-1 font-[520]">
                After
              </th>
            </tr>
          </thead>
          <tbody className="font-mono">
            {changes.map((change) => (
              <tr key={change.field} className="align-top">
                <th scope="row" className="border-b border-line py-1 pr-2 text-left font-normal break-words text-ink-2">
                  {change.field}
                </th>
                <td className="border-b border-line py-1 pr-2 break-words text-bad">{change.before ?? "–"}</td>
                <td className="border-b border-line py-1 break-words text-ok">{change.after ?? "–"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Dialog>
  );
}
