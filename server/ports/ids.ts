import { createHash, randomUUID } from "node:crypto";

/** New random ids; a parameter, so that tests can fix them. */
export interface Ids {
  uuid(): string;
}

export const randomIds: Ids = { uuid: () => randomUUID() };

/** The same UUID for the same name, always: for rows that must exist once however often they are made. */
export function uuidFromName(name: string): string {
  const hash = createHash("sha256").update(name).digest("hex");
  const variant = ((Number.parseInt(hash.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-${variant}${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}
