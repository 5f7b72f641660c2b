import type { ReactNode } from "react";

/** A column of a list. */
export interface DataColumn<Row> {
  readonly id: string;
  readonly header: string;
  readonly cell: (row: Row) => ReactNode;
  /** What the server sorts by when its heading is pressed. */
  readonly sortBy?: string;
  /** The cell as text, for the CSV file; left out when missing. */
  readonly csv?: (row: Row) => string | number | null | undefined;
  /** The column that says what the row is; it cannot be hidden, and stays in view when the table scrolls. */
  readonly isMain?: boolean;
  readonly isHiddenAtFirst?: boolean;
  readonly align?: "right";
  readonly className?: string;
}

/** A filter that a list offers. */
export interface DataFilter {
  readonly key: string;
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  /** Choosing one leaves the others. */
  readonly isSingle?: boolean;
}

/** One page as every list of the API gives it. */
export interface DataPage<Row> {
  readonly rows: readonly Row[];
  readonly nextCursor: string | null;
  readonly previousCursor: string | null;
  readonly total: number;
  readonly totalIsAtLeast: boolean;
}

export interface DataQuery<Row> {
  readonly data: DataPage<Row> | undefined;
  readonly error: unknown;
  readonly isPending: boolean;
  readonly isPlaceholderData: boolean;
  readonly refetch: () => unknown;
}
