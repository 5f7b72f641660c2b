import { randomInt } from "node:crypto";
import { stat } from "node:fs/promises";
import type { MachineFacts, ScriptStep } from "../../server/agents/wire";
import { capture, findProgram } from "../processes";

export type Interpreter = MachineFacts["interpreters"][number];
type Language = ScriptStep["language"];

/** Managed PowerShell neither reports home nor looks for updates. */
export const powershellEnvironment = {
  POWERSHELL_TELEMETRY_OPTOUT: "1",
  POWERSHELL_UPDATECHECK: "Off",
  NO_COLOR: "1",
} as const;

const programs: Record<Language, readonly string[]> = { bash: ["bash"], powershell: ["pwsh"] };

/**
 * Interpreters are believed after a handshake only: a program of the right name that ends well but does not compute
 * what it was given is none. What was proved is remembered until the program's file changes.
 */
export function createInterpreters() {
  const proved = new Map<string, Promise<Interpreter | null>>();

  const prove = async (language: Language): Promise<Interpreter | null> => {
    for (const name of programs[language]) {
      const path = await findProgram(name);
      if (path === null) continue;
      const file = await stat(path).catch(() => null);
      const key = `${path} ${file?.ino} ${file?.mtimeMs} ${file?.size}`;
      const handshake = proved.get(key) ?? shakeHands(language, path);
      proved.set(key, handshake);
      const interpreter = await handshake;
      if (interpreter !== null) return interpreter;
      // A failure may have been a busy machine: asked again next time.
      proved.delete(key);
    }
    return null;
  };

  return {
    prove,
    async list(): Promise<Interpreter[]> {
      const found = await Promise.all([prove("bash"), prove("powershell")]);
      return found.filter((interpreter) => interpreter !== null);
    },
  };
}
export type Interpreters = ReturnType<typeof createInterpreters>;

async function shakeHands(language: Language, path: string): Promise<Interpreter | null> {
  const left = randomInt(10_000, 99_999);
  const right = randomInt(10_000, 99_999);
  const args =
    language === "bash"
      ? ["--noprofile", "--norc", "-c", `echo "$(( ${left} * ${right} )) $BASH_VERSION GNU"`]
      : [
          "-NoLogo",
          "-NoProfile",
          "-NonInteractive",
          "-Command",
          `'{0} {1} {2}' -f ([long]${left} * ${right}), $PSVersionTable.PSVersion, $PSVersionTable.PSEdition`,
        ];
  const { stdout } = await capture(path, args, 60_000, powershellEnvironment);
  const [product, version, edition] = stdout.trim().split(" ");
  if (product !== String(left * right) || !version || !edition) return null;
  return { language, edition: edition.slice(0, 50), version: version.slice(0, 50), path: path.slice(0, 1000) };
}
