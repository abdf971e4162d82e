import { functions } from "./functions.ts";
import { QueryRefusal, refuse } from "./refusal.ts";
import type { Comparison, Expression, ScalarType } from "./syntax.ts";
import { hasTerm, isEqual, isNull, toText, type Value } from "./values.ts";

/** A row while a query runs over it; columns it lacks are null. */
export type Row = Readonly<Record<string, unknown>>;

/** Names and types of the columns at one point of a query, in order. */
export type Columns = ReadonlyMap<string, ScalarType>;

/** An expression that found its columns: its type, the name it gives a column, and its value for a row. */
export interface Compiled {
  readonly type: ScalarType;
  /** Undefined where Kusto makes one up (`Column1`). */
  readonly name: string | undefined;
  readonly evaluate: (row: Row) => Value;
}

/** Resolves an expression against the columns it may name. @throws QueryRefusal for unknown names and types that do not fit */
export function compile(expression: Expression, columns: Columns): Compiled {
  switch (expression.kind) {
    case "literal": {
      const { type, value } = expression;
      return { type, name: undefined, evaluate: () => value };
    }
    case "column": {
      const { name, at } = expression;
      const type = columns.get(name);
      if (!type) throw refuse(at, `Failed to resolve scalar expression named '${name}'`);
      // Strings are never null in Kusto.
      return {
        type,
        name,
        evaluate: type === "string" ? (row) => row[name] ?? "" : (row) => row[name],
      };
    }
    case "member":
      return compileMember(expression, columns);
    case "call":
      return compileCall(expression, columns);
    case "both":
    case "either": {
      const left = compilePredicate(expression.left, columns);
      const right = compilePredicate(expression.right, columns);
      const evaluate =
        expression.kind === "both"
          ? (row: Row) => left(row) && right(row)
          : (row: Row) => left(row) || right(row);
      return { type: "bool", name: undefined, evaluate };
    }
    case "compare":
      return compileComparison(expression, columns);
    case "listed":
      return compileListed(expression, columns);
    default:
      return expression satisfies never;
  }
}

/** An expression that must be a condition; null counts as false. */
export function compilePredicate(expression: Expression, columns: Columns): (row: Row) => boolean {
  const { type, evaluate } = compile(expression, columns);
  if (type !== "bool") throw new QueryRefusal("ParserFailure", "A condition must be of type bool.");
  return (row) => evaluate(row) === true;
}

type Kind<K extends Expression["kind"]> = Extract<Expression, { kind: K }>;

function compileMember({ of, key, at }: Kind<"member">, columns: Columns): Compiled {
  const { type, name, evaluate } = compile(of, columns);
  if (type !== "dynamic") throw refuse(at, "Only a dynamic value has members.");
  return {
    type: "dynamic",
    name: typeof key === "string" && /^\w+$/.test(key) && name !== undefined ? `${name}_${key}` : undefined,
    evaluate: (row) => memberOf(evaluate(row), key),
  };
}

function memberOf(value: Value, key: string | number): Value {
  if (typeof value !== "object" || value === null) return null;
  if (Array.isArray(value)) return typeof key === "number" ? value[key] : null;
  return Object.hasOwn(value, key) ? Reflect.get(value, key) : null;
}

function compileCall({ name, args, at }: Kind<"call">, columns: Columns): Compiled {
  const called = functions.get(name);
  if (!called) throw new QueryRefusal("UnknownFunction", `Unknown function: '${name}'.`);
  if (args.length !== called.takes.length) throw refuse(at, `${name}(): wrong number of arguments.`);
  const compiled = args.map((arg) => compile(arg, columns));
  for (const [index, { type }] of compiled.entries()) {
    if (!called.takes[index]?.includes(type)) throw refuse(at, `${name}(): an argument cannot be ${type}.`);
  }
  return {
    type: called.gives,
    name: called.keepsName ? compiled[0]?.name : undefined,
    evaluate: (row) => called.call(...compiled.map(({ evaluate }) => evaluate(row))),
  };
}

const tests: Readonly<Record<Comparison, (left: Value, right: Value) => boolean>> = {
  "==": isEqual,
  // Kusto: null != something is true, null != null is null.
  "!=": (left, right) => !(isNull(left) && isNull(right)) && !isEqual(left, right),
  "=~": (left, right) => toText(left).toLowerCase() === toText(right).toLowerCase(),
  "!~": (left, right) => toText(left).toLowerCase() !== toText(right).toLowerCase(),
  "<": (left, right) => !isNull(left) && Number(left) < Number(right),
  "<=": (left, right) => !isNull(left) && Number(left) <= Number(right),
  ">": (left, right) => !isNull(left) && Number(left) > Number(right),
  ">=": (left, right) => !isNull(left) && Number(left) >= Number(right),
  has: (left, right) => hasTerm(toText(left), toText(right)),
  "!has": (left, right) => !hasTerm(toText(left), toText(right)),
  contains: (left, right) => toText(left).toLowerCase().includes(toText(right).toLowerCase()),
  "!contains": (left, right) => !toText(left).toLowerCase().includes(toText(right).toLowerCase()),
  startswith: (left, right) => toText(left).toLowerCase().startsWith(toText(right).toLowerCase()),
  "!startswith": (left, right) => !toText(left).toLowerCase().startsWith(toText(right).toLowerCase()),
};

function compileComparison({ operator, left, right, at }: Kind<"compare">, columns: Columns): Compiled {
  const [a, b] = [compile(left, columns), compile(right, columns)];
  const isOrder = operator.startsWith("<") || operator.startsWith(">");
  const isPlain = operator === "==" || operator === "!=";
  const fits = isOrder
    ? a.type === "long" && b.type === "long"
    : isPlain
      ? a.type === b.type || a.type === "dynamic" || b.type === "dynamic"
      : [a.type, b.type].every((type) => type === "string" || type === "dynamic");
  if (!fits) throw refuse(at, `The operator ${operator} cannot compare ${a.type} with ${b.type}.`);
  const test = tests[operator];
  return {
    type: "bool",
    name: undefined,
    evaluate: (row) => test(a.evaluate(row), b.evaluate(row)),
  };
}

function compileListed({ operator, left, list, at }: Kind<"listed">, columns: Columns): Compiled {
  const value = compile(left, columns);
  const items = list.map((item) => compile(item, columns));
  if (items.some(({ type }) => type !== value.type && value.type !== "dynamic")) {
    throw refuse(at, `The operator ${operator} needs a list of ${value.type}.`);
  }
  const test = operator.endsWith("~") ? tests["=~"] : tests["=="];
  const isWanted = !operator.startsWith("!");
  return {
    type: "bool",
    name: undefined,
    evaluate: (row) => {
      const found = value.evaluate(row);
      return items.some((item) => test(found, item.evaluate(row))) === isWanted;
    },
  };
}
