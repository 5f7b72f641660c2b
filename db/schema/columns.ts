import { bigint, timestamp } from "drizzle-orm/pg-core";

/** A number the database gives out; shown to people (`#118`, `Session 8 412`). */
export const idColumn = () => bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity();

/** A foreign key to an {@link idColumn}. */
export const refColumn = (name: string) => bigint(name, { mode: "number" });

/** A moment, always with time zone. */
export const momentColumn = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

export const createdAtColumn = () => momentColumn("created_at").notNull();
