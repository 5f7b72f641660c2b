import { getRuntime } from "@/server/runtime";
import type { ServiceContext } from "@/server/services/context";

/** What a durable function calls services with. */
export const systemContext = async (name: string): Promise<ServiceContext> => (await getRuntime()).systemContext(name);
