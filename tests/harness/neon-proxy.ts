import { type AddressInfo, connect } from "node:net";
import { neonConfig } from "@neondatabase/serverless";
import { WebSocketServer } from "ws";

/**
 * A WebSocket in front of a PostgreSQL's socket, as Neon's proxy is in front of theirs, and the driver set up to use it.
 * `socketPath` is the PostgreSQL's `.s.PGSQL.5432`.
 */
export async function startNeonProxy(socketPath: string): Promise<{ close(): Promise<void> }> {
  const server = new WebSocketServer({ host: "127.0.0.1", port: 0 });
  await new Promise<void>((resolve) => server.once("listening", resolve));
  server.on("connection", (socket) => {
    const database = connect(socketPath);
    socket.on("message", (data) => database.write(data as Buffer));
    socket.on("close", () => database.destroy());
    socket.on("error", () => database.destroy());
    database.on("data", (data) => socket.send(data));
    database.on("close", () => socket.close());
    database.on("error", () => socket.close());
  });
  const { port } = server.address() as AddressInfo;
  neonConfig.wsProxy = () => `127.0.0.1:${port}/`;
  neonConfig.useSecureWebSocket = false;
  neonConfig.pipelineConnect = false;
  neonConfig.pipelineTLS = false;
  return {
    close: () =>
      new Promise((resolve) => {
        for (const client of server.clients) client.terminate();
        server.close(() => resolve());
      }),
  };
}
