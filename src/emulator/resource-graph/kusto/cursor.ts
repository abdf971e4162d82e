import { refuse } from "./refusal.ts";
import type { Token } from "./syntax.ts";

/** Walks over a query's tokens. Every refusal points at the token that did not fit. */
export interface Cursor {
  peek(): Token;
  /** Takes the next token, whatever it is. */
  next(): Token;
  /** Takes the next token if it is this word or symbol. */
  skip(text: string): boolean;
  expect(text: string): Token;
  expectName(): Token;
}

/** A cursor at the first of these tokens, of which the last is `end`. */
export function createCursor(tokens: readonly Token[]): Cursor {
  let position = 0;
  function peek(): Token {
    const token = tokens[Math.min(position, tokens.length - 1)];
    if (!token) throw new Error("There is always an end token.");
    return token;
  }
  function next(): Token {
    const token = peek();
    position += 1;
    return token;
  }
  const is = (token: Token, text: string): boolean =>
    (token.kind === "name" || token.kind === "symbol") && token.text === text;
  return {
    peek,
    next,
    skip(text) {
      const found = is(peek(), text);
      if (found) position += 1;
      return found;
    },
    expect(text) {
      const token = next();
      if (!is(token, text)) throw refuse(token);
      return token;
    },
    expectName() {
      const token = next();
      if (token.kind !== "name") throw refuse(token);
      return token;
    },
  };
}
