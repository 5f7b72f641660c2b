import { chosenOne, type ListState, pageInput } from "@/app/_ui/data-table/list-state";

export const scriptFilterKeys = ["origin", "language"];

/** The list's question to the server. Scripts belong to the provider: every tenant has the same ones. */
export function scriptsInput(state: ListState) {
  return {
    ...pageInput(state, ["name", "createdAt"], null),
    origin: chosenOne(state, "origin", ["global", "mine"]),
    language: chosenOne(state, "language", ["bash", "powershell", "javascript"]),
  };
}
