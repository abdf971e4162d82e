import { describe, expect, it } from "vitest";
import { createEmulatedAzure } from "../../../src/emulator/azure.ts";
import type { RawObject } from "../../../src/emulator/estate/world.ts";
import { textOf } from "../../../src/emulator/service.ts";
import { estateOf, payments, search, smallWorld } from "../../support/world-small.ts";

function assignment(name: string, scope: string, type = "roleassignments"): RawObject {
  const [, subscriptionId = ""] = /^\/subscriptions\/([^/]+)/.exec(scope) ?? [];
  return {
    id: `${scope === "/" ? "" : scope}/providers/Microsoft.Authorization/${type}/${name}`,
    name,
    type: `microsoft.authorization/${type}`,
    subscriptionId,
    properties: { scope },
  };
}

const group = (name: string) => `/providers/Microsoft.Management/managementGroups/${name}`;

const world = smallWorld({
  rows: [
    assignment("tenant", "/"),
    assignment("root", group("mg-root")),
    assignment("shop", group("MG-Shop")),
    assignment("elsewhere", group("mg-elsewhere")),
    assignment("pay", `/subscriptions/${payments}`),
    assignment("pay-group", `/subscriptions/${payments}/resourceGroups/rg-one`),
    assignment("search", `/subscriptions/${search}`),
    {
      id: "/providers/Microsoft.Authorization/RoleDefinitions/owner",
      name: "owner",
      type: "microsoft.authorization/roledefinitions",
      subscriptionId: "",
      properties: {},
    },
  ],
});

async function namesOf(
  scope: RawObject,
  filter?: string,
  type = "roleassignments",
): Promise<readonly string[]> {
  const azure = createEmulatedAzure({ estate: estateOf(world) });
  const outcome = await azure.handle({
    method: "POST",
    url: "https://management.azure.com/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01",
    headers: { authorization: `Bearer ${azure.issueToken("https://management.azure.com").token}` },
    body: JSON.stringify({
      query: `authorizationresources | where type =~ 'microsoft.authorization/${type}' | project id, name | order by name asc`,
      ...scope,
      options: { ...(filter !== undefined && { authorizationScopeFilter: filter }) },
    }),
  });
  if (typeof outcome === "string") throw new Error(outcome);
  const { data } = JSON.parse(textOf(outcome));
  return data.map(({ name }: { readonly name: string }) => name);
}

describe("the scope of assignments", () => {
  const ofPayments = { subscriptions: [payments] };

  it.each([
    ["AtScopeAndBelow", ["pay", "pay-group"]],
    ["AtScopeAndAbove", ["pay", "root", "shop", "tenant"]],
    ["AtScopeAboveAndBelow", ["pay", "pay-group", "root", "shop", "tenant"]],
    ["AtScopeExact", ["pay"]],
  ])("%s of a subscription shows %s", async (filter, names) => {
    expect(await namesOf(ofPayments, filter)).toEqual(names);
  });

  it("is at the subscription and below when nothing is said", async () => {
    expect(await namesOf(ofPayments)).toEqual(["pay", "pay-group"]);
  });

  it("shows what is above any of several subscriptions once", async () => {
    expect(await namesOf({ subscriptions: [payments, search] }, "AtScopeAndAbove")).toEqual([
      "pay",
      "root",
      "search",
      "shop",
      "tenant",
    ]);
  });

  it("shows everything of the tenant to those who name no place", async () => {
    expect(await namesOf({})).toHaveLength(7);
  });

  it("shows role definitions to those who name no place, and to nobody else", async () => {
    expect(await namesOf({}, undefined, "roledefinitions")).toEqual(["owner"]);
    expect(await namesOf(ofPayments, "AtScopeAboveAndBelow", "roledefinitions")).toEqual([]);
  });
});
