import { describe, expect, it } from "vitest";
import type { RawObject } from "../../../../src/emulator/estate/world.ts";
import type { Fault } from "../../../../src/emulator/faults.ts";
import {
  assignment,
  control,
  issuer,
  place,
  roles,
  workload,
  worldWith,
} from "../../../support/access-world.ts";
import { readFacts } from "../../../support/fact-source.ts";
import { clusterRow, payments, search } from "../../../support/world-small.ts";

const identity: RawObject = {
  id: place.identity,
  name: "id-web",
  type: "microsoft.managedidentity/userassignedidentities",
  resourceGroup: "rg-id",
  subscriptionId: search,
  properties: { principalId: workload },
};

function credential(name: string, properties: RawObject): Readonly<Record<string, RawObject>> {
  const id = `${place.identity}/federatedIdentityCredentials/${name}`;
  return { [id.toLowerCase()]: { id, name, properties } };
}

const trusting = credential("web", { issuer, subject: "system:serviceaccount:web:web" });
const mighty = [identity, assignment(workload, roles.contributor, place.subscription)];

async function read(
  rows: readonly RawObject[],
  armOnly: Readonly<Record<string, RawObject>>,
  faults: readonly Fault[] = [],
  properties: RawObject = {},
  subscriptionIds: readonly string[] = [payments, search],
) {
  const { of, requests } = await readFacts(
    "federatedIdentities",
    worldWith(rows, { armOnly }, properties),
    faults,
    {},
    subscriptionIds,
  );
  const asked = requests.filter(({ service }) => service === "federatedCredentials").length;
  return { reading: of("aks-pay-1").federatedIdentities, asked };
}

describe("the identities that trust a cluster", () => {
  it("are told with their credential and their mighty roles", async () => {
    const { reading } = await read(mighty, trusting);
    expect(reading).toMatchObject({
      state: "collected",
      value: {
        identities: [{ path: `${place.identity}/federatedIdentityCredentials/web`, principalId: workload }],
        grants: [{ principalId: workload, scope: place.subscription }],
      },
    });
  });

  it.each([
    ["in another casing", issuer.toUpperCase(), 1],
    ["without the slash at its end", issuer.slice(0, -1), 1],
    ["of another cluster", `${issuer}two/`, 0],
    ["of a pipeline", "https://token.actions.githubusercontent.com", 0],
  ])("are told by the issuer %s", async (_, other, count) => {
    const { reading } = await read(mighty, credential("web", { issuer: other }));
    expect(reading).toMatchObject({ state: "collected" });
    expect(reading?.state === "collected" ? reading.value.identities : []).toHaveLength(count);
  });

  it("are not asked for whom they trust while their roles are small", async () => {
    const small = [
      identity,
      assignment(workload, roles.reader, place.subscription),
      assignment(
        workload,
        roles.contributor,
        `${place.group}/providers/Microsoft.Storage/storageAccounts/sa`,
      ),
    ];
    const { reading, asked } = await read(small, trusting);
    expect(reading).toMatchObject({ state: "collected", value: { identities: [] } });
    expect(asked).toBe(0);
  });

  it("are found whatever subscription their roles are in, and told with those in node groups elsewhere", async () => {
    const elsewhere = `/subscriptions/${search}/resourceGroups/rg-far`;
    const nodeGroup = `/subscriptions/${search}/resourceGroups/MC_far`;
    const far = [elsewhere, nodeGroup].map((scope) => assignment(workload, roles.owner, scope));
    const { reading } = await read([identity, ...far], trusting);
    expect(reading).toMatchObject({
      state: "collected",
      value: { grants: expect.arrayContaining([expect.objectContaining({ scope: nodeGroup })]) },
    });
  });

  it.each([
    ["a role in a group that has the name of a node group", roles.owner],
    ["a role that nobody shows", roles.nobodyShows],
  ])("are the same whichever subscriptions are read with theirs, by %s", async (_, role) => {
    const far = `/subscriptions/${search}/resourceGroups/MC_far`;
    for (const subscriptionIds of [[payments, search], [payments]]) {
      const { reading } = await read(
        [identity, assignment(workload, role, far)],
        trusting,
        [],
        {},
        subscriptionIds,
      );
      expect(reading).toMatchObject({
        state: "collected",
        value: { grants: [{ principalId: workload, scope: far }] },
      });
    }
  });

  it.each([
    ["its own", `${search}/resourceGroups/MC_search-own`, 0],
    ["another one's", `${search}/resourceGroups/MC_search-1`, 1],
  ])(
    "are asked for what the identity of a cluster elsewhere holds in %s node group: %s, %d",
    async (_, group, count) => {
      const own = {
        ...clusterRow(search, "aks-search-own", { nodeResourceGroup: "MC_search-own" }),
        identity: {
          type: "UserAssigned",
          userAssignedIdentities: { [place.identity]: { principalId: workload } },
        },
      };
      const rows = [own, identity, assignment(workload, roles.contributor, `/subscriptions/${group}`)];
      for (const subscriptionIds of [[payments, search], [payments]]) {
        const { reading, asked } = await read(rows, trusting, [], {}, subscriptionIds);
        expect(reading).toMatchObject({ state: "collected" });
        expect(asked).toBe(count);
      }
    },
  );

  it("are told with a role of the cluster's own subscription that nobody shows", async () => {
    const { reading } = await read(
      [identity, assignment(workload, roles.nobodyShows, place.subscription)],
      trusting,
    );
    expect(reading).toMatchObject({ value: { grants: [{ role: { powers: null } }] } });
  });

  it("are not the cluster's own identity for what it holds in its node resource group, which nothing is asked for", async () => {
    const own = { ...identity, properties: { principalId: control } };
    const { reading, asked } = await read(
      [own, assignment(control, roles.contributor, place.nodeGroup)],
      trusting,
    );
    expect(reading).toMatchObject({ state: "collected", value: { identities: [] } });
    expect(asked).toBe(0);
  });

  it("are told when nothing but a node resource group makes them mighty", async () => {
    const { reading } = await read(
      [identity, assignment(workload, roles.contributor, place.nodeGroup)],
      trusting,
    );
    expect(reading).toMatchObject({
      state: "collected",
      value: { grants: [{ principalId: workload, scope: place.nodeGroup }] },
    });
  });

  it("are nobody's for a cluster without an issuer, of which nothing is asked", async () => {
    const { reading, asked } = await read(mighty, trusting, [], { oidcIssuerProfile: { enabled: false } });
    expect(reading).toMatchObject({ state: "collected", value: { identities: [], grants: [] } });
    expect(asked).toBe(0);
  });

  it("may be more than was read when an identity does not show whom it trusts", async () => {
    const { reading } = await read(mighty, trusting, [
      { match: { service: "federatedCredentials" }, kind: "403" },
    ]);
    expect(reading).toMatchObject({
      state: "partial",
      gap: { scope: place.identity, reason: "accessDenied", remedy: expect.stringContaining("Reader") },
    });
  });

  it("may be more than was read when a credential cannot be made out", async () => {
    const { reading } = await read(mighty, credential("web", { issuer: 7 }));
    expect(reading).toMatchObject({
      state: "partial",
      gap: { reason: "malformed", detail: expect.stringContaining("properties.issuer is a number") },
    });
  });

  it("may be more than was read when the identities of the tenant are not to be listed", async () => {
    const { reading } = await read(mighty, trusting, [
      { match: { service: "resourceGraph", bodyIncludes: "userassignedidentities" }, kind: "403" },
    ]);
    expect(reading).toMatchObject({ state: "partial", gap: { reason: "accessDenied" } });
  });
});
