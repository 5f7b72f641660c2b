"use client";

import { useMemo } from "react";
import { Combobox } from "./combobox";
import type { FieldControl } from "./field";
import { isZone } from "./format";

const SHOWN = 60;

/** Time zones that match: any part of the name, with a space for an underscore. A full name is offered even if unlisted. */
function useZoneOptions(search: string) {
  const options = useMemo(() => {
    const wanted = search.toLowerCase().replaceAll(" ", "_");
    const zones = ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")];
    const found = zones.filter((zone) => zone.toLowerCase().includes(wanted)).slice(0, SHOWN);
    const named = found.length === 0 && search !== "" && isZone(search) ? [search] : found;
    return named.map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") }));
  }, [search]);
  return { options, pending: false };
}

/** An IANA time zone, found by typing a city. */
export function ZoneCombobox({
  value,
  onChange,
  placeholder = "Choose a time zone",
  clearLabel,
  ...control
}: Partial<FieldControl> & {
  value: string | null;
  onChange: (zone: string | null) => void;
  placeholder?: string;
  /** Offers to choose none, in these words. */
  clearLabel?: string;
}) {
  return (
    <Combobox
      {...control}
      label="Time zone"
      value={value}
      display={value?.replaceAll("_", " ")}
      placeholder={placeholder}
      useOptions={useZoneOptions}
      onChange={(option) => onChange(option?.value ?? null)}
      {...(clearLabel === undefined ? {} : { clearLabel })}
    />
  );
}
