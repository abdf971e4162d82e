import { describe, expect, it } from "vitest";
import { refusals } from "./kusto-language.ts";

const accepted = {
  "the fleet": `resources | where type =~ 'microsoft.containerservice/managedclusters'
    | project id, name, type, location, resourceGroup, subscriptionId, tenantId, sku, identity, tags, properties
    | order by id asc`,
  "a subscription's chain": `resourcecontainers | where type =~ 'microsoft.resources/subscriptions'
    | project subscriptionId, name, state=tostring(properties.state), chain=properties.managementGroupAncestorsChain`,
  "one cross-table join": `resources | join kind=leftouter (resourcecontainers | project subscriptionId, subscription=name) on subscriptionId
    | project id, subscription`,
  "three joins with the containers": `resources
    | join kind=inner (resourcecontainers | project subscriptionId) on subscriptionId
    | join kind=inner (resourcecontainers | project subscriptionId) on subscriptionId
    | join kind=inner (resourcecontainers | project subscriptionId) on subscriptionId | project id`,
  "two expansions":
    "resources | mv-expand a = properties.x | mv-expand b = properties.y limit 400 | project id",
  "a union of containers": "resources | project id | union (resourcecontainers | project id)",
  "a part of the fleet": "resources | where hash(tolower(id)) % 4 == 1 | project id",
};

const refused = {
  "an unknown column": ["resources | project clusterName", "clusterName"],
  "an unknown table": ["clusters | project id", "clusters"],
  "an unknown function": ["resources | where looksgood(id)", "looksgood"],
  "a Kusto function Resource Graph is not known to have": [
    "resources | extend a = ingestion_time()",
    "ingestion_time",
  ],
  "a condition that is none": ["resources | where tostring(properties.x)", "bool"],
  "a let": ["let kind = 'a'; resources | where name == kind", "statement"],
  "two statements": ["resources | count; resources | count", "one statement"],
  "mv-apply": [
    "resources | mv-apply p = properties.x on (where tostring(p) == 'a') | project id",
    "mv-apply",
  ],
  serialize: ["resources | serialize | project id", "serialize"],
  print: ["print 1", "print"],
  "rows out of nothing": ["datatable(id:string) ['a'] | project id", "tables only"],
  "four joins": [
    `resources ${"| join kind=inner (resources | project id) on id ".repeat(4)}| project id`,
    "at most 3 joins",
  ],
  "a join of a forbidden kind": [
    "resources | join kind=fullouter (resources | project id) on id | project id",
    "fullouter",
  ],
  "a join hint": [
    "resources | join hint.strategy=broadcast kind=inner (resources | project id) on id | project id",
    "hints",
  ],
  "two other tables": [
    `resources | join kind=inner (policyresources | project id) on id
     | join kind=inner (securityresources | project id) on id | project id`,
    "other table",
  ],
  "a join from a table that is only joined to": [
    "securityresources | join kind=inner (resources | project id) on id | project id",
    "only be joined to",
  ],
  "three expansions": [
    "resources | mv-expand a=properties.x | mv-expand b=properties.x | mv-expand c=properties.x",
    "mv-expand",
  ],
  "a wide expansion": ["resources | mv-expand a=properties.x limit 1000", "400"],
  "a union of strangers": ["resources | project id | union (securityresources | project id)", "union"],
  "a union that guesses": ["resources | union isfuzzy=true (resources) | project id", "guess"],
} satisfies Record<string, readonly [query: string, word: string]>;

describe("what Resource Graph would refuse", () => {
  it.each(Object.entries(accepted))("lets %s pass", (_, query) => {
    expect(refusals(query)).toEqual([]);
  });

  it.each(Object.entries(refused))("refuses %s", (_, [query, word]) => {
    expect(refusals(query).join("\n")).toContain(word);
  });
});
