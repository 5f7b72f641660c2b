import { Laptop } from "lucide-react";
import { ButtonLink } from "@/app/_ui/button";
import { Card } from "@/app/_ui/card";
import { EmptyState } from "@/app/_ui/empty-state";

/** An empty product says what to do first. */
export const FirstSteps = () => (
  <Card>
    <EmptyState
      icon={Laptop}
      title="No computers here yet."
      action={
        <>
          <ButtonLink look="primary" href="/computers?add=true">
            Add a computer
          </ButtonLink>
          <ButtonLink href="/tenants">To the tenants</ButtonLink>
        </>
      }
    >
      Add the first one, say in a deployment what should be on it, and run maintenance. What then needs a person stands
      here.
    </EmptyState>
  </Card>
);
