"use client";

import { Card } from "@/app/_ui/card";
import { countOf } from "@/app/_ui/format";
import { Time } from "@/app/_ui/time";
import { TextLink } from "../../_words/entity-link";
import { InstallerRows } from "./installers-card";
import { type ItemDetail, type Software, versionSources } from "./item-words";

/** Which versions there are, and who says so. */
export function VersionsCard({ item, software }: { item: ItemDetail; software: Software }) {
  return (
    <Card
      title="Versions"
      hint={item.versions.length > 0 ? `${countOf(item.versions.length, "version")}, newest entry first` : null}
    >
      <p className="px-3.5 py-3 text-ink-2">
        {versionSources[software.versionSource]}{" "}
        {software.versionScriptId ? <TextLink href={`/scripts/${software.versionScriptId}`}>Show it</TextLink> : null}
      </p>
      {item.versions.length > 0 ? (
        <ul className="max-h-[420px] overflow-y-auto border-t border-line">
          {item.versions.map((each) => (
            <li key={each.version} className="border-b border-line last:border-0">
              <p className="flex min-h-[34px] flex-wrap items-center gap-x-3 px-3.5">
                <span className="font-mono text-xs">{each.version}</span>
                <span className="ml-auto text-ink-3">
                  {each.releasedAt ? "released " : "added "}
                  <Time at={each.releasedAt ?? each.createdAt} />
                </span>
              </p>
              {each.installers.length > 0 ? <InstallerRows installers={each.installers} item={item} /> : null}
            </li>
          ))}
        </ul>
      ) : null}
    </Card>
  );
}
