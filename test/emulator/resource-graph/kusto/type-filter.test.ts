import { describe, expect, it } from "vitest";
import { graphColumns } from "../../../../src/emulator/resource-graph/graph-tables.ts";
import { parseQuery } from "../../../../src/emulator/resource-graph/kusto/parse.ts";
import { typeFilter } from "../../../../src/emulator/resource-graph/kusto/type-filter.ts";

const types = ["a/one", "a/two", "b/one"];

function left(query: string): readonly string[] {
  return types.filter(typeFilter(parseQuery(query).operators, graphColumns));
}

describe("the types a query may let pass", () => {
  it.each([
    ["resources", types],
    ["resources | where type =~ 'A/One'", ["a/one"]],
    ["resources | where type in~ ('a/one', 'B/one') | project id", ["a/one", "b/one"]],
    ["resources | where type startswith 'a/' and type != 'a/one'", ["a/two"]],
    ["resources | where tolower(type) == 'a/two' or type == 'b/one'", ["a/two", "b/one"]],
    ["resources | where name == 'x' | where type == 'a/one'", ["a/one"]],
    ["resources | where type == 'a/one' | where type == 'a/two'", []],
  ])("are told by %s", (query, expected) => {
    expect(left(query)).toEqual(expected);
  });

  it.each([
    ["another column has a say", "resources | where type == 'a/one' or name == 'x'"],
    ["a column of the same name was made", "resources | extend type = name | where type == 'a/one'"],
    ["rows were counted before", "resources | summarize count() by type | where type == 'a/one'"],
  ])("are all when %s", (_, query) => {
    expect(left(query)).toEqual(types);
  });
});
