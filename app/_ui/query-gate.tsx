"use client";

import type { ReactNode } from "react";
import { ErrorState } from "./error-state";
import { SkeletonLines } from "./skeleton";

interface Query<T> {
  readonly data: T | undefined;
  readonly error: unknown;
  readonly isPending: boolean;
  readonly refetch: () => unknown;
}

/** What a query gave, or its skeleton, or what went wrong. Data that is there stays while it is read again. */
export function QueryGate<T>({
  query,
  what,
  skeleton,
  children,
}: {
  query: Query<T>;
  /** "The sessions" */
  what: string;
  skeleton?: ReactNode;
  children: (data: T) => ReactNode;
}) {
  if (query.data !== undefined) return children(query.data);
  if (query.error) return <ErrorState error={query.error} what={what} onRetry={() => query.refetch()} />;
  return skeleton ?? <SkeletonLines />;
}
