import { type Token, tokenize } from "./tokenize";
import {
  type BinaryOperator,
  type Expression,
  ExpressionError,
  FUNCTIONS,
  type FunctionName,
  type Node,
} from "./types";

/** Binary operators by how tightly they bind, as CEL has them. */
const PRECEDENCE: Record<BinaryOperator, number> = {
  "||": 1,
  "&&": 2,
  "==": 3,
  "!=": 3,
  "<": 3,
  "<=": 3,
  ">": 3,
  ">=": 3,
  in: 3,
  "+": 4,
  "-": 4,
  "*": 5,
  "/": 5,
  "%": 5,
};

/**
 * Reads the part of CEL that Inngest functions use: `event` and `async` with members, literals, lists, `! - + * / %`,
 * comparisons, `in`, `&& ||`, `?:`, and `has size string int contains startsWith endsWith`.
 * @throws ExpressionError naming the place, for anything else.
 */
export function parseExpression(text: string): Expression {
  try {
    const parser = new Parser(tokenize(text));
    const node = parser.conditional();
    parser.expectEnd();
    return { text, node };
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    throw new ExpressionError(`The expression \`${text}\` cannot be used by the embedded engine: ${error.message}.`);
  }
}

class Parser {
  private position = 0;

  constructor(private readonly tokens: Token[]) {}

  conditional(): Node {
    const test = this.binary(1);
    if (!this.take("?")) return test;
    const yes = this.conditional();
    this.expect(":");
    return { kind: "conditional", test, yes, no: this.conditional() };
  }

  private binary(lowest: number): Node {
    let left = this.unary();
    for (;;) {
      const operator = this.operator();
      if (operator === undefined || PRECEDENCE[operator] < lowest) return left;
      this.position++;
      left = { kind: "binary", operator, left, right: this.binary(PRECEDENCE[operator] + 1) };
    }
  }

  private operator(): BinaryOperator | undefined {
    const { kind, value } = this.next;
    return (kind === "symbol" || kind === "name") && isBinaryOperator(value) ? value : undefined;
  }

  private unary(): Node {
    if (this.take("!")) return { kind: "unary", operator: "!", operand: this.unary() };
    if (this.take("-")) return { kind: "unary", operator: "-", operand: this.unary() };
    return this.postfix(this.primary());
  }

  private postfix(start: Node): Node {
    let node = start;
    for (;;) {
      if (this.take(".")) {
        const name = this.name();
        if (this.take("(")) node = this.call(name, [node, ...this.list(")")]);
        else node = { kind: "member", object: node, key: { kind: "literal", value: name } };
      } else if (this.take("[")) {
        const key = this.conditional();
        this.expect("]");
        node = { kind: "member", object: node, key };
      } else return node;
    }
  }

  private primary(): Node {
    const token = this.next;
    if (token.kind === "number" || token.kind === "string") {
      this.position++;
      return { kind: "literal", value: token.value };
    }
    if (this.take("(")) {
      const node = this.conditional();
      this.expect(")");
      return node;
    }
    if (this.take("[")) return { kind: "list", items: this.list("]") };
    if (token.kind === "name") return this.named(this.name());
    throw this.unexpected();
  }

  private named(name: string): Node {
    if (name === "true" || name === "false") return { kind: "literal", value: name === "true" };
    if (name === "null") return { kind: "literal", value: null };
    if (name === "event" || name === "async") return { kind: "root", name };
    if (this.take("(")) return this.call(name, this.list(")"));
    throw new ExpressionError(`\`${name}\` is not known; only \`event\` and \`async\` are`);
  }

  private call(name: string, args: Node[]): Node {
    if (!isFunctionName(name)) throw new ExpressionError(`the function \`${name}()\` is not known`);
    const wanted = name === "contains" || name === "startsWith" || name === "endsWith" ? 2 : 1;
    if (args.length !== wanted) throw new ExpressionError(`\`${name}()\` has the wrong number of arguments`);
    return { kind: "call", name, args };
  }

  private list(close: ")" | "]"): Node[] {
    const items: Node[] = [];
    if (this.take(close)) return items;
    do items.push(this.conditional());
    while (this.take(","));
    this.expect(close);
    return items;
  }

  private name(): string {
    const token = this.next;
    if (token.kind !== "name") throw this.unexpected();
    this.position++;
    return token.value;
  }

  private get next(): Token {
    return this.tokens[this.position] ?? { kind: "end", value: "", at: 0 };
  }

  private take(symbol: string): boolean {
    if (this.next.kind !== "symbol" || this.next.value !== symbol) return false;
    this.position++;
    return true;
  }

  private expect(symbol: string): void {
    if (!this.take(symbol)) throw this.unexpected();
  }

  expectEnd(): void {
    if (this.next.kind !== "end") throw this.unexpected();
  }

  private unexpected(): ExpressionError {
    const { kind, value, at } = this.next;
    return new ExpressionError(kind === "end" ? "it ends too early" : `unexpected "${value}" at character ${at + 1}`);
  }
}

const isBinaryOperator = (value: string): value is BinaryOperator => Object.hasOwn(PRECEDENCE, value);
const isFunctionName = (value: string): value is FunctionName => FUNCTIONS.some((name) => name === value);
