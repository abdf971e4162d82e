import { createRequire } from "node:module";
import { graphColumns, graphTables } from "../../src/emulator/resource-graph/graph-tables.ts";

/** A node of a parsed query: `kind` as the language service names it, such as `JoinOperator`. */
export interface SyntaxNode {
  readonly kind: string;
  readonly text: string;
  readonly isOperator: boolean;
  readonly children: readonly SyntaxNode[];
}

/** What Kusto's own language service makes of a query. */
export interface Analysis {
  readonly errors: readonly string[];
  readonly syntax: SyntaxNode;
  /** Names of the columns the query answers. */
  readonly columns: readonly string[];
}

/** The few members used of the package's 43,000 lines of types, which are global and generated from C#. */
interface ForeignNode {
  readonly Kind: number;
  readonly ChildCount: number;
  readonly TextStart: number;
  readonly End: number;
  GetChild(index: number): ForeignNode | null;
}
interface ForeignList<Item> {
  readonly Count: number;
  getItem(index: number): Item;
}
interface Foreign {
  readonly Kusto: {
    readonly Language: {
      readonly GlobalState: { readonly Default: { WithDatabase(database: unknown): unknown } };
      readonly KustoCode: {
        ParseAndAnalyze(
          text: string,
          globals: unknown,
        ): {
          readonly Syntax: ForeignNode;
          readonly ResultType: { readonly Columns?: ForeignList<{ readonly Name: string }> } | null;
          GetDiagnostics(): ForeignList<{ readonly Severity: string; readonly Message: string }>;
        };
      };
      readonly Symbols: {
        readonly ScalarTypes: Readonly<Record<"String" | "Dynamic" | "Bool" | "Long", unknown>>;
        readonly ColumnSymbol: { readonly ctor: new (name: string, type: unknown) => unknown };
        readonly TableSymbol: { readonly $ctor4: new (name: string, columns: unknown[]) => unknown };
        readonly DatabaseSymbol: { readonly ctor: new (name: string, tables: unknown[]) => unknown };
      };
      readonly Syntax: { readonly SyntaxKind: unknown; readonly QueryOperator: new () => unknown };
    };
  };
  readonly System: { readonly Enum: { toString(type: unknown, value: number): string } };
}

const require = createRequire(import.meta.url);
require("@kusto/language-service-next/bridge.js");
require("@kusto/language-service-next");
// The package hangs its namespaces on the global object; Foreign lists what is used of them.
const { Kusto, System } = globalThis as unknown as Foreign;
const { GlobalState, KustoCode, Symbols, Syntax } = Kusto.Language;

const { Bool, Dynamic, Long, String: Text } = Symbols.ScalarTypes;
const types = { string: Text, bool: Bool, long: Long, dynamic: Dynamic } as const;
const columns = [...graphColumns].map(([name, type]) => new Symbols.ColumnSymbol.ctor(name, types[type]));
const tables = [...graphTables].map((name) => new Symbols.TableSymbol.$ctor4(name, columns));
const globals = GlobalState.Default.WithDatabase(new Symbols.DatabaseSymbol.ctor("graph", tables));

/** Parses and binds a query against the tables of Resource Graph, each with the common columns. */
export function analyze(query: string): Analysis {
  const code = KustoCode.ParseAndAnalyze(query, globals);
  return {
    errors: listOf(code.GetDiagnostics())
      .filter(({ Severity }) => Severity === "Error")
      .map(({ Message }) => Message),
    syntax: toNode(code.Syntax, query),
    columns: listOf(code.ResultType?.Columns).map(({ Name }) => Name),
  };
}

function toNode(node: ForeignNode, query: string): SyntaxNode {
  const children: SyntaxNode[] = [];
  for (let index = 0; index < node.ChildCount; index += 1) {
    const child = node.GetChild(index);
    if (child) children.push(toNode(child, query));
  }
  return {
    kind: System.Enum.toString(Syntax.SyntaxKind, node.Kind),
    text: query.slice(node.TextStart, node.End),
    isOperator: node instanceof Syntax.QueryOperator,
    children,
  };
}

function listOf<Item>(list: ForeignList<Item> | undefined): readonly Item[] {
  return Array.from({ length: list?.Count ?? 0 }, (_, index) => {
    if (!list) throw new Error("An absent list has no items.");
    return list.getItem(index);
  });
}
