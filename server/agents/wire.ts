/**
 * The agent protocol, version 1, as zod schemas. Written up for strangers in `docs/agent-protocol.md`;
 * the server and the agent in `agent/` both parse with these and nothing else.
 */
import { z } from "zod";

export const PROTOCOL_VERSION = 1;

/** Output kept for each script, stdout and stderr together. What is beyond is counted in `cutBytes`. */
export const MAX_OUTPUT_BYTES = 1024 * 1024;
/** The largest request body an agent may send. */
export const MAX_BODY_BYTES = 4 * 1024 * 1024;
/** A comment line is sent on an idle stream this often; an agent that hears nothing for three times as long reconnects. */
export const KEEP_ALIVE_SECONDS = 30;

const text = (max: number) => z.string().max(max);
const nullableText = (max: number) => z.string().max(max).nullable();
const isoDate = z.iso.datetime({ offset: true });

export const osFamily = z.enum(["linux", "windows", "macos"]);
export const packageManager = z.enum(["apt", "dnf", "snap", "flatpak", "winget", "appx", "brew", "pkg"]);
export const deviceClass = z.enum([
  "workstation",
  "portable",
  "server",
  "domain-controller",
  "primary-domain-controller",
]);

export const signedInUser = z.strictObject({ userName: text(256), upn: nullableText(320) });

/** What an agent knows of its machine. `null` means "could not be read", never "empty". */
export const machineFacts = z.strictObject({
  hostName: text(255).min(1),
  os: z.strictObject({
    family: osFamily,
    /** `ID` of os-release on Linux (`debian`), `Windows`, `macOS`. */
    name: text(100),
    /** Names of which this system is a kind (`ID_LIKE`), nearest first. */
    like: z.array(text(50)).max(10),
    version: text(100),
    build: nullableText(100),
    prettyName: text(200),
    architecture: z.enum(["x64", "arm64", "x86", "arm"]),
  }),
  smbiosUuid: nullableText(64),
  /** Changes when the operating system is installed anew: machine-id, MachineGuid. */
  osInstallationId: nullableText(128),
  osInstalledAt: isoDate.nullable(),
  serialNumber: nullableText(128),
  manufacturer: nullableText(128),
  model: nullableText(128),
  deviceClass,
  packageManagers: z.array(packageManager).max(10),
  /** Interpreters that were proved to work, with their version; absent ones are not listed. */
  interpreters: z
    .array(
      z.strictObject({
        language: z.enum(["bash", "powershell"]),
        edition: text(50),
        version: text(50),
        path: text(1000),
      }),
    )
    .max(10),
  runningAs: z.strictObject({ userName: text(256), elevated: z.boolean() }),
  signedInUsers: z.array(signedInUser).max(50),
  pendingReboot: z.strictObject({ pending: z.boolean(), reasons: z.array(text(200)).max(20) }),
  timeZone: nullableText(64),
  bootedAt: isoDate.nullable(),
  agentVersion: text(50).min(1),
});
export type MachineFacts = z.infer<typeof machineFacts>;

// ---- enrolment ------------------------------------------------------------------------------------------------------

export const enrollRequest = z.strictObject({
  protocol: z.literal(PROTOCOL_VERSION),
  enrollmentKey: text(200).min(1),
  /** Made once by the agent and kept with its secret; enrolling again with it is harmless. */
  instanceId: z.uuid(),
  facts: machineFacts,
});
export type EnrollRequest = z.infer<typeof enrollRequest>;

export const signingKey = z.strictObject({
  keyId: text(64),
  algorithm: z.literal("EdDSA"),
  /** The public key as a JWK (`kty: OKP`, `crv: Ed25519`). */
  jwk: z.strictObject({ kty: z.literal("OKP"), crv: z.literal("Ed25519"), x: text(100) }),
});
export const enrollResponse = z.strictObject({
  agentId: z.uuid(),
  /** Sent as `Authorization: Bearer <agentId>.<agentSecret>`. Never shown again. */
  agentSecret: text(200),
  signingKeys: z.array(signingKey).min(1).max(5),
});
export type EnrollResponse = z.infer<typeof enrollResponse>;

// ---- detection methods ----------------------------------------------------------------------------------------------

const pattern = text(300).min(1).describe("Text with * for any run of characters; compares without case.");

