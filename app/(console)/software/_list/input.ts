import { chosenOne, type ListState, pageInput } from "@/app/_ui/data-table/list-state";

export const itemFilterKeys = ["origin", "os"];

/** The question of the lists of software and of tasks to the server. */
export function itemsInput(state: ListState, kind: "software" | "task") {
  return {
    // Items belong to the provider: every tenant has the same ones.
    ...pageInput(state, ["name", "updatedAt"], null),
    kind,
    origin: chosenOne(state, "origin", ["global", "mine"]),
    osFamily: chosenOne(state, "os", ["linux", "windows", "macos"]),
  };
}
