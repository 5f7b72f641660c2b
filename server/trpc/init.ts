import { initTRPC } from "@trpc/server";
import superjson from "superjson";
import type { Runtime } from "@/server/runtime";
import { authorize, type Permission } from "@/server/services/authorize";
import type { Actor } from "@/server/services/context";
import { ServiceError } from "@/server/services/errors";
import { FAULT_SENTENCE, serviceErrorOf, toTrpcError } from "./errors";

export interface TrpcContext {
  readonly runtime: Runtime;
  /** Null when nobody is signed in. */
  readonly actor: Actor | null;
  readonly address: string | null;
}

/** What procedures get, made from parts: by the route handler from a request, by tests by hand. */
export const createContextInner = (parts: TrpcContext): TrpcContext => parts;

interface Meta {
  /** The scope a procedure declares; one that declares none is refused. */
  readonly permission: Permission;
}

const t = initTRPC
  .context<TrpcContext>()
  .meta<Meta>()
  .create({
    transformer: superjson,
    errorFormatter({ shape, error }) {
      const refusal = serviceErrorOf(error);
      const isProtocol = error.cause === undefined && error.code !== "INTERNAL_SERVER_ERROR";
      return {
        ...shape,
        message: refusal?.message ?? (isProtocol ? shape.message : FAULT_SENTENCE),
        data: {
          code: shape.data.code,
          httpStatus: shape.data.httpStatus,
          path: shape.data.path,
          reason: refusal?.code ?? null,
          fields: refusal?.fields ?? {},
        },
      };
    },
  });

export const router = t.router;
export const createCaller = t.createCallerFactory;

const declared = t.procedure.use(async ({ ctx, meta, path, next }) => {
  if (meta?.permission === undefined) {
    throw toTrpcError(new ServiceError("forbidden", "This cannot be reached: it declares no scope."));
  }
  if (ctx.actor === null) throw toTrpcError(new ServiceError("unauthenticated", "Sign in first."));
  const services = ctx.runtime.contextFor(ctx.actor, ctx.address);
  try {
    authorize(services, meta.permission);
  } catch (error) {
    if (error instanceof ServiceError) throw toTrpcError(error);
    throw error;
  }
  const result = await next({ ctx: { services, actor: ctx.actor } });
  if (!result.ok) {
    const { cause } = result.error;
    if (cause instanceof ServiceError) throw toTrpcError(cause);
    const isFault = result.error.code === "INTERNAL_SERVER_ERROR";
    if (isFault) ctx.runtime.logger.error({ err: cause ?? result.error, path }, "a procedure failed");
  }
  return result;
});

/** The only procedures there are: each says what it needs. `ctx.services` is the context for services. */
export const procedure = {
  read: declared.meta({ permission: "read" }),
  operate: declared.meta({ permission: "operate" }),
  administer: declared.meta({ permission: "administer" }),
};
