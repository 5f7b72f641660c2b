import { asc, desc, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { PgColumn } from "drizzle-orm/pg-core";
import { z } from "zod";
import { ServiceError } from "./errors";

/** Lists count exactly up to here and say "at least" beyond, so that counting never costs more than looking. */
export const COUNT_LIMIT = 10_000;

/**
 * The input every list takes: a page of at most 200 rows after or before a cursor, a sort by one of `sorts`, a search
 * text, the console's tenant switcher (that tenant and everything below it), and the list's own filters.
 */
export function listInput<const Sort extends readonly [string, ...string[]], Filters extends z.ZodRawShape>(
  sorts: Sort,
  filters: Filters,
) {
  return z.strictObject({
    limit: z.number().int().min(1).max(200).default(50),
    cursor: z.string().max(2_000).nullish(),
    direction: z.enum(["next", "previous"]).default("next"),
    sort: z.strictObject({ by: z.enum(sorts), descending: z.boolean().default(false) }).optional(),
    search: z.string().trim().max(200).optional(),
    tenantId: z.number().int().positive().nullish(),
    ...filters,
  });
}

/** One page of a list. A null cursor says that there is nothing further on that side. */
export interface Page<Row> {
  readonly rows: Row[];
  readonly nextCursor: string | null;
  readonly previousCursor: string | null;
  readonly total: number;
  /** True when there are more than `total` rows. */
  readonly totalIsAtLeast: boolean;
}

/** What a list can be sorted by: a column that is never null, or an expression with its SQL type. */
export type SortColumn = PgColumn | { readonly by: SQLWrapper; readonly type: string; readonly nullable: boolean };

interface PageRequest<By extends string> {
  readonly limit: number;
  readonly cursor?: string | null | undefined;
  readonly direction: "next" | "previous";
  readonly sort?: { readonly by: By; readonly descending: boolean } | undefined;
}

export interface Paging {
  /** Goes into the select list under the name `pageKey`. */
  readonly pageKey: SQL<[string | null, string]>;
  /** Goes into the condition; undefined on the first page. */
  readonly after: SQL | undefined;
  readonly orderBy: SQL[];
  /** One more than the page, to know whether there is a further one. */
  readonly fetchLimit: number;
  finish<Row extends { pageKey: [string | null, string] }>(
    rows: readonly Row[],
    counted: readonly { n: number }[],
  ): Page<Omit<Row, "pageKey">>;
}

/**
 * Keyset paging over any query: rows after the last one seen, in an order made total by `tieBreaker`, so that a page
 * costs the same at row 10 and at row 100,000 and nothing is skipped or repeated when rows come and go.
 * Nulls come last in both directions. Cursors are opaque and checked: one that is broken, or was made for another
 * sorting, is refused as bad input.
 */
export function startPaging<By extends string>(
  request: PageRequest<By>,
  sorts: Readonly<Record<By, SortColumn>>,
  tieBreaker: PgColumn,
  fallback: { readonly by: By; readonly descending: boolean },
): Paging {
  const sort = request.sort ?? fallback;
  const column = describe(sorts[sort.by]);
  const isPrevious = request.direction === "previous";
  const cursor = request.cursor ? decodeCursor(request.cursor, `${sort.by}${sort.descending ? "-" : "+"}`) : null;
  if (cursor !== null) refuseWrongValues(cursor, column, tieBreaker);
  if (isPrevious && cursor === null) {
    throw new ServiceError("bad-input", "A previous page needs a cursor.", { cursor: "is missing" });
  }
  const descending = sort.descending !== isPrevious;
  const nullsFirst = isPrevious;
  return {
    pageKey: sql<[string | null, string]>`json_build_array(${column.by}::text, ${tieBreaker}::text)`.mapWith(parseKey),
    after: cursor === null ? undefined : afterCursor(column, tieBreaker, cursor, descending, nullsFirst),
    orderBy: [orderOf(column, descending, nullsFirst), descending ? desc(tieBreaker) : asc(tieBreaker)],
    fetchLimit: request.limit + 1,
    finish(rows, counted) {
      const hasMore = rows.length > request.limit;
      const shown = rows.slice(0, request.limit);
      if (isPrevious) shown.reverse();
      const cursorAt = (row: (typeof shown)[number] | undefined) =>
        row === undefined ? null : encodeCursor(row.pageKey, `${sort.by}${sort.descending ? "-" : "+"}`);
      const total = counted[0]?.n ?? 0;
      return {
        rows: shown.map(({ pageKey: _, ...row }) => row),
        nextCursor: (isPrevious ? shown.length > 0 : hasMore) ? cursorAt(shown.at(-1)) : null,
        previousCursor: (isPrevious ? hasMore : cursor !== null && shown.length > 0) ? cursorAt(shown[0]) : null,
        total: Math.min(total, COUNT_LIMIT),
        totalIsAtLeast: total > COUNT_LIMIT,
      };
    },
  };
}

/** `column ilike '%text%'` over several columns, with the text's own wildcards taken literally. */
export function matchesSearch(search: string | undefined, ...columns: SQLWrapper[]): SQL | undefined {
  if (search === undefined || search === "") return undefined;
  const pattern = `%${search.replace(/[\\%_]/g, (character) => `\\${character}`)}%`;
  return sql`(${sql.join(
    columns.map((column) => sql`${column} ilike ${pattern}`),
    sql` or `,
  )})`;
}

interface Described {
  readonly by: SQLWrapper;
  readonly type: string;
  readonly nullable: boolean;
}

function describe(column: SortColumn): Described {
  if (column instanceof PgColumn) return { by: column, type: column.getSQLType(), nullable: !column.notNull };
  return column;
}

function orderOf(column: Described, descending: boolean, nullsFirst: boolean): SQL {
  const order = descending ? desc(sql`${column.by}`) : asc(sql`${column.by}`);
  // Said only where it matters: an index serves an order only when they agree on where nulls go.
  return column.nullable ? sql`${order} nulls ${sql.raw(nullsFirst ? "first" : "last")}` : order;
}

function afterCursor(
  column: Described,
  tieBreaker: PgColumn,
  [value, id]: [string | null, string],
  descending: boolean,
  nullsFirst: boolean,
): SQL {
  const beyond = sql.raw(descending ? "<" : ">");
  const type = sql.raw(column.type);
  const idType = sql.raw(tieBreaker.getSQLType());
  const sameButFurther = sql`${tieBreaker} ${beyond} ${id}::${idType}`;
  if (!column.nullable) {
    return sql`(${column.by}, ${tieBreaker}) ${beyond} (${value}::${type}, ${id}::${idType})`;
  }
  if (value === null) {
    const withinNulls = sql`(${column.by} is null and ${sameButFurther})`;
    return nullsFirst ? sql`(${withinNulls} or ${column.by} is not null)` : withinNulls;
  }
  const further = sql`${column.by} ${beyond} ${value}::${type} or (${column.by} = ${value}::${type} and ${sameButFurther})`;
  return nullsFirst ? sql`(${further})` : sql`(${further} or ${column.by} is null)`;
}

const keySchema = z.tuple([z.string().nullable(), z.string()]);
const cursorSchema = z.tuple([z.literal(1), z.string(), z.string().nullable(), z.string()]);

function parseKey(value: unknown): [string | null, string] {
  return keySchema.parse(typeof value === "string" ? JSON.parse(value) : value);
}

function encodeCursor([value, id]: [string | null, string], order: string): string {
  return Buffer.from(JSON.stringify([1, order, value, id])).toString("base64url");
}

const brokenCursor = (why: string) =>
  new ServiceError("bad-input", `That page's address is not usable: ${why}. Start again at the first page.`, {
    cursor: why,
  });

/** What each SQL type looks like as PostgreSQL writes it; any text is a text. */
const writtenAs: Readonly<Record<string, RegExp>> = {
  bigint: /^-?\d{1,18}$/,
  integer: /^-?\d{1,9}$/,
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  "timestamp with time zone": /^\d{4,6}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d){0,2}$/,
};

/** A cursor comes from outside: what is in it must be of its columns' types before PostgreSQL reads it. */
function refuseWrongValues([value, id]: [string | null, string], column: Described, tieBreaker: PgColumn): void {
  const fits = (text: string, type: string) => type === "text" || (writtenAs[type]?.test(text) ?? false);
  const isRight =
    fits(id, tieBreaker.getSQLType()) &&
    (value === null ? column.nullable : fits(value, column.type)) &&
    !`${value}${id}`.includes("\u0000");
  if (!isRight) throw brokenCursor("the cursor is broken");
}

function decodeCursor(text: string, order: string): [string | null, string] {
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
  } catch {
    throw brokenCursor("the cursor is broken");
  }
  const parsed = cursorSchema.safeParse(json);
  if (!parsed.success) throw brokenCursor("the cursor is broken");
  const [, madeFor, value, id] = parsed.data;
  if (madeFor !== order) throw brokenCursor("the cursor was made for another sorting");
  return [value, id];
}
