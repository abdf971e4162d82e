import type { Cursor } from "./cursor.ts";
import { refuse } from "./refusal.ts";
import type { Comparison, Expression, Membership } from "./syntax.ts";

const comparisons: ReadonlyMap<string, Comparison> = new Map(
  (
    [
      "==",
      "!=",
      "=~",
      "!~",
      "<",
      "<=",
      ">",
      ">=",
      "has",
      "!has",
      "contains",
      "!contains",
      "startswith",
      "!startswith",
    ] as const
  ).map((operator) => [operator, operator]),
);
const memberships: ReadonlyMap<string, Membership> = new Map(
  (["in", "in~", "!in", "!in~"] as const).map((operator) => [operator, operator]),
);

/** Reads one scalar expression: `or` binds loosest, then `and`, then one comparison, then paths. */
export function parseExpression(cursor: Cursor): Expression {
  let left = parseBoth(cursor);
  while (cursor.peek().text === "or" && cursor.peek().kind === "name") {
    const at = cursor.next();
    left = { kind: "either", left, right: parseBoth(cursor), at };
  }
  return left;
}

function parseBoth(cursor: Cursor): Expression {
  let left = parseComparison(cursor);
  while (cursor.peek().text === "and" && cursor.peek().kind === "name") {
    const at = cursor.next();
    left = { kind: "both", left, right: parseComparison(cursor), at };
  }
  return left;
}

function parseComparison(cursor: Cursor): Expression {
  const left = parsePath(cursor);
  const at = cursor.peek();
  if (at.kind !== "name" && at.kind !== "symbol") return left;
  const comparison = comparisons.get(at.text);
  if (comparison) {
    cursor.next();
    return {
      kind: "compare",
      operator: comparison,
      left,
      right: parsePath(cursor),
      at,
    };
  }
  const membership = memberships.get(at.text);
  if (!membership) return left;
  cursor.next();
  cursor.expect("(");
  return {
    kind: "listed",
    operator: membership,
    left,
    list: parseList(cursor),
    at,
  };
}

/** The rest of a parenthesis after its opening: expressions by comma. */
function parseList(cursor: Cursor): readonly Expression[] {
  if (cursor.skip(")")) return [];
  const list = [parseExpression(cursor)];
  while (cursor.skip(",")) list.push(parseExpression(cursor));
  cursor.expect(")");
  return list;
}

function parsePath(cursor: Cursor): Expression {
  let of = parsePrimary(cursor);
  for (;;) {
    const at = cursor.peek();
    if (cursor.skip(".")) {
      // Resource Graph's documentation also writes `properties.['odata.type']`.
      of = cursor.skip("[")
        ? { kind: "member", of, key: parseKey(cursor), at }
        : { kind: "member", of, key: cursor.expectName().text, at };
    } else if (cursor.skip("[")) {
      of = { kind: "member", of, key: parseKey(cursor), at };
    } else {
      return of;
    }
  }
}

function parseKey(cursor: Cursor): string | number {
  const token = cursor.next();
  if (token.kind !== "string" && token.kind !== "number") throw refuse(token);
  cursor.expect("]");
  return token.kind === "number" ? Number(token.text) : token.text;
}

function parsePrimary(cursor: Cursor): Expression {
  const at = cursor.next();
  if (at.kind === "string") return { kind: "literal", type: "string", value: at.text };
  if (at.kind === "number") return { kind: "literal", type: "long", value: Number(at.text) };
  if (at.kind === "symbol" && at.text === "(") {
    const inner = parseExpression(cursor);
    cursor.expect(")");
    return inner;
  }
  if (at.kind !== "name") throw refuse(at);
  if (at.text === "true" || at.text === "false") {
    return { kind: "literal", type: "bool", value: at.text === "true" };
  }
  if (cursor.skip("(")) return { kind: "call", name: at.text, args: parseList(cursor), at };
  return { kind: "column", name: at.text, at };
}
