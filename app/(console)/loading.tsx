import { Card } from "@/app/_ui/card";
import { Skeleton, SkeletonLines } from "@/app/_ui/skeleton";

/** The shape of a page that is coming. */
export default function Loading() {
  return (
    <div aria-busy="true">
      <Skeleton className="mb-5 h-6 w-52" />
      <Card>
        <SkeletonLines count={10} />
      </Card>
    </div>
  );
}
