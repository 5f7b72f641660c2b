"use client";

import { Dialog } from "@/app/_ui/dialog";
import { KeyboardHint } from "@/app/_ui/keyboard-hint";

const shortcuts: readonly (readonly [keys: readonly string[], does: string])[] = [
  [["⌘", "K"], "Find anything, go anywhere, do something"],
  [["/"], "Search the list on the page"],
  [["j"], "Next row"],
  [["k"], "Previous row"],
  [["↵"], "Open the row"],
  [["x"], "Choose the row"],
  [["⌘", "S"], "Save what is being edited"],
  [["Esc"], "Close what is open"],
  [["?"], "This list"],
];

export function ShortcutsSheet({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Keyboard"
      description="On Windows and Linux, Ctrl stands for ⌘."
    >
      <dl className="grid grid-cols-[84px_1fr] items-center gap-y-2">
        {shortcuts.map(([keys, does]) => (
          <div key={does} className="contents">
            <dt>
              <KeyboardHint keys={keys} />
              <span className="sr-only">{keys.join(" ")}</span>
            </dt>
            <dd className="text-ink-2">{does}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
