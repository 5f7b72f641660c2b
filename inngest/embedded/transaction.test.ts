import { expect, it } from "vitest";
import { isDatabaseAway } from "./transaction";

const withCode = (code: string, message = "no") => Object.assign(new Error(message), { code });

it.each<[string, unknown, boolean]>([
  ["refused connection", withCode("ECONNREFUSED"), true],
  ["server shutting down", withCode("57P01"), true],
  ["too many connections", withCode("53300"), true],
  [
    "broken under a query, wrapped as drizzle does",
    new Error("Failed query", { cause: new Error("Connection terminated unexpectedly") }),
    true,
  ],
  ["no such table", new Error("Failed query", { cause: withCode("42P01") }), false],
  ["value too long", withCode("22001"), false],
  ["an error of our own", new TypeError("x is undefined"), false],
  ["no error at all", undefined, false],
])("tells a database that is away from one that refuses: %s", (_, error, away) => {
  expect(isDatabaseAway(error)).toBe(away);
});
