import { type Columns, compile, compilePredicate, type Row } from "./compile.ts";
import { refuse } from "./refusal.ts";
import type { NamedExpression, Operator, ScalarType, SortKey, Token } from "./syntax.ts";
import { compareValues, toText } from "./values.ts";

/** A table at one point of a query; its rows may be made as they are read, and are read once. */
export interface Table {
  readonly columns: Columns;
  readonly rows: Iterable<Row>;
}

/** The outcome of a query. */
export interface Rows extends Table {
  readonly rows: readonly Row[];
}

/**
 * Runs a query's operators over a table. Rows are let go as soon as a condition leaves them out.
 * @throws QueryRefusal for unknown columns and functions and for types that do not fit
 */
export function evaluate(operators: readonly Operator[], table: Table): Rows {
  const { columns, rows } = operators.reduce(apply, table);
  return { columns, rows: [...rows] };
}

function apply({ columns, rows }: Table, operator: Operator): Table {
  switch (operator.kind) {
    case "where":
      return {
        columns,
        rows: filter(rows, compilePredicate(operator.predicate, columns)),
      };
    case "project": {
      const made = nameAll(operator.columns, columns);
      return {
        columns: typesOf(made),
        rows: map(rows, (row) => makeRow(made, row)),
      };
    }
    case "extend": {
      const made = nameAll(operator.columns, columns);
      return {
        columns: new Map([...columns, ...typesOf(made)]),
        rows: map(rows, (row) => ({ ...row, ...makeRow(made, row) })),
      };
    }
    case "project-away": {
      const left = new Map(columns);
      for (const name of operator.names) left.delete(known(name, columns));
      return { columns: left, rows };
    }
    case "distinct": {
      const by = operator.names.map(
        (at): NamedExpression => ({
          name: undefined,
          expression: { kind: "column", name: at.text, at },
          at,
        }),
      );
      const groups = group(by, { columns, rows });
      return {
        columns: groups.columns,
        rows: groups.rows.map(({ key }) => key),
      };
    }
    case "order":
      return { columns, rows: sort(operator.keys, { columns, rows }) };
    case "summarize": {
      const groups = group(operator.by, { columns, rows });
      const name = operator.countName;
      return {
        columns: new Map<string, ScalarType>([...groups.columns, [name, "long"]]),
        // Without keys there is one group, even of nothing.
        rows:
          operator.by.length === 0
            ? [{ [name]: groups.rows[0]?.size ?? 0 }]
            : groups.rows.map(({ key, size }) => ({ ...key, [name]: size })),
      };
    }
    case "count":
      return {
        columns: new Map([["Count", "long"]]),
        rows: [{ Count: [...rows].length }],
      };
    case "take":
      return { columns, rows: [...rows].slice(0, operator.rows) };
    default:
      return operator satisfies never;
  }
}

function* filter(rows: Iterable<Row>, isWanted: (row: Row) => boolean): Iterable<Row> {
  for (const row of rows) if (isWanted(row)) yield row;
}

function* map(rows: Iterable<Row>, change: (row: Row) => Row): Iterable<Row> {
  for (const row of rows) yield change(row);
}

interface MadeColumn {
  readonly name: string;
  readonly type: ScalarType;
  readonly evaluate: (row: Row) => unknown;
}

function nameAll(wanted: readonly NamedExpression[], columns: Columns): readonly MadeColumn[] {
  let unnamed = 0;
  const made: MadeColumn[] = [];
  for (const { name: given, expression, at } of wanted) {
    const { type, name: own, evaluate } = compile(expression, columns);
    const name = given ?? own ?? `Column${++unnamed}`;
    if (made.some((other) => other.name === name)) throw refuse(at, `There are two columns '${name}'.`);
    made.push({ name, type, evaluate });
  }
  return made;
}

const typesOf = (made: readonly MadeColumn[]): Columns => new Map(made.map(({ name, type }) => [name, type]));

function makeRow(made: readonly MadeColumn[], row: Row): Row {
  const cells: Record<string, unknown> = {};
  for (const { name, evaluate } of made) cells[name] = evaluate(row);
  return cells;
}

function known(at: Token, columns: Columns): string {
  if (!columns.has(at.text)) throw refuse(at, `Failed to resolve column named '${at.text}'`);
  return at.text;
}

interface Groups {
  readonly columns: Columns;
  readonly rows: readonly { readonly key: Row; readonly size: number }[];
}

function group(by: readonly NamedExpression[], { columns, rows }: Table): Groups {
  const made = nameAll(by, columns);
  for (const [index, { type }] of made.entries()) {
    const at = by[index]?.at;
    if (type === "dynamic" && at) throw refuse(at, "A dynamic value cannot be grouped by; convert it first.");
  }
  const sizes = new Map<string, { key: Row; size: number }>();
  for (const row of rows) {
    const key = makeRow(made, row);
    const id = JSON.stringify(key);
    const seen = sizes.get(id);
    if (seen) seen.size += 1;
    else sizes.set(id, { key, size: 1 });
  }
  return { columns: typesOf(made), rows: [...sizes.values()] };
}

function sort(keys: readonly SortKey[], { columns, rows }: Table): readonly Row[] {
  const sorters = keys.map(({ expression, descending, at }) => {
    const { type, evaluate } = compile(expression, columns);
    if (type === "dynamic") throw refuse(at, "A dynamic value cannot be sorted by; convert it first.");
    return { evaluate, direction: descending ? -1 : 1 };
  });
  const keyed = Array.from(rows, (row) => ({
    row,
    cells: sorters.map(({ evaluate }) => evaluate(row)),
  }));
  keyed.sort((a, b) => {
    for (const [index, { direction }] of sorters.entries()) {
      const order = compareValues(a.cells[index], b.cells[index]);
      if (order !== 0) return order * direction;
    }
    return 0;
  });
  return keyed.map(({ row }) => row);
}

/** Cells as Azure answers them: a missing string is empty, anything else missing is null. */
export function answerCells({ columns }: Table, row: Row): readonly unknown[] {
  return [...columns].map(([name, type]) => (type === "string" ? toText(row[name]) : (row[name] ?? null)));
}