/** A declarative detection: data that the agent answers from its one inventory reading. */
export const declarativeDetection = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("package"),
    manager: z.enum(["apt", "dnf", "snap", "flatpak"]),
    name: text(200).min(1),
  }),
  z.strictObject({ kind: z.literal("display-name"), name: pattern, publisher: pattern.optional() }),
  z.strictObject({ kind: z.literal("product-code"), code: text(64).min(1) }),
  z.strictObject({ kind: z.literal("upgrade-code"), code: text(64).min(1) }),
  z.strictObject({ kind: z.literal("appx"), name: pattern }),
  z.strictObject({ kind: z.literal("file-version"), path: text(1000).min(1) }),
  z.strictObject({
    kind: z.literal("registry-value"),
    hive: z.enum(["HKLM", "HKCU"]),
    key: text(1000),
    value: text(300),
  }),
  z.strictObject({ kind: z.literal("mac-bundle"), bundleId: text(200).min(1) }),
  z.strictObject({ kind: z.literal("mac-receipt"), packageId: text(200).min(1) }),
]);
export type DeclarativeDetection = z.infer<typeof declarativeDetection>;

// ---- jobs -----------------------------------------------------------------------------------------------------------

const stepKey = z.string().regex(/^[A-Za-z0-9:._-]{1,120}$/);

export const scriptLanguage = z.enum(["bash", "powershell"]);
export const scriptContext = z.enum(["system", "user"]);
const parameterValue = z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]);

export const jobStep = z.discriminatedUnion("kind", [
  /** Read the machine's facts anew. Result: `facts`. */
  z.strictObject({ kind: z.literal("facts"), key: stepKey }),
  /** Read everything installed. Result: `inventory`. Detection steps of the same job use this reading. */
  z.strictObject({ kind: z.literal("inventory"), key: stepKey }),
  /** Answer declarative detections from the job's one inventory reading. Result: `detect`. */
  z.strictObject({
    kind: z.literal("detect"),
    key: stepKey,
    items: z
      .array(z.strictObject({ itemKey: stepKey, methods: z.array(declarativeDetection).min(1).max(20) }))
      .max(5000),
  }),
  z.strictObject({
    kind: z.literal("script"),
    key: stepKey,
    language: scriptLanguage,
    context: scriptContext,
    body: text(512 * 1024),
    bodySha256: z.string().regex(/^[0-9a-f]{64}$/),
    parameters: z.record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,63}$/), parameterValue),
    /** Names of parameters whose values never appear in output, logs or journals. */
    secretParameters: z.array(z.string()).max(50),
    timeoutSeconds: z.number().int().min(1).max(86_400),
    /** Refused with status `not-elevated` where the agent does not run as root or SYSTEM. */
    requiresElevation: z.boolean(),
  }),
]);
export type JobStep = z.infer<typeof jobStep>;
export type ScriptStep = Extract<JobStep, { kind: "script" }>;

export const fence = z.strictObject({ generation: z.number().int().min(0), attempt: z.number().int().min(1) });
export type Fence = z.infer<typeof fence>;

/** The payload of the compact JWS (`alg: EdDSA`, `kid`) that the stream's `job` event carries. */
export const jobSpec = z.strictObject({
  protocol: z.literal(PROTOCOL_VERSION),
  jobId: z.uuid(),
  /** The agent it is for; an agent refuses any other. */
  agentId: z.uuid(),
  fence,
  issuedAt: isoDate,
  /** A job not started by then must not be started any more. */
  expiresAt: isoDate,
  /** Run in this order, in as few processes as possible. */
  steps: z.array(jobStep).min(1).max(2000),
});
export type JobSpec = z.infer<typeof jobSpec>;

/**
 * `startId` is made by the agent before its first try and kept with the job: a repeated start with the same fence and
 * the same `startId` is answered 200 again as long as the job has not ended, so that a lost reply costs nothing.
 * Any other repeat is `already-started`.
 */
export const startRequest = z.strictObject({ fence, startId: z.uuid() });
export type StartRequest = z.infer<typeof startRequest>;
export const startResponse = z.strictObject({ started: z.literal(true) });

// ---- results --------------------------------------------------------------------------------------------------------

/** How a script ended. Only `completed` has a `value` that counts. */
export const scriptStatus = z.enum([
  "completed",
  "failed",
  "timed-out",
  "cancelled",
  "interrupted",
  "no-user",
  "not-elevated",
  "no-interpreter",
]);

