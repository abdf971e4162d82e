import { describe, expect, it } from "vitest";
import * as queries from "../../../src/adapters/azure/queries.ts";
import { columnsOf, refusals } from "../../support/kusto-language.ts";

const awkwardGroup = "MC_o'hara\\(west)";
const { assignmentsElsewhereQuery, ...others } = queries;
const all = [
  ...Object.entries(others).map(
    ([name, query]) => [name, typeof query === "string" ? query : query(awkwardGroup)] as const,
  ),
  ["assignmentsElsewhereQuery", assignmentsElsewhereQuery(["o'hara"], ["sub-1", "sub-2"])] as const,
  ["assignmentsElsewhereQuery of all there is", assignmentsElsewhereQuery(["o'hara"], [])] as const,
];

describe("the Resource Graph queries", () => {
  it.each(all)("%s is one that Resource Graph runs", (_, query) => {
    expect(refusals(query)).toEqual([]);
  });

  it.each(all)("%s has an id and an order to page by", (_, query) => {
    expect(columnsOf(query)).toContain("id");
    expect(query).toMatch(/\| order by id asc$/);
    expect(query).not.toMatch(/\b(take|limit|top|sample)\b/);
  });
});
