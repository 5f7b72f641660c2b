import type { Outputs } from "@/app/_trpc/client";

type Script = Outputs["scripts"]["list"]["rows"][number];

export const languages: Readonly<Record<Script["language"], string>> = {
  bash: "Bash",
  powershell: "PowerShell",
  javascript: "JavaScript",
};

export const contexts: Readonly<Record<Script["context"], { label: string; help: string }>> = {
  system: { label: "System", help: "On the computer, as the agent's service account." },
  user: { label: "User", help: "On the computer, as the signed-in user; with nobody signed in it does not run." },
  metascript: { label: "Metascript", help: "On the server, in a sandbox; it can run code on the computer." },
  cloud: { label: "Cloud", help: "On the server, against a tenant, with its integrations." },
};
