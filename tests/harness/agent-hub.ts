import { createHash, generateKeyPairSync, type KeyObject, randomUUID, sign } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { z } from "zod";
import {
  checkInRequest,
  type EnrollRequest,
  enrollRequest,
  type Fence,
  type JobSpec,
  type MachineFacts,
  type ResultsRequest,
  resultsRequest,
  type ScriptResult,
  type ScriptStep,
  type StepResult,
  signingKey,
  startRequest,
} from "../../server/agents/wire";

export const ENROLLMENT_KEY = "ek_test_key";

type HubJob = {
  spec: JobSpec;
  jws: string;
  state: "pending" | "started" | "ended";
  startId: string | null;
  startRequests: number;
  output: Map<string, { stream: string; text: string }>;
  results: Map<string, StepResult>;
  end: NonNullable<ResultsRequest["end"]> | null;
  resultsRequests: number;
};

/** What the hub does with the nth request of its kind instead of answering it as it should. `null`: answer it. */
export type Mischief = (call: { method: string; path: string; body: unknown; nth: number }) =>
  | null
  | { status: number; code?: string; headers?: Record<string, string> }
  /** Cut the connection without acting. */
  | "cut-before"
  /** Act, then cut the connection instead of answering. */
  | "cut-after"
  /** Never answer. */
  | "hang";

/**
 * A small reference server of the agent protocol, made from the wire schemas alone: what the real agent is tested
 * against. It holds the rules of docs/agent-protocol.md and keeps everything in memory across a restart of its port.
 */
export class AgentHub {
  readonly requests: { method: string; path: string }[] = [];
  readonly agents = new Map<string, { secret: string; instanceId: string; facts: MachineFacts }>();
  readonly checkIns: MachineFacts[] = [];
  readonly jobs = new Map<string, HubJob>();
  /** What else is served, by path: the agent's own bundle, say. */
  readonly files = new Map<string, Buffer>();
  mischief: Mischief = () => null;
  keepAliveSeconds = 30;
  /** Added to the time that `hello` tells. */
  clockSkewMs = 0;
  #server: Server | null = null;
  #port = 0;
  readonly #streams = new Map<string, ServerResponse>();
  readonly #watchers = new Set<() => void>();
  readonly #key = makeKey("key-1");
  readonly #strangerKey = makeKey("key-1");

