import { graphTables } from "../../src/emulator/resource-graph/graph-tables.ts";
import { functions as emulated } from "../../src/emulator/resource-graph/kusto/functions.ts";
import { analyze, type SyntaxNode } from "./kusto-engine.ts";

/**
 * Why Resource Graph would not run a query; empty for a query that it would. Kusto's own language service judges
 * syntax, columns, types and functions; what Resource Graph has of Kusto, and how much of it, is checked on top
 * (its documentation: "Understanding the Azure Resource Graph query language").
 */
export function refusals(query: string): string[] {
  const { errors, syntax } = analyze(query);
  const nodes = walk(syntax);
  return [
    ...errors,
    ...foreignStatements(nodes),
    ...foreignOperators(nodes),
    ...foreignFunctions(nodes),
    ...foreignSources(nodes),
    ...joinsBeyondLimits(nodes),
    ...expansionsBeyondLimits(nodes),
    ...unionsBeyondLimits(nodes),
  ];
}

/** The names of the columns a query answers. */
export function columnsOf(query: string): readonly string[] {
  return analyze(query).columns;
}

/** Tabular operators by the language service's names for them; `sort` is also order, `take` also limit. */
const operators: ReadonlySet<string> = new Set([
  "CountOperator",
  "DistinctOperator",
  "ExtendOperator",
  "FilterOperator",
  "JoinOperator",
  "MvExpandOperator",
  "ParseOperator",
  "ProjectOperator",
  "ProjectAwayOperator",
  "SortOperator",
  "SummarizeOperator",
  "TakeOperator",
  "TopOperator",
  "UnionOperator",
]);

/** Functions that Azure's own sample queries use, besides those that the emulator knows. There is no full list. */
const functions: ReadonlySet<string> = new Set([
  ...emulated.keys(),
  ...[
    "ago",
    "array_length",
    "bag_keys",
    "case",
    "coalesce",
    "datetime_diff",
    "extract",
    "hash",
    "iff",
    "iif",
  ],
  ...[
    "indexof",
    "now",
    "parse_json",
    "split",
    "strcat",
    "strlen",
    "substring",
    "todatetime",
    "toreal",
    "trim",
  ],
  ...["avg", "count", "countif", "dcount", "make_list", "make_set", "max", "min", "sum"],
]);

const joinKinds: ReadonlySet<string> = new Set(["innerunique", "inner", "leftouter"]);
/** These may be joined to, not from. */
const joinedToOnly: ReadonlySet<string> = new Set(["securityresources", "maintenanceresources"]);
const mostJoins = 3;
const mostCrossTableJoins = 1;
/** The text says 3, the table of operators 2. */
const mostExpansions = 2;
const mostExpandedRows = 400;
const mostUnionLegs = 3;

function walk(node: SyntaxNode): readonly SyntaxNode[] {
  return [node, ...node.children.flatMap(walk)];
}

const ofKind = (nodes: readonly SyntaxNode[], kind: string): readonly SyntaxNode[] =>
  nodes.filter((node) => node.kind === kind);

function foreignStatements(nodes: readonly SyntaxNode[]): string[] {
  const statements = nodes.filter(({ kind }) => kind.endsWith("Statement"));
  const foreign = statements.filter(({ kind }) => kind !== "ExpressionStatement");
  const several = statements.length - foreign.length > 1 ? ["A query is one statement."] : [];
  return [...foreign.map(({ text }) => `Resource Graph has no such statement: ${text}`), ...several];
}

function foreignOperators(nodes: readonly SyntaxNode[]): string[] {
  return nodes
    .filter(({ isOperator, kind }) => isOperator && !operators.has(kind))
    .map(({ text }) => `Resource Graph has no such operator: ${text}`);
}

function foreignFunctions(nodes: readonly SyntaxNode[]): string[] {
  return ofKind(nodes, "FunctionCallExpression")
    .map(({ text }) => text.slice(0, text.indexOf("(")).trim())
    .filter((name) => !functions.has(name))
    .map((name) => `Not known to exist in Resource Graph: ${name}()`);
}

/** Rows come from tables, not from text or made-up data. */
function foreignSources(nodes: readonly SyntaxNode[]): string[] {
  return nodes
    .filter(({ kind }) =>
      /^(DataTable|ExternalData|ContextualDataTable|Materialize|ToScalar|ToTable)/.test(kind),
    )
    .map(({ text }) => `Resource Graph has tables only: ${text}`);
}

function tableOf(node: SyntaxNode): string | undefined {
  return walk(node).find(({ kind, text }) => kind === "NameReference" && graphTables.has(text))?.text;
}

function joinsBeyondLimits(nodes: readonly SyntaxNode[]): string[] {
  const joins = ofKind(nodes, "JoinOperator");
  const [root] = nodes;
  const main = root && tableOf(root);
  const others = joins.map(tableOf).filter((table) => table !== undefined && table !== main);
  const areContainers = [main, ...others].every(
    (table) => table === "resources" || table === "resourcecontainers",
  );
  const problems = joins.flatMap(joinParameters).flatMap(([name, value]) => {
    if (name !== "kind") return [`Resource Graph takes no join hints: ${name}.`];
    return joinKinds.has(value) ? [] : [`Resource Graph has no join of kind ${value}.`];
  });
  if (joins.length > mostJoins) problems.push(`A query has at most ${mostJoins} joins.`);
  if (others.length > mostCrossTableJoins && !areContainers) {
    problems.push(`A query joins at most ${mostCrossTableJoins} other table.`);
  }
  if (others.length > 0 && main !== undefined && joinedToOnly.has(main)) {
    problems.push(`${main} may only be joined to.`);
  }
  return problems;
}

/** A join's own parameters, not those of joins inside it. */
function joinParameters({ children }: SyntaxNode): readonly (readonly [string, string])[] {
  return ofKind(
    children.flatMap((child) => (child.kind === "List" ? child.children : [])),
    "NamedParameter",
  ).map(({ text }) => {
    const [name = "", value = ""] = text.split("=").map((part) => part.trim());
    return [name, value] as const;
  });
}

function expansionsBeyondLimits(nodes: readonly SyntaxNode[]): string[] {
  const expansions = ofKind(nodes, "MvExpandOperator");
  const tooWide = expansions.filter(
    ({ text }) => Number(/\blimit\s+(\d+)/.exec(text)?.[1] ?? 0) > mostExpandedRows,
  );
  return [
    ...(expansions.length > mostExpansions ? [`A query has at most ${mostExpansions} mv-expand.`] : []),
    ...tooWide.map(() => `mv-expand gives at most ${mostExpandedRows} rows.`),
  ];
}

function unionsBeyondLimits(nodes: readonly SyntaxNode[]): string[] {
  const unions = ofKind(nodes, "UnionOperator");
  if (unions.length === 0) return [];
  const tables = new Set(
    ofKind(nodes, "NameReference")
      .map(({ text }) => text)
      .filter((name) => graphTables.has(name)),
  );
  const legs = unions
    .flatMap(walk)
    .filter(({ kind, text }) => kind === "NameReference" && graphTables.has(text));
  const areContainers = [...tables].every((table) => table === "resources" || table === "resourcecontainers");
  return [
    ...(legs.length > mostUnionLegs ? [`A query has at most ${mostUnionLegs} union legs.`] : []),
    ...(tables.size > 1 && !areContainers
      ? ["union stays in one table, or between resources and resourcecontainers."]
      : []),
    ...(unions.some(({ text }) => /isfuzzy/.test(text)) ? ["union does not guess tables."] : []),
  ];
}
