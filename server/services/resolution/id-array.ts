import { type SQL, sql } from "drizzle-orm";

/** Ids as one array parameter, however many: a list of parameters ends at 65,535. */
export const idArray = (ids: Iterable<number>): SQL => sql`${`{${[...ids].join(",")}}`}::bigint[]`;

export const textArray = (texts: Iterable<string>): SQL =>
  sql`array(select jsonb_array_elements_text(${JSON.stringify([...texts])}::jsonb))`;
