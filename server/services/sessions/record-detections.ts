import { sql } from "drizzle-orm";
import { detections as detectionsTable, taskValues } from "@/db/schema";
import type { ItemDetection } from "@/server/core/plan";
import type { TransactionContext } from "../transaction";
import type { PlanKnowledge } from "./loaders/plan-knowledge";

const ROWS_PER_INSERT = 1000;

/** Keeps what is known of items on a computer now, and the values of tasks that are monitored. Failed ones change nothing. */
export async function recordDetections(
  tx: TransactionContext,
  found: {
    readonly computerId: number;
    readonly sessionId: number;
    readonly detections: ReadonlyMap<number, ItemDetection>;
    readonly knowledge: Pick<PlanKnowledge, "resolutions">;
  },
): Promise<void> {
  const at = tx.clock.now();
  const { computerId, sessionId } = found;
  const known = [...found.detections].flatMap(([itemId, detection]) =>
    detection.outcome === "detected" ? [{ itemId, detection }] : [],
  );
  for (let start = 0; start < known.length; start += ROWS_PER_INSERT) {
    await tx.db
      .insert(detectionsTable)
      .values(
        known.slice(start, start + ROWS_PER_INSERT).map(({ itemId, detection }) => ({
          computerId,
          itemId,
          version: detection.version,
          availableVersion: detection.availableVersion,
          compliant: detection.compliant,
          detectedAt: at,
          sessionId,
        })),
      )
      .onConflictDoUpdate({
        target: [detectionsTable.computerId, detectionsTable.itemId],
        set: {
          version: sql`excluded.version`,
          availableVersion: sql`excluded.available_version`,
          compliant: sql`excluded.compliant`,
          detectedAt: sql`excluded.detected_at`,
          sessionId: sql`excluded.session_id`,
        },
      });
  }
  const monitored = new Set(
    found.knowledge.resolutions.flatMap(({ itemId, winner }) => (winner?.desiredState === "monitor" ? [itemId] : [])),
  );
  const values = known
    .filter(({ itemId }) => monitored.has(itemId))
    .map(({ itemId, detection }) => ({ computerId, itemId, value: detection.value, recordedAt: at, sessionId }));
  if (values.length > 0) await tx.db.insert(taskValues).values(values);
}
