import { type Columns, compilePredicate, type Row } from "./compile.ts";
import type { Expression, Operator } from "./syntax.ts";

/**
 * Which types of rows may pass the conditions that a query begins with, as far as those look at nothing but the type:
 * rows of the others need not even be made. @throws QueryRefusal
 */
export function typeFilter(operators: readonly Operator[], columns: Columns): (type: string) => boolean {
  const end = operators.findIndex(({ kind }) => kind !== "where");
  const conditions = operators
    .slice(0, end < 0 ? operators.length : end)
    .flatMap((operator) => (operator.kind === "where" ? [operator.predicate] : []))
    .filter(looksAtTypeOnly)
    .map((predicate): ((row: Row) => boolean) => compilePredicate(predicate, columns));
  return (type) => conditions.every((isMet) => isMet({ type }));
}

function looksAtTypeOnly(expression: Expression): boolean {
  switch (expression.kind) {
    case "literal":
      return true;
    case "column":
      return expression.name === "type";
    case "member":
      return looksAtTypeOnly(expression.of);
    case "call":
      return expression.args.every(looksAtTypeOnly);
    case "both":
    case "either":
    case "compare":
      return looksAtTypeOnly(expression.left) && looksAtTypeOnly(expression.right);
    case "listed":
      return looksAtTypeOnly(expression.left) && expression.list.every(looksAtTypeOnly);
    default:
      return expression satisfies never;
  }
}