export const scriptResult = z.strictObject({
  status: scriptStatus,
  exitCode: z.number().int().nullable(),
  /** The last value the script produced, as JSON; `null` if none. See the protocol page for what "last value" is in each language. */
  value: z.json(),
  /** Error records and terminating errors, in order; empty when there were none. */
  errors: z.array(z.strictObject({ message: text(10_000), terminating: z.boolean() })).max(100),
  /** One sentence for a person when the status is not `completed`. */
  reason: nullableText(1000),
  /** Bytes of output beyond MAX_OUTPUT_BYTES that were not kept. */
  cutBytes: z.number().int().min(0),
  durationMs: z.number().min(0),
});
export type ScriptResult = z.infer<typeof scriptResult>;

export const inventoryEntry = z.strictObject({
  source: z.enum([
    "apt",
    "dnf",
    "snap",
    "flatpak",
    "uninstall-64",
    "uninstall-32",
    "uninstall-user",
    "appx",
    "bundle",
    "receipt",
  ]),
  /** Package name, product code, package family, bundle id. */
  id: text(300),
  name: text(300),
  version: text(200),
  publisher: nullableText(300),
  upgradeCode: nullableText(64),
});
export type InventoryEntry = z.infer<typeof inventoryEntry>;

export const detection = z.strictObject({
  itemKey: stepKey,
  /** Every entry that matched. The server picks the highest version and says how many matched. */
  matches: z.array(z.strictObject({ source: text(50), name: text(300), version: text(200) })).max(100),
  /** The version the package manager would install now; `null` when the method knows none. */
  availableVersion: nullableText(200),
  /** Why the method could not be answered here (`this machine has no apt`); `null` when it was. */
  error: nullableText(1000),
});
export type Detection = z.infer<typeof detection>;

export const stepResult = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("facts"), facts: machineFacts }),
  z.strictObject({ kind: z.literal("inventory"), takenAt: isoDate, entries: z.array(inventoryEntry).max(20_000) }),
  z.strictObject({ kind: z.literal("detect"), detections: z.array(detection).max(5000) }),
  z.strictObject({ kind: z.literal("script"), script: scriptResult }),
]);
export type StepResult = z.infer<typeof stepResult>;

export const outputStream = z.enum(["stdout", "stderr", "verbose", "warning"]);

export const resultsRequest = z.strictObject({
  fence,
  /** Output since the last request. (stepKey, sequence) makes it idempotent; sequence counts from 0 within a step. */
  output: z
    .array(
      z.strictObject({
        stepKey,
        sequence: z.number().int().min(0),
        stream: outputStream,
        text: text(MAX_OUTPUT_BYTES),
        at: isoDate,
      }),
    )
    .max(2000),
  /** Finished steps. Sending one again changes nothing. */
  results: z.array(z.strictObject({ stepKey, startedAt: isoDate, finishedAt: isoDate, result: stepResult })).max(2000),
  /** Set on the last request of a job. */
  end: z
    .strictObject({ status: z.enum(["finished", "interrupted", "cancelled", "refused"]), reason: nullableText(1000) })
    .nullable(),
});
export type ResultsRequest = z.infer<typeof resultsRequest>;
export const resultsResponse = z.strictObject({ accepted: z.literal(true) });

/** Sent by the agent on connecting and when its facts change; not more often than needed. */
export const checkInRequest = z.strictObject({ facts: machineFacts });
export const checkInResponse = z.strictObject({ accepted: z.literal(true) });

// ---- stream ---------------------------------------------------------------------------------------------------------

/** Events of `GET /api/agent/v1/stream`; `event:` is the key, `data:` the JSON of the value. */
export const streamEvents = {
  hello: z.strictObject({
    protocol: z.literal(PROTOCOL_VERSION),
    serverTime: isoDate,
    keepAliveSeconds: z.number().int(),
  }),
  job: z.strictObject({ jws: z.string() }),
  cancel: z.strictObject({ jobId: z.uuid() }),
  /** The server is about to close the stream; reconnect no sooner than this. */
  bye: z.strictObject({ reconnectAfterMs: z.number().int().min(0), reason: text(200) }),
} as const;

/** Every error answer of the agent API. `code` is stable, `message` is for a person and says what to do. */
export const errorResponse = z.strictObject({
  error: z.strictObject({
    code: z.enum([
      "bad-request",
      "body-too-large",
      "bad-enrollment-key",
      "unauthorized",
      "revoked",
      "unknown-job",
      "already-started",
      "job-cancelled",
      "job-expired",
      "stale-fence",
      "job-ended",
      "too-many-requests",
      "unavailable",
      "internal",
    ]),
    message: text(1000),
  }),
});
