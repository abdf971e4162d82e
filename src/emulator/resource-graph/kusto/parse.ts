import { type Cursor, createCursor } from "./cursor.ts";
import { parseExpression } from "./parse-expression.ts";
import { refuse } from "./refusal.ts";
import type { NamedExpression, Operator, Query, SortKey, Token } from "./syntax.ts";
import { tokenize } from "./tokens.ts";

/**
 * Parses `table | operator | operator ...` in the part of Kusto that this emulator knows. Resource Graph has more
 * (join, mv-expand, union, parse, top); they are refused here until something asks for them.
 * @throws QueryRefusal
 */
export function parseQuery(text: string): Query {
  const cursor = createCursor(tokenize(text));
  const table = cursor.expectName();
  const operators: Operator[] = [];
  while (cursor.skip("|")) operators.push(parseOperator(cursor));
  const rest = cursor.peek();
  if (rest.kind !== "end") throw refuse(rest);
  return { table, operators };
}

function parseOperator(cursor: Cursor): Operator {
  const at = cursor.expectName();
  switch (at.text) {
    case "where":
      return { kind: "where", predicate: parseExpression(cursor), at };
    case "project":
    case "extend":
      return { kind: at.text, columns: parseSeries(cursor, parseNamed), at };
    case "project-away":
    case "distinct":
      return {
        kind: at.text,
        names: parseSeries(cursor, (inner) => inner.expectName()),
        at,
      };
    case "order":
    case "sort":
      cursor.expect("by");
      return { kind: "order", keys: parseSeries(cursor, parseSortKey), at };
    case "summarize":
      return parseSummarize(cursor, at);
    case "count":
      return { kind: "count", at };
    case "take":
    case "limit": {
      const rows = cursor.next();
      if (rows.kind !== "number") throw refuse(rows);
      return { kind: "take", rows: Number(rows.text), at };
    }
    default:
      throw refuse(at);
  }
}

function parseSeries<Item>(cursor: Cursor, parseItem: (cursor: Cursor) => Item): readonly Item[] {
  const items = [parseItem(cursor)];
  while (cursor.skip(",")) items.push(parseItem(cursor));
  return items;
}

function parseNamed(cursor: Cursor): NamedExpression {
  const at = cursor.peek();
  const first = parseExpression(cursor);
  if (first.kind !== "column" || !cursor.skip("=")) return { name: undefined, expression: first, at };
  return { name: first.name, expression: parseExpression(cursor), at };
}

function parseSortKey(cursor: Cursor): SortKey {
  const at = cursor.peek();
  const expression = parseExpression(cursor);
  if (cursor.skip("asc")) return { expression, descending: false, at };
  // Kusto sorts downwards unless told otherwise.
  cursor.skip("desc");
  return { expression, descending: true, at };
}

/** `count()` is the only aggregation known here. */
function parseSummarize(cursor: Cursor, at: Token): Operator {
  const first = cursor.expectName();
  const isNamed = cursor.skip("=");
  const aggregation = isNamed ? cursor.expectName() : first;
  if (aggregation.text !== "count") throw refuse(aggregation);
  cursor.expect("(");
  cursor.expect(")");
  const by = cursor.skip("by") ? parseSeries(cursor, parseNamed) : [];
  return {
    kind: "summarize",
    countName: isNamed ? first.text : "count_",
    by,
    at,
  };
}
