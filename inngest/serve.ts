import { serve } from "inngest/edge";
import { inngest } from "./client";
import { functions } from "./functions";

/** Where the durable functions answer, for whatever engine runs them. */
export const handleInngest: (request: Request) => Promise<Response> = serve({ client: inngest, functions });
