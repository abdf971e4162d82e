import type { Token } from "./syntax.ts";

/**
 * A query Resource Graph would not run. Codes seen in Azure's answers: ParserFailure (with position and token),
 * UnknownFunction, DisallowedLogicalTableName. What Azure calls a name or a type that does not fit is not
 * documented; those are ParserFailure here, with Kusto's own wording.
 */
export class QueryRefusal extends Error {
  readonly code: "ParserFailure" | "UnknownFunction" | "DisallowedLogicalTableName";
  readonly at: Token | undefined;

  constructor(code: QueryRefusal["code"], message: string, at?: Token) {
    super(message);
    this.name = "QueryRefusal";
    this.code = code;
    this.at = at;
  }
}

/** A refusal that points at the token Azure would point at. */
export function refuse(at: Token, message = "ParserFailure"): QueryRefusal {
  return new QueryRefusal("ParserFailure", message, at);
}
