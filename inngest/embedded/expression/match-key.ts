import { createHash } from "node:crypto";
import { valueIn } from "./evaluate";
import type { Expression, Node } from "./types";

/** Keys longer than this are hashed: an index entry has a limit. */
const LONGEST_KEY = 200;

/** What an index can answer about an expression over an event still to come. */
export interface Match {
  /** Equal to one of the event's {@link eventKeys} whenever the expression holds; empty when nothing can be said. */
  key: string;
  /** The key says all there is to say: the expression need not be evaluated any more. */
  exact: boolean;
}

/**
 * Finds `async.<path> == <something known now>` in an expression, alone or joined to others by `&&`.
 * @param event the event that started the run, which `event.…` in the expression speaks of.
 */
export function matchOf(expression: Expression | undefined, event: unknown): Match {
  if (!expression) return { key: "", exact: true };
  const parts = conjuncts(expression.node);
  for (const part of parts) {
    if (part.kind !== "binary" || part.operator !== "==") continue;
    const path = asyncPath(part.left) ?? asyncPath(part.right);
    const other = asyncPath(part.left) ? part.right : part.left;
    if (!path || mentionsAsync(other)) continue;
    const value = valueIn(other, { event });
    if (isScalar(value)) return { key: keyOf(path, value), exact: parts.length === 1 };
  }
  return { key: "", exact: false };
}

/** Every key a wait for this event could have: one for each scalar in it, and the empty one. */
export function eventKeys(event: unknown): string[] {
  const keys = [""];
  const walk = (value: unknown, path: (string | number)[]) => {
    if (isScalar(value)) keys.push(keyOf(path, value));
    else if (Array.isArray(value)) for (const [index, item] of value.entries()) walk(item, [...path, index]);
    else if (typeof value === "object" && value !== null) {
      for (const [name, item] of Object.entries(value)) walk(item, [...path, name]);
    }
  };
  walk(event, []);
  return keys;
}

function keyOf(path: (string | number)[], value: string | number | boolean): string {
  const key = JSON.stringify([...path, value]);
  return key.length <= LONGEST_KEY ? key : createHash("sha256").update(key).digest("hex");
}

function conjuncts(node: Node): Node[] {
  return node.kind === "binary" && node.operator === "&&"
    ? [...conjuncts(node.left), ...conjuncts(node.right)]
    : [node];
}

function asyncPath(node: Node): (string | number)[] | undefined {
  if (node.kind === "root") return node.name === "async" ? [] : undefined;
  if (node.kind !== "member" || node.key.kind !== "literal") return undefined;
  const { value } = node.key;
  const path = asyncPath(node.object);
  return path && (typeof value === "string" || typeof value === "number") ? [...path, value] : undefined;
}

function mentionsAsync(node: Node): boolean {
  switch (node.kind) {
    case "literal":
      return false;
    case "root":
      return node.name === "async";
    case "member":
      return mentionsAsync(node.object) || mentionsAsync(node.key);
    case "list":
      return node.items.some(mentionsAsync);
    case "unary":
      return mentionsAsync(node.operand);
    case "binary":
      return mentionsAsync(node.left) || mentionsAsync(node.right);
    case "conditional":
      return [node.test, node.yes, node.no].some(mentionsAsync);
    case "call":
      return node.args.some(mentionsAsync);
  }
}

const isScalar = (value: unknown): value is string | number | boolean =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean";
