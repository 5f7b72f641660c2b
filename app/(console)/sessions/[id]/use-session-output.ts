"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { useTRPCClient } from "@/app/_trpc/client";
import { describeError } from "@/app/_ui/describe-error";
import type { OutputLine } from "@/app/_ui/output";

const CHUNKS = 500;

interface Chunk {
  readonly jobId: string;
  readonly stepKey: string;
  readonly sequence: number;
  readonly stream: OutputLine["stream"];
  readonly text: string;
  readonly at: Date;
}

const toLine = (chunk: Chunk): OutputLine => ({
  key: `${chunk.jobId}/${chunk.stepKey}/${chunk.sequence}`,
  at: chunk.at,
  stream: chunk.stream,
  text: chunk.text.replace(/\n$/, ""),
});

/**
 * What scripts of a session (or of one action) said. While it is live, each word that the session changed brings what
 * came since; earlier chunks are read on demand.
 */
export function useSessionOutput(sessionId: number, actionId: number | undefined) {
  const client = useTRPCClient();
  const [lines, setLines] = useState<readonly OutputLine[] | null>(null);
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
        const fresh = page.rows.map(toLine);
        setLines((now) => (now === null ? fresh : fresh.length > 0 ? [...now, ...fresh] : now));
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
    setLines((now) => [...page.rows.map(toLine), ...(now ?? [])]);
  }, [client, sessionId, actionId]);
  useEffect(() => {
    void readNewer();
    const onSession = (event: Event) => {
      if (event instanceof CustomEvent && event.detail === sessionId) void readNewer();
    };
    window.addEventListener("evenkeel:session", onSession);
    return () => window.removeEventListener("evenkeel:session", onSession);
  }, [readNewer, sessionId]);
  return { lines, problem, hasEarlier, readEarlier };
}
