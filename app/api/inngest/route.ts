import { handleInngest } from "@/inngest/serve";

export const dynamic = "force-dynamic";
export { handleInngest as GET, handleInngest as POST, handleInngest as PUT };
