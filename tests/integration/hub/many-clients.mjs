// Holds many agents' streams over plain sockets, away from the process that is measured.
// stdin: one JSON line {port, tokens}. stdout: JSON lines {open: n} when all answered, {job: index} for each pushed job.
import { connect } from "node:net";
import { createInterface } from "node:readline";

const say = (message) => process.stdout.write(`${JSON.stringify(message)}\n`);
const lines = createInterface({ input: process.stdin });
lines.once("line", (line) => {
  const { port, tokens } = JSON.parse(line);
  let open = 0;
  tokens.forEach((token, index) => {
    const socket = connect(port, "127.0.0.1", () =>
      socket.write(`GET /api/agent/v1/stream HTTP/1.1\r\nHost: server\r\nAuthorization: Bearer ${token}\r\n\r\n`),
    );
    let greeted = false;
    socket.setEncoding("utf8").on("data", (text) => {
      if (!greeted && text.includes("event: hello")) {
        greeted = true;
        open += 1;
        if (open === tokens.length) say({ open });
      }
      if (text.includes("event: job")) say({ job: index });
    });
    socket.on("error", (error) => say({ error: error.message }));
  });
});
