import { DrizzleQueryError } from "drizzle-orm/errors";
import { expect, it } from "vitest";
import { describeFault } from "./describe-fault";

it("leaves a statement and its values out of what is logged", () => {
  const cause = Object.assign(new Error("value too long for type"), { code: "22001" });
  const fault = describeFault(new DrizzleQueryError("insert into job_output values ($1)", ["top secret"], cause));
  expect(fault).toMatchObject({ message: "value too long for type", code: "22001" });
  expect(JSON.stringify(fault)).not.toMatch(/top secret|insert into/);
});

it("keeps message and stack of other errors, and invents nothing for what is none", () => {
  expect(describeFault(new Error("plain"))).toMatchObject({
    message: "plain",
    stack: expect.stringContaining("plain"),
  });
  expect(describeFault({ secret: 1 })).toStrictEqual({ message: "Something that is not an error was thrown." });
});