  static async start(): Promise<AgentHub> {
    const hub = new AgentHub();
    await hub.listen();
    return hub;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  async listen(): Promise<void> {
    const server = createServer((request, response) => void this.#handle(request, response));
    await new Promise<void>((resolve) => server.listen(this.#port, "127.0.0.1", resolve));
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("the hub has no port");
    this.#port = address.port;
    this.#server = server;
  }

  /** Goes away as a killed server does; `listen` brings it back on the same port. */
  async close(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    this.#streams.clear();
    server?.closeAllConnections();
    await new Promise<void>((resolve) => (server === null ? resolve() : server.close(() => resolve())));
  }

  get connectedAgents(): string[] {
    return [...this.#streams.keys()];
  }

  /** Resolves as soon as `look` gives something; it is asked again after everything that happens here. */
  until<T>(what: string, look: () => T | null | undefined | false, limitMs = 30_000): Promise<T> {
    return new Promise((resolve, reject) => {
      const check = () => {
        const found = look();
        if (found === null || found === undefined || found === false) return;
        this.#watchers.delete(check);
        clearTimeout(timer);
        resolve(found);
      };
      const timer = setTimeout(() => {
        this.#watchers.delete(check);
        const seen = this.requests.slice(-20).map((request) => `${request.method} ${request.path}`);
        reject(new Error(`waited in vain for ${what}; last requests: ${seen.join(", ")}`));
      }, limitMs);
      this.#watchers.add(check);
      check();
    });
  }

  connected(agentId: string): Promise<true> {
    return this.until(`agent ${agentId} to connect`, () => this.#streams.has(agentId));
  }

  /** Makes, signs and pushes a job; `change` may spoil it before it is signed. */
  push(agentId: string, steps: JobSpec["steps"], change: Partial<JobSpec> & { spoilSignature?: boolean } = {}): HubJob {
    const { spoilSignature, ...fields } = change;
    const now = Date.now() + this.clockSkewMs;
    const spec: JobSpec = {
      protocol: 1,
      jobId: randomUUID(),
      agentId,
      fence: { generation: 0, attempt: 1 },
      issuedAt: new Date(now).toISOString(),
      expiresAt: new Date(now + 600_000).toISOString(),
      steps,
      ...fields,
    };
    const job: HubJob = {
      spec,
      jws: signJws(spec, spoilSignature ? this.#strangerKey : this.#key),
      state: "pending",
      startId: null,
      startRequests: 0,
      output: new Map(),
      results: new Map(),
      end: null,
      resultsRequests: 0,
    };
    this.jobs.set(spec.jobId, job);
    this.send(agentId, "job", { jws: job.jws });
    return job;
  }

  /** Sends an event as it is, also a wrong one. */
  send(agentId: string, event: string, data: unknown): void {
    const text = typeof data === "string" ? data : JSON.stringify(data);
    this.#streams.get(agentId)?.write(`event: ${event}\ndata: ${text}\n\n`);
  }

  ended(job: HubJob, limitMs?: number): Promise<NonNullable<ResultsRequest["end"]>> {
    return this.until(`job ${job.spec.jobId} to end`, () => job.end, limitMs);
  }

  countRequests(path: RegExp): number {
    return this.requests.filter((request) => path.test(request.path)).length;
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const file = this.files.get(request.url ?? "");
    if (file !== undefined) {
      response.end(file);
      return;
    }
    const path = (request.url ?? "").replace(/^\/api\/agent\/v1/, "");
    const method = request.method ?? "";
    let body: unknown = null;
    try {
      const chunks: Buffer[] = [];
      for await (const chunk of request) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
      body = chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString("utf8")) : null;
    } catch {
      return;
    }
    this.requests.push({ method, path });
    const kind = kindOf(path);
    const nth = this.requests.filter((earlier) => kindOf(earlier.path) === kind).length;
    const trick = this.mischief({ method, path, body, nth });
    if (trick === "cut-before") request.socket.destroy();
    else if (trick === "hang") response.writeHead(200, { "content-type": "application/json" });
    else if (trick !== null && trick !== "cut-after") {
      answer(response, trick.status, failure(trick.code ?? "unavailable"), trick.headers);
    } else {
      const [status, reply] = path === "/stream" ? this.#openStream(request, response) : this.#act(request, path, body);
      if (trick === "cut-after") request.socket.destroy();
      else if (status !== 0) answer(response, status, reply);
    }
    for (const watcher of [...this.#watchers]) watcher();
  }

  #agentOf(request: IncomingMessage): string | null {
    const [agentId, secret] = (request.headers.authorization ?? "").replace(/^Bearer /, "").split(".");
    return agentId !== undefined && this.agents.get(agentId)?.secret === secret ? agentId : null;
  }

  #openStream(request: IncomingMessage, response: ServerResponse): [number, unknown] {
    const agentId = this.#agentOf(request);
    if (agentId === null) return [401, failure("unauthorized")];
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
    this.#streams.set(agentId, response);
    response.on("close", () => {
      if (this.#streams.get(agentId) === response) this.#streams.delete(agentId);
      for (const watcher of [...this.#watchers]) watcher();
    });
    const serverTime = new Date(Date.now() + this.clockSkewMs).toISOString();
    this.send(agentId, "hello", { protocol: 1, serverTime, keepAliveSeconds: this.keepAliveSeconds });
    for (const job of this.jobs.values()) {
      if (job.spec.agentId === agentId && job.state === "pending") this.send(agentId, "job", { jws: job.jws });
    }
    return [0, null];
  }

  #act(request: IncomingMessage, path: string, body: unknown): [number, unknown] {
    if (path === "/enroll") return parsed(enrollRequest, body, (input) => this.#enroll(input));
    const agentId = this.#agentOf(request);
    if (agentId === null) return [401, failure("unauthorized")];
    if (path === "/check-in") {
      return parsed(checkInRequest, body, ({ facts }) => {
        this.checkIns.push(facts);
        return [200, { accepted: true }];
      });
    }
    const [, jobId, verb] = /^\/jobs\/([^/]+)\/(start|results)$/.exec(path) ?? [];
    const job = this.jobs.get(jobId ?? "");
    if (job === undefined) return [404, failure("unknown-job")];
    if (verb === "start") return parsed(startRequest, body, (input) => start(job, input));
    return parsed(resultsRequest, body, (input) => takeResults(job, input));
  }

  #enroll(input: EnrollRequest): [number, unknown] {
    if (input.enrollmentKey !== ENROLLMENT_KEY) return [401, failure("bad-enrollment-key")];
    const known = [...this.agents].find(([, agent]) => agent.instanceId === input.instanceId);
    const agentId = known?.[0] ?? randomUUID();
    const secret = randomUUID();
    this.agents.set(agentId, { secret, instanceId: input.instanceId, facts: input.facts });
    return [200, { agentId, agentSecret: secret, signingKeys: [this.#key.published] }];
  }
}

function start(job: HubJob, { fence, startId }: z.infer<typeof startRequest>): [number, unknown] {
  job.startRequests++;
  if (!sameFence(fence, job.spec.fence)) return [409, failure("stale-fence")];
  if (job.state === "ended") return [409, failure("job-ended")];
  if (job.state === "started" && job.startId !== startId) return [409, failure("already-started")];
  job.state = "started";
  job.startId = startId;
  return [200, { started: true }];
}

function takeResults(job: HubJob, input: ResultsRequest): [number, unknown] {
  job.resultsRequests++;
  if (!sameFence(input.fence, job.spec.fence)) return [409, failure("stale-fence")];
  if (job.state === "ended") return [409, failure("job-ended")];
  for (const { stepKey, sequence, stream, text } of input.output) {
    job.output.set(`${stepKey} ${sequence}`, { stream, text });
  }
  for (const { stepKey, result } of input.results) if (!job.results.has(stepKey)) job.results.set(stepKey, result);
  if (input.end !== null) {
    job.end = input.end;
    job.state = "ended";
  }
  return [200, { accepted: true }];
}

/** All jobs' starts are one kind, all results another. */
function kindOf(path: string): string {
  return path.replace(/^\/jobs\/[^/]+/, "/jobs/*");
}

function sameFence(left: Fence, right: Fence): boolean {
  return left.generation === right.generation && left.attempt === right.attempt;
}

function parsed<T>(schema: z.ZodType<T>, body: unknown, act: (input: T) => [number, unknown]): [number, unknown] {
  const result = schema.safeParse(body);
  return result.success ? act(result.data) : [400, failure("bad-request", result.error.message.slice(0, 900))];
}

function failure(code: string, message = `The hub says ${code}.`) {
  return { error: { code, message } };
}

function answer(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(JSON.stringify(body));
}

type Key = { published: z.infer<typeof signingKey>; privateKey: KeyObject };

function makeKey(keyId: string): Key {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const published = signingKey.parse({
    keyId,
    algorithm: "EdDSA",
    jwk: { kty: "OKP", crv: "Ed25519", x: publicKey.export({ format: "jwk" }).x },
  });
  return { published, privateKey };
}

function signJws(payload: unknown, key: Key): string {
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const signed = `${encode({ alg: "EdDSA", kid: key.published.keyId })}.${encode(payload)}`;
  return `${signed}.${sign(null, Buffer.from(signed), key.privateKey).toString("base64url")}`;
}

/** A script step with everything a test does not care about filled in. */
export function scriptStep(body: string, fields: Partial<ScriptStep> = {}): ScriptStep {
  return {
    kind: "script",
    key: "script",
    language: "bash",
    context: "system",
    body,
    bodySha256: createHash("sha256").update(body).digest("hex"),
    parameters: {},
    secretParameters: [],
    timeoutSeconds: 60,
    requiresElevation: false,
    ...fields,
  };
}

export function scriptResultOf(job: HubJob, stepKey = "script"): ScriptResult {
  const result = job.results.get(stepKey);
  if (result?.kind !== "script") throw new Error(`no script result of ${stepKey}`);
  return result.script;
}

/** The output of a step in its order, optionally of one stream. */
export function outputOf(job: HubJob, stepKey = "script", stream?: string): string {
  const text: string[] = [];
  for (let sequence = 0; ; sequence++) {
    const chunk = job.output.get(`${stepKey} ${sequence}`);
    if (chunk === undefined) return text.join("");
    if (stream === undefined || chunk.stream === stream) text.push(chunk.text);
  }
}
