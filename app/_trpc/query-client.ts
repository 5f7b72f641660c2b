import { QueryClient } from "@tanstack/react-query";
import superjson from "superjson";

const STALE_MS = 30_000;

/** One a request on the server, one a tab in the browser. What is live is invalidated by the server's word. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { staleTime: STALE_MS, retry: shouldRetry },
      dehydrate: { serializeData: superjson.serialize },
      hydrate: { deserializeData: superjson.deserialize },
    },
  });
}

/** A refusal stays one; what did not get through is tried again. */
function shouldRetry(failureCount: number, error: unknown): boolean {
  if (typeof window === "undefined") return false;
  const data = typeof error === "object" && error !== null && "data" in error ? error.data : undefined;
  const isAnswered = typeof data === "object" && data !== null && "httpStatus" in data && Number(data.httpStatus) < 500;
  return !isAnswered && failureCount < 2;
}
