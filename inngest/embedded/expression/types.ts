/** An expression the engine cannot read; the message says where and why. */
export class ExpressionError extends Error {
  override name = "ExpressionError";
}

export type Node =
  | { kind: "literal"; value: string | number | boolean | null }
  | { kind: "root"; name: "event" | "async" }
  | { kind: "member"; object: Node; key: Node }
  | { kind: "list"; items: Node[] }
  | { kind: "unary"; operator: "!" | "-"; operand: Node }
  | { kind: "binary"; operator: BinaryOperator; left: Node; right: Node }
  | { kind: "conditional"; test: Node; yes: Node; no: Node }
  | { kind: "call"; name: FunctionName; args: Node[] };

export type BinaryOperator = "&&" | "||" | "==" | "!=" | "<" | "<=" | ">" | ">=" | "in" | "+" | "-" | "*" | "/" | "%";

export const FUNCTIONS = ["has", "size", "string", "int", "contains", "startsWith", "endsWith"] as const;
export type FunctionName = (typeof FUNCTIONS)[number];

/** A parsed expression with the text it came from. */
export interface Expression {
  text: string;
  node: Node;
}
