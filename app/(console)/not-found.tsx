import { Compass } from "lucide-react";
import { ButtonLink } from "@/app/_ui/button";
import { Card } from "@/app/_ui/card";
import { EmptyState } from "@/app/_ui/empty-state";

/** What does not exist and what one may not see look the same. */
export default function NotFound() {
  return (
    <Card>
      <EmptyState
        icon={Compass}
        title="There is nothing here, or you may not see it."
        action={<ButtonLink href="/">To the dashboard</ButtonLink>}
      >
        It may have been deleted or moved to another tenant. ⌘K finds what exists.
      </EmptyState>
    </Card>
  );
}
