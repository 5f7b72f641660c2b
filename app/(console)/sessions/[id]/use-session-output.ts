"use client";

import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useTRPCClient } from "@/app/_trpc/client";
import { describeError } from "@/app/_ui/describe-error";
import { type Chunk, toLines } from "./output-lines";

const CHUNKS = 500;

/**
 * What scripts of a session (or of one action) said. While it is live, each word that the session changed brings what
 * came since; earlier chunks are read on demand.
 */
export function useSessionOutput(sessionId: number, actionId: number | undefined) {
  const client = useTRPCClient();
  const [chunks, setChunks] = useState<readonly Chunk[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [hasEarlier, setHasEarlier] = useState(false);
  const places = useRef<{ first: string | null; last: string | null; busy: boolean; again: boolean }>({
    first: null,
    last: null,
    busy: false,
    again: false,
  });
  const readNewer = useCallback(async () => {
    const place = places.current;
    if (place.busy) {
      place.again = true;
      return;
    }
    place.busy = true;
    try {
      do {
        place.again = false;
        const isFirst = place.last === null;
        const page = await client.sessions.output.query({
          id: sessionId,
          limit: CHUNKS,
          ...(actionId === undefined ? {} : { actionId }),
          ...(isFirst ? {} : { after: place.last }),
        });
        place.last = page.lastCursor ?? place.last;
        if (isFirst) {
          place.first = page.firstCursor;
          setHasEarlier(page.hasMore);
        } else if (page.hasMore) place.again = true;
        const fresh = page.rows;
        setChunks((now) => (now === null ? fresh : fresh.length > 0 ? [...now, ...fresh] : now));
        setProblem(null);
      } while (place.again);
    } catch (error) {
      setProblem(describeError(error).why);
    } finally {
      place.busy = false;
    }
  }, [client, sessionId, actionId]);
  const readEarlier = useCallback(async () => {
    const place = places.current;
    const page = await client.sessions.output.query({
      id: sessionId,
      limit: CHUNKS,
      before: place.first,
      ...(actionId === undefined ? {} : { actionId }),
    });
    place.first = page.firstCursor;
    setHasEarlier(page.hasMore);
    setChunks((now) => [...page.rows, ...(now ?? [])]);
  }, [client, sessionId, actionId]);
  useEffect(() => {
    void readNewer();
    const onSession = (event: Event) => {
      if (event instanceof CustomEvent && event.detail === sessionId) void readNewer();
    };
    window.addEventListener("evenkeel:session", onSession);
    return () => window.removeEventListener("evenkeel:session", onSession);
  }, [readNewer, sessionId]);
  const lines = useMemo(() => (chunks === null ? null : toLines(chunks)), [chunks]);
  return { lines, problem, hasEarlier, readEarlier };
}
