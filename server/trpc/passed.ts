import { z } from "zod";

/** An input that the service itself checks: the router only says what it looks like. */
export const passed = <T>() => z.custom<T>();

/** The input type of a verb. */
export type InputOf<V extends (call: never) => unknown> = Parameters<V>[0] extends { input: infer I } ? I : never;
