import { startSession } from "@/server/services/sessions/start-session";
import { inAnHour, openWorld, type World } from "./world";

/** A world with one computer of Kim's, which lacks jq that its tenant is to have. */
export async function lackingJq(options?: Parameters<typeof openWorld>[0]) {
  const world = await openWorld(options);
  const agent = await world.makeComputer();
  await world.makePerson(agent.computerId);
  agent.available.set("jq", "1.7");
  const jq = await world.makeSoftware("jq");
  await world.deploy(jq, "installed-latest", {});
  const start = async (given: Partial<Parameters<typeof startSession>[0]["input"]> = {}) => {
    const { sessionId } = await startSession({
      // Only the product itself says that a schedule started it.
      ctx: given.cause === "schedule" ? world.system : world.technician,
      input: { computerId: agent.computerId, kind: "full", cause: "ad-hoc", options: inAnHour, ...given },
    });
    await world.settle();
    return sessionId;
  };
  return { world, agent, jq, start };
}

export const outcome = async (world: World, sessionId: number) => {
  const { status, stage, computerTurn } = await world.session(sessionId);
  const actions = (await world.actions(sessionId)).map(({ type, status, result }) => [type, status, result]);
  return { status, stage, computerTurn, actions };
};
