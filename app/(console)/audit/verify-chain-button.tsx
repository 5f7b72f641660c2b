"use client";

import { useQueryClient } from "@tanstack/react-query";
import { ShieldCheck } from "lucide-react";
import { useState } from "react";
import { type Outputs, useTRPC } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { describeError } from "@/app/_ui/describe-error";
import { Dialog } from "@/app/_ui/dialog";
import { countOf } from "@/app/_ui/format";
import { StatusMark } from "@/app/_ui/pill";
import { toast } from "@/app/_ui/toast";

type Answer = Outputs["audit"]["verifyChain"];

/** Reads every chain from its beginning and says whether it holds. */
export function VerifyChainButton() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const verify = async () => {
    setBusy(true);
    try {
      setAnswer(await queryClient.fetchQuery({ ...trpc.audit.verifyChain.queryOptions({}), staleTime: 0 }));
    } catch (error) {
      toast.error("The chain was not checked.", { description: describeError(error).why });
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Button busy={busy} onClick={() => void verify()}>
        {busy ? null : <ShieldCheck aria-hidden />} Verify the chain
      </Button>
      <Dialog open={answer !== null} onOpenChange={(open) => !open && setAnswer(null)} title="The audit chain">
        {answer ? (
          <div className="flex gap-2.5">
            <StatusMark
              tone={answer.problems.length === 0 ? "ok" : "bad"}
              label={answer.problems.length === 0 ? "It holds" : "It is broken"}
            />
            <div>
              <p className="font-[600]">
                {answer.problems.length === 0
                  ? "Every entry is as it was written."
                  : "Something was changed afterwards."}
              </p>
              <p className="text-ink-2">
                {countOf(answer.entryCount, "entry", "entries")} in {countOf(answer.chainCount, "chain")} were read and
                hashed again.
              </p>
              <ul className="mt-2 grid gap-1">
                {answer.problems.map((problem) => (
                  <li key={problem.chain} className="text-bad">
                    {problem.chain}, entry {problem.sequence}: {problem.what}.
                  </li>
                ))}
              </ul>
            </div>
          </div>
        ) : null}
      </Dialog>
    </>
  );
}
