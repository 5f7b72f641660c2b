"use client";

import { parseAsString, useQueryStates } from "nuqs";
import { Tabs } from "@/app/_ui/tabs";
import { useMay } from "../_shell/signed-in";
import { BrandingTab } from "./_tabs/branding/branding-tab";
import { KeysTab } from "./_tabs/keys/keys-tab";
import { SystemTab } from "./_tabs/system/system-tab";
import { UsersTab } from "./_tabs/users/users-tab";

/** A tab's own search, page and filters do not follow into another. */
const parsers = Object.fromEntries(
  ["tab", "q", "sort", "after", "before", "state", "revoked"].map((key) => [key, parseAsString]),
);
const nothing = Object.fromEntries(Object.keys(parsers).map((key) => [key, null]));

export function SettingsTabs() {
  const [query, setQuery] = useQueryStates(parsers);
  const mayAdminister = useMay("administer");
  const items = [
    { id: "branding", label: "Branding", content: <BrandingTab /> },
    { id: "users", label: "Users and roles", content: <UsersTab /> },
    ...(mayAdminister ? [{ id: "keys", label: "Enrolment keys", content: <KeysTab /> }] : []),
    { id: "system", label: "System", content: <SystemTab /> },
  ];
  const shown = items.find(({ id }) => id === query.tab)?.id ?? "branding";
  return (
    <Tabs
      label="Settings"
      value={shown}
      onChange={(tab) => void setQuery({ ...nothing, tab: tab === "branding" ? null : tab })}
      items={items}
    />
  );
}
