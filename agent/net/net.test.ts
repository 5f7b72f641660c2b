import { createHash, generateKeyPairSync, sign } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { backoffMs, retryAfterMs } from "./backoff";
import { parseServerUrl } from "./server-url";
import { createSseParser, type ServerSentEvent } from "./sse";
import { importKeys, verifyJob } from "./verify-job";

describe("the event stream parser", () => {
  const parse = (chunks: readonly string[]) => {
    const events: ServerSentEvent[] = [];
    const push = createSseParser((event) => events.push(event));
    for (const chunk of chunks) push(chunk);
    return events;
  };

  it.each<[string, ServerSentEvent[]]>([
    ["event: hello\ndata: {}\n\n", [{ event: "hello", data: "{}" }]],
    ["data: a\ndata: b\n\n", [{ event: "message", data: "a\nb" }]],
    [": keep-alive\n\n", []],
    ["event: job\r\ndata:x\r\n\r\n", [{ event: "job", data: "x" }]],
    [
      "data: a\r\rdata: b\r\r\n",
      [
        { event: "message", data: "a" },
        { event: "message", data: "b" },
      ],
    ],
    ["\uFEFFdata: bom\n\n", [{ event: "message", data: "bom" }]],
    ["event: lonely\n\ndata: after\n\n", [{ event: "message", data: "after" }]],
    ["id: 1\nretry: 5\nwhat\ndata\n\n", [{ event: "message", data: "" }]],
    ["data: unfinished\n", []],
  ])("reads %j", (text, events) => {
    expect(parse([text])).toEqual(events);
  });

  it("gives the same events however the text is cut", () => {
    const text = ": x\r\nevent: job\r\ndata: 1\r\ndata: 2\r\n\r\ndata: 3\n\nevent: bye\ndata:\n\n";
    const whole = parse([text]);
    expect(whole).toHaveLength(3);
    fc.assert(
      fc.property(fc.array(fc.nat(text.length)), (cuts) => {
        const at = [0, ...cuts.sort((a, b) => a - b), text.length];
        expect(parse(at.slice(1).map((end, index) => text.slice(at[index], end)))).toEqual(whole);
      }),
    );
  });

  it("gives up on an event without end", () => {
    const push = createSseParser(() => {}, 10);
    expect(() => push("data: 12345678901")).toThrow(/too large/);
  });
});

describe("back-off", () => {
  it("waits anywhere in a window that doubles up to the cap", () => {
    const at = (attempt: number, random: number) => backoffMs({ attempt, firstMs: 5000, maxMs: 60_000, random });
    expect([at(1, 0), at(1, 0.5), at(1, 0.999)]).toEqual([0, 2500, 4995]);
    expect([1, 2, 3, 4, 5, 6, 1000].map((attempt) => at(attempt, 0.5))).toEqual([
      2500, 5000, 10_000, 20_000, 30_000, 30_000, 30_000,
    ]);
  });

  it.each([
    ["7", 7000],
    ["0", 0],
    ["99999", 3_600_000],
    ["Thu, 01 Jan 1970 00:00:09 GMT", 8000],
    ["Thu, 01 Jan 1970 00:00:00 GMT", 0],
    ["soon", null],
    [undefined, null],
  ])("reads Retry-After %j", (header, delay) => {
    expect(retryAfterMs(header, 1000)).toBe(delay);
  });
});

describe("the server's address", () => {
  it.each([
    ["https://a.example", "https://a.example"],
    ["https://a.example:8443/base/", "https://a.example:8443/base"],
    ["http://localhost:3000", "http://localhost:3000"],
    ["http://[::1]:3000", "http://[::1]:3000"],
  ])("takes %s", (text, url) => {
    expect(parseServerUrl(text, { allowHttp: false })).toBe(url);
  });
  it.each([
    "",
    "a.example",
    "ftp://a",
    "https://u:p@a",
    "https://a?x",
    "http://localhost.evil.example",
    "http://10.0.0.1",
  ])("refuses %j", (text) => {
    expect(() => parseServerUrl(text, { allowHttp: false })).toThrow();
  });
  it("takes plain http when told to", () => {
    expect(parseServerUrl("http://10.0.0.1", { allowHttp: true })).toBe("http://10.0.0.1");
  });
});

describe("verifyJob", () => {
  const agentId = "0d6e4079-e36e-4683-8f4d-a8d6ad2c2f49";
  const jobId = "7c2f2a55-6d6c-4f5b-9d2e-5a4b0f1c9e11";
  const body = "echo 1";
  const spec = {
    protocol: 1,
    jobId,
    agentId,
    fence: { generation: 0, attempt: 1 },
    issuedAt: "2026-01-01T00:00:00Z",
    expiresAt: "2026-01-01T01:00:00Z",
    steps: [
      {
        kind: "script",
        key: "a",
        language: "bash",
        context: "system",
        body,
        bodySha256: createHash("sha256").update(body).digest("hex"),
        parameters: {},
        secretParameters: [],
        timeoutSeconds: 1,
        requiresElevation: false,
      },
    ],
  };
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const keys = importKeys([
    {
      keyId: "k",
      algorithm: "EdDSA",
      jwk: { kty: "OKP", crv: "Ed25519", x: String(publicKey.export({ format: "jwk" }).x) },
    },
  ]);
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const make = (payload: unknown, header: unknown = { alg: "EdDSA", kid: "k" }, key = privateKey) => {
    const signed = `${encode(header)}.${encode(payload)}`;
    return `${signed}.${sign(null, Buffer.from(signed), key).toString("base64url")}`;
  };
  const check = (jws: string, now = Date.parse("2026-01-01T00:30:00Z")) => verifyJob({ jws, keys, agentId, now });

  it("accepts a job that is signed, addressed, valid and in time", () => {
    expect(check(make(spec))).toMatchObject({ ok: true, spec: { jobId } });
  });

  const step = spec.steps[0];
  it.each<[string, string, RegExp]>([
    ["another algorithm", make(spec, { alg: "none", kid: "k" }), /not EdDSA/],
    ["a critical extension", make(spec, { alg: "EdDSA", kid: "k", crit: ["b64"] }), /not EdDSA/],
    ["an unknown key", make(spec, { alg: "EdDSA", kid: "other" }), /not pinned/],
    ["a foreign signature", make(spec, undefined, generateKeyPairSync("ed25519").privateKey), /does not fit/],
    [
      "a changed payload",
      make(spec).replace(/\.[^.]+\./, `.${encode({ ...spec, issuedAt: "2026-01-01T00:00:01Z" })}.`),
      /does not fit/,
    ],
    ["another agent", make({ ...spec, agentId: jobId }), /another agent/],
    ["a moment too late", make({ ...spec, expiresAt: "2026-01-01T00:30:00Z" }), /expired/],
    ["an unknown step", make({ ...spec, steps: [{ kind: "format-disk", key: "a" }] }), /malformed/],
    ["an unknown field", make({ ...spec, extra: 1 }), /malformed/],
    ["two steps of one key", make({ ...spec, steps: [step, step] }), /two steps/],
    ["a body that was changed", make({ ...spec, steps: [{ ...step, body: "echo 2" }] }), /its hash/],
  ])("refuses %s and knows which job it was", (_name, jws, reason) => {
    expect(check(jws)).toMatchObject({ ok: false, reason: expect.stringMatching(reason), job: { jobId } });
  });

  it("refuses what is no job at all without knowing a job", () => {
    for (const jws of ["", "a.b", "a.b.c", "a.b.c.d", make({ hello: 1 }), make(null)]) {
      expect(check(jws)).toMatchObject({ ok: false, job: null });
    }
  });
});
