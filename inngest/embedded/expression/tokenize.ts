import { ExpressionError } from "./types";

export type Token =
  | { kind: "string"; value: string; at: number }
  | { kind: "number"; value: number; at: number }
  | { kind: "name"; value: string; at: number }
  | { kind: "symbol"; value: string; at: number }
  | { kind: "end"; value: ""; at: number };

const PATTERN =
  /(?:(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|([A-Za-z_][A-Za-z0-9_]*)|("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(&&|\|\||==|!=|<=|>=|[-+*/%<>!?:()[\].,]))/y;

const ESCAPES: Record<string, string> = { n: "\n", r: "\r", t: "\t" };

/** Cuts an expression into its tokens; the last one is always `end`. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let at = skipSpace(text, 0);
  while (at < text.length) {
    PATTERN.lastIndex = at;
    const match = PATTERN.exec(text);
    if (!match) throw new ExpressionError(`unexpected "${text[at]}" at character ${at + 1}`);
    const [whole, number, name, string, symbol] = match;
    if (number !== undefined) tokens.push({ kind: "number", value: Number(number), at });
    else if (name !== undefined) tokens.push({ kind: "name", value: name, at });
    else if (string !== undefined) tokens.push({ kind: "string", value: unquote(string), at });
    else if (symbol !== undefined) tokens.push({ kind: "symbol", value: symbol, at });
    at = skipSpace(text, at + whole.length);
  }
  tokens.push({ kind: "end", value: "", at });
  return tokens;
}

const skipSpace = (text: string, from: number) => text.length - text.slice(from).trimStart().length;

function unquote(quoted: string): string {
  return quoted.slice(1, -1).replace(/\\(.)/g, (_, escaped: string) => ESCAPES[escaped] ?? escaped);
}
