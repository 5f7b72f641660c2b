import { isDeepStrictEqual } from "node:util";
import type { Expression, Node } from "./types";

/** What an expression can speak of: the event that started the run, and the one that has just come. */
export interface Scope {
  event: unknown;
  async?: unknown;
}

/** The value of an expression. A member that is not there is null; comparing what cannot be compared is false. */
export function evaluate(expression: Expression, scope: Scope): unknown {
  return valueIn(expression.node, scope);
}

/** Whether an expression holds: only `true` counts. No expression always holds. */
export function holds(expression: Expression | undefined, scope: Scope): boolean {
  return expression === undefined || evaluate(expression, scope) === true;
}

export function valueIn(node: Node, scope: Scope): unknown {
  switch (node.kind) {
    case "literal":
      return node.value;
    case "root":
      return scope[node.name] ?? null;
    case "member":
      return member(valueIn(node.object, scope), valueIn(node.key, scope));
    case "list":
      return node.items.map((item) => valueIn(item, scope));
    case "unary": {
      const value = valueIn(node.operand, scope);
      return node.operator === "!" ? value !== true : typeof value === "number" ? -value : null;
    }
    case "conditional":
      return valueIn(valueIn(node.test, scope) === true ? node.yes : node.no, scope);
    case "call":
      return call(
        node.name,
        node.args.map((arg) => valueIn(arg, scope)),
      );
    case "binary":
      return binary(node, scope);
  }
}

function binary(node: Extract<Node, { kind: "binary" }>, scope: Scope): unknown {
  const left = valueIn(node.left, scope);
  if (node.operator === "&&") return left === true && valueIn(node.right, scope) === true;
  if (node.operator === "||") return left === true || valueIn(node.right, scope) === true;
  const right = valueIn(node.right, scope);
  switch (node.operator) {
    case "==":
      return isDeepStrictEqual(left, right);
    case "!=":
      return !isDeepStrictEqual(left, right);
    case "in":
      return Array.isArray(right)
        ? right.some((item) => isDeepStrictEqual(item, left))
        : isObject(right) && Object.hasOwn(right, String(left));
    case "<":
      return compare(left, right, (order) => order < 0);
    case "<=":
      return compare(left, right, (order) => order <= 0);
    case ">":
      return compare(left, right, (order) => order > 0);
    case ">=":
      return compare(left, right, (order) => order >= 0);
    case "+":
      return typeof left === "number" && typeof right === "number" ? left + right : `${text(left)}${text(right)}`;
    case "-":
      return arithmetic(left, right, (a, b) => a - b);
    case "*":
      return arithmetic(left, right, (a, b) => a * b);
    case "/":
      return arithmetic(left, right, (a, b) => a / b);
    case "%":
      return arithmetic(left, right, (a, b) => a % b);
  }
}

function member(object: unknown, key: unknown): unknown {
  if (Array.isArray(object)) return typeof key === "number" ? (object[key] ?? null) : null;
  if (!isObject(object)) return null;
  const name = String(key);
  return Object.hasOwn(object, name) ? (object[name] ?? null) : null;
}

function call(name: Extract<Node, { kind: "call" }>["name"], [first, second]: unknown[]): unknown {
  switch (name) {
    case "has":
      return first !== null && first !== undefined;
    case "size":
      if (typeof first === "string" || Array.isArray(first)) return first.length;
      return isObject(first) ? Object.keys(first).length : 0;
    case "string":
      return text(first);
    case "int":
      return Number.isFinite(Number(first)) ? Math.trunc(Number(first)) : null;
    case "contains":
      return typeof first === "string" && typeof second === "string" && first.includes(second);
    case "startsWith":
      return typeof first === "string" && typeof second === "string" && first.startsWith(second);
    case "endsWith":
      return typeof first === "string" && typeof second === "string" && first.endsWith(second);
  }
}

function compare(left: unknown, right: unknown, test: (order: number) => boolean): boolean {
  if (typeof left === "number" && typeof right === "number") return test(left - right);
  if (typeof left === "string" && typeof right === "string") return test(left < right ? -1 : left > right ? 1 : 0);
  return false;
}

function arithmetic(left: unknown, right: unknown, run: (a: number, b: number) => number): number | null {
  return typeof left === "number" && typeof right === "number" ? run(left, right) : null;
}

const text = (value: unknown): string =>
  typeof value === "string" ? value : value === null || value === undefined ? "" : JSON.stringify(value);

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
