"use client";

import { LogOut, Settings } from "lucide-react";
import { useRouter } from "next/navigation";
import { Dropdown, DropdownItem, DropdownLabel, DropdownSeparator } from "@/app/_ui/dropdown";
import { formatWord } from "@/app/_ui/format";
import { signOutHere } from "./actions";
import { useSignedIn } from "./signed-in";
import { ThemeChoice } from "./theme-choice";

const roleWords: Record<string, string> = {
  "msp-admin": "MSP administrator",
  "msp-technician": "Technician",
  "msp-reader": "MSP reader",
};

/** Who is signed in, the look, and the way out. */
export function UserMenu() {
  const me = useSignedIn();
  const router = useRouter();
  if (!me) return null;
  return (
    <div className="mt-auto border-t border-line pt-1.5">
      <Dropdown
        className="w-[196px]"
        trigger={
          <button
            type="button"
            className="flex w-full items-center gap-[9px] rounded-md px-2 py-1.5 text-left hover:bg-panel"
          >
            <span
              aria-hidden
              className="grid size-[26px] flex-none place-items-center rounded-full bg-accent-soft text-2xs font-[640] text-accent"
            >
              {me.name.slice(0, 1).toUpperCase()}
            </span>
            <span className="min-w-0 leading-tight">
              <span className="block truncate">{me.name}</span>
              <span className="block text-2xs text-ink-3">{roleWords[me.role] ?? formatWord(me.role)}</span>
            </span>
          </button>
        }
      >
        <DropdownLabel>Look</DropdownLabel>
        <div className="px-1 pb-1">
          <ThemeChoice />
        </div>
        <DropdownSeparator />
        <DropdownItem onSelect={() => router.push("/settings")}>
          <Settings aria-hidden /> Settings
        </DropdownItem>
        <DropdownItem onSelect={() => void signOutHere()}>
          <LogOut aria-hidden /> Sign out
        </DropdownItem>
      </Dropdown>
    </div>
  );
}
