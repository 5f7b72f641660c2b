import { formatVersionShort } from "../sentence";
import type { Wish } from "./decision";

/** "jq 1.7"; the name alone where the version is not known. */
export const named = (name: string, version: string | null): string =>
  version === null || version === "" ? name : `${name} ${formatVersionShort(version)}`;

/** "from 1.6 to 1.7"; in full where the short forms are the same. */
export function fromTo(detected: string, wanted: string): string {
  const [from, to] = [formatVersionShort(detected), formatVersionShort(wanted)];
  return from === to ? `from ${detected} to ${wanted}` : `from ${from} to ${to}`;
}

/** The second half of a sentence, when another item is the reason. */
export const neededFirst = (wish: Wish): string | null =>
  wish.neededBy === null ? null : `first because ${wish.neededBy} needs it`;

/** Why a version that differs from what is asked for has to change. */
export function versionReason(wish: Wish): string {
  const needed = neededFirst(wish);
  if (needed !== null) return needed;
  const asked = wish.version === null ? "" : formatVersionShort(wish.version);
  switch (wish.desiredState) {
    case "installed-specific":
      return `because exactly ${asked} is wanted`;
    case "installed-minimum":
      return `because at least ${asked} is wanted`;
    case "installed-maximum":
      return `because at most ${asked} is wanted`;
    default:
      return "because a newer version is available";
  }
}
