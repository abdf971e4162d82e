import { describe, expect, it } from "vitest";
import { graphColumns } from "../../../../src/emulator/resource-graph/graph-tables.ts";
import { answerCells, evaluate } from "../../../../src/emulator/resource-graph/kusto/evaluate.ts";
import { parseQuery } from "../../../../src/emulator/resource-graph/kusto/parse.ts";
import { columnsOf, refusals } from "../../../support/kusto-language.ts";

const rows = [
  {
    id: "/a",
    name: "alpha-west",
    type: "t/one",
    location: "westeurope",
    tags: { owner: "payments", "cost-center": "1" },
    properties: { on: true, count: 3, power: { code: "Running" }, pools: [{ os: "Linux" }] },
  },
  {
    id: "/B",
    name: "beta",
    type: "t/two",
    location: "northeurope",
    tags: null,
    properties: { on: false, count: 20, power: { code: "Stopped" }, flag: "True" },
  },
  { id: "/c", name: "Gamma", type: "t/one", location: "westeurope", properties: { count: "7" } },
];

function run(query: string): readonly (readonly unknown[])[] {
  const result = evaluate(parseQuery(query).operators, { columns: graphColumns, rows });
  return result.rows.map((row) => answerCells(result, row));
}

/** The first cell of every row left. */
const left = (operators: string): readonly unknown[] => run(`resources | ${operators} | project id`).flat();

const conditions: Readonly<Record<string, readonly string[]>> = {
  "type =~ 'T/ONE'": ["/a", "/c"],
  "type == 'T/ONE'": [],
  "type != 't/one'": ["/B"],
  "type !~ 'T/ONE'": ["/B"],
  "name in ('beta', 'gamma')": ["/B"],
  "name in~ ('beta', 'gamma')": ["/B", "/c"],
  "name !in ('beta')": ["/a", "/c"],
  "name !in~ ('BETA', 'gamma')": ["/a"],
  "name has 'alpha'": ["/a"],
  "name has 'alph'": [],
  "name !has 'west'": ["/B", "/c"],
  "name contains 'AMM'": ["/c"],
  "name !contains 'a'": [],
  "name startswith 'g'": ["/c"],
  "name !startswith 'g'": ["/a", "/B"],
  "properties.power.code =~ 'running'": ["/a"],
  "properties['power']['code'] == 'Stopped'": ["/B"],
  "tags['cost-center'] == '1'": ["/a"],
  "tags.['owner'] == 'payments'": ["/a"],
  "properties.pools[0].os == 'Linux'": ["/a"],
  "properties.on == true": ["/a"],
  "properties.on != true": ["/B", "/c"],
  "tobool(properties.on)": ["/a"],
  "tobool(properties.flag)": ["/B"],
  "isnull(properties.on)": ["/c"],
  "isnotnull(properties.on)": ["/a", "/B"],
  "isempty(tostring(tags))": ["/B", "/c"],
  "isnotempty(tags.owner)": ["/a"],
  "toint(properties.count) > 5": ["/B", "/c"],
  "toint(properties.count) <= 7 and not(isnull(properties.on))": ["/a"],
  "name == 'beta' or type == 't/one' and location == 'nowhere'": ["/B"],
  "(name == 'beta' or type == 't/one') and location == 'westeurope'": ["/a", "/c"],
  "tolower(id) == '/b'": ["/B"],
  "toupper(name) == 'BETA'": ["/B"],
  "array_length(properties.pools) == 1": ["/a"],
  "name == \"be\" or name == @'beta'": ["/B"],
};

describe("a query over rows", () => {
  it.each(Object.entries(conditions))("keeps what meets: %s", (condition, ids) => {
    expect(left(`where ${condition}`)).toEqual(ids);
    expect(refusals(`resources | where ${condition}`)).toEqual([]);
  });

  const shapes: Readonly<Record<string, readonly (readonly unknown[])[]>> = {
    "resources | project name, on = properties.on | take 2": [
      ["alpha-west", true],
      ["beta", false],
    ],
    "resources | project kind, managedBy, plan, tags.owner | limit 1": [["", "", null, "payments"]],
    "resources | extend code = tostring(properties.power.code) | where code == '' | project name, code": [
      ["Gamma", ""],
    ],
    "resources | project id, name, type | project-away id, type | sort by name asc": [
      ["Gamma"],
      ["alpha-west"],
      ["beta"],
    ],
    "resources | order by type asc, name desc | project name": [["alpha-west"], ["Gamma"], ["beta"]],
    "resources | order by name | project name": [["beta"], ["alpha-west"], ["Gamma"]],
    "resources | order by tobool(properties.on) asc | project name": [["Gamma"], ["beta"], ["alpha-west"]],
    "resources | summarize count() by type": [
      ["t/one", 2],
      ["t/two", 1],
    ],
    "resources | summarize clusters = count() by location, tostring(properties.power.code)": [
      ["westeurope", "Running", 1],
      ["northeurope", "Stopped", 1],
      ["westeurope", "", 1],
    ],
    "resources | where name == 'none' | summarize count()": [[0]],
    "resources | where type =~ 't/one' | count": [[2]],
    "resources | distinct type, location": [
      ["t/one", "westeurope"],
      ["t/two", "northeurope"],
    ],
    "resources // the table\n| project tolower(name), toint(properties.count), isnull(tags)": [
      ["alpha-west", 3, false],
      ["beta", 20, true],
      ["gamma", 7, true],
    ],
  };

  it.each(Object.entries(shapes))("answers: %s", (query, cells) => {
    expect(run(query)).toEqual(cells);
  });

  it.each(Object.keys(shapes))("names columns as Kusto does: %s", (query) => {
    const { columns } = evaluate(parseQuery(query).operators, { columns: graphColumns, rows });
    expect(refusals(query)).toEqual([]);
    expect([...columns.keys()]).toEqual(columnsOf(query));
  });

  const refused = {
    "an unknown column": "resources | where cluster == 'a'",
    "a column that was projected away": "resources | project id | where name == 'a'",
    "an unknown column to take away": "resources | project-away cluster",
    "an unknown function": "resources | where looksgood(name)",
    "a wrong number of arguments": "resources | where tolower(name, name) == 'a'",
    "an argument of a wrong type": "resources | where array_length(name) == 1",
    "a condition that is none": "resources | where name",
    "a member of a string": "resources | where name.first == 'a'",
    "a string compared with a number": "resources | where name == 1",
    "an order of strings": "resources | where name > 'a'",
    "sorting by a dynamic value": "resources | order by properties.count",
    "grouping by a dynamic value": "resources | summarize count() by properties.count",
    "another aggregation": "resources | summarize dcount(name) by type",
    "an operator not known here": "resources | serialize",
    "no operator": "resources |",
    "words after the end": "resources | count resources",
    "a string without its end": "resources | where name == 'a",
    "a take without a number": "resources | take many",
    "two columns of one name": "resources | project a = id, a = name",
    nothing: "",
  };

  it.each(Object.entries(refused))("refuses %s", (_, query) => {
    expect(() => run(query)).toThrow(expect.objectContaining({ name: "QueryRefusal" }));
  });

  it("points at what it did not understand", () => {
    expect(() => run("resources\n| where name is 'a'")).toThrow(
      expect.objectContaining({
        code: "ParserFailure",
        at: expect.objectContaining({ line: 2, column: 13, text: "is" }),
      }),
    );
  });
});
