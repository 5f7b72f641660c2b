import { Card } from "@/app/_ui/card";
import { EmptyState } from "@/app/_ui/empty-state";
import { TextLink } from "../../_words/entity-link";
import { describeInstaller, describePlatform, type ItemDetail, type ItemInstaller, type Software } from "./item-words";
import { PlatformRow } from "./platform-row";

/** How it gets onto a machine, for every version. */
export function InstallersCard({ item, software }: { item: ItemDetail; software: Software }) {
  const ofVersions = item.versions.some((version) => version.installers.length > 0);
  return (
    <Card title="How it is installed" hint={software.installers.length > 0 ? "for every version" : null}>
      {software.installers.length === 0 ? (
        <EmptyState title={ofVersions ? "Each version has its own installer." : "It has no installer."}>
          {ofVersions
            ? "They are listed with the versions."
            : "Sessions can detect it, but neither install nor remove it."}
        </EmptyState>
      ) : (
        <InstallerRows installers={software.installers} item={item} />
      )}
    </Card>
  );
}

export const InstallerRows = ({ installers, item }: { installers: readonly ItemInstaller[]; item: ItemDetail }) => (
  <ul>
    {installers.map((installer) => (
      <PlatformRow key={JSON.stringify(installer)} platform={describePlatform(installer.platform)}>
        {describeInstaller(installer, item.scripts)}{" "}
        {installer.kind === "script" ? (
          <TextLink href={`/scripts/${installer.installScriptId}`}>Show the script</TextLink>
        ) : null}
      </PlatformRow>
    ))}
  </ul>
);
