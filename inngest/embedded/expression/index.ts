export { evaluate, holds, type Scope } from "./evaluate";
export { eventKeys, type Match, matchOf } from "./match-key";
export { parseExpression } from "./parse";
export { type Expression, ExpressionError } from "./types";
