/** The types a value of a query can have here; `dynamic` is any JSON. */
export type ScalarType = "string" | "bool" | "long" | "dynamic";

export type Comparison =
  | "=="
  | "!="
  | "=~"
  | "!~"
  | "<"
  | "<="
  | ">"
  | ">="
  | "has"
  | "!has"
  | "contains"
  | "!contains"
  | "startswith"
  | "!startswith";

export type Membership = "in" | "in~" | "!in" | "!in~";

/** A piece of the query's text, with where it stands (lines count from 1, columns from 0, as Azure's errors do). */
export interface Token {
  readonly kind: "name" | "string" | "number" | "symbol" | "end";
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

export type Expression =
  | {
      readonly kind: "literal";
      readonly type: ScalarType;
      readonly value: string | number | boolean;
    }
  | { readonly kind: "column"; readonly name: string; readonly at: Token }
  | {
      readonly kind: "member";
      readonly of: Expression;
      readonly key: string | number;
      readonly at: Token;
    }
  | {
      readonly kind: "call";
      readonly name: string;
      readonly args: readonly Expression[];
      readonly at: Token;
    }
  | {
      readonly kind: "both" | "either";
      readonly left: Expression;
      readonly right: Expression;
      readonly at: Token;
    }
  | {
      readonly kind: "compare";
      readonly operator: Comparison;
      readonly left: Expression;
      readonly right: Expression;
      readonly at: Token;
    }
  | {
      readonly kind: "listed";
      readonly operator: Membership;
      readonly left: Expression;
      readonly list: readonly Expression[];
      readonly at: Token;
    };

/** `name = expression`, or an expression that names itself. */
export interface NamedExpression {
  readonly name: string | undefined;
  readonly expression: Expression;
  readonly at: Token;
}

export interface SortKey {
  readonly expression: Expression;
  readonly descending: boolean;
  readonly at: Token;
}

export type Operator =
  | {
      readonly kind: "where";
      readonly predicate: Expression;
      readonly at: Token;
    }
  | {
      readonly kind: "project" | "extend";
      readonly columns: readonly NamedExpression[];
      readonly at: Token;
    }
  | {
      readonly kind: "project-away" | "distinct";
      readonly names: readonly Token[];
      readonly at: Token;
    }
  | {
      readonly kind: "order";
      readonly keys: readonly SortKey[];
      readonly at: Token;
    }
  | {
      readonly kind: "summarize";
      readonly countName: string;
      readonly by: readonly NamedExpression[];
      readonly at: Token;
    }
  | { readonly kind: "count"; readonly at: Token }
  | { readonly kind: "take"; readonly rows: number; readonly at: Token };

/** A parsed query: a table and what is done with its rows, in order. */
export interface Query {
  readonly table: Token;
  readonly operators: readonly Operator[];
}
