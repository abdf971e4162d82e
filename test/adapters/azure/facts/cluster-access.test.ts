import { describe, expect, it } from "vitest";
import type { RawObject } from "../../../../src/emulator/estate/world.ts";
import type { Fault } from "../../../../src/emulator/faults.ts";
import { assignment, cluster, person, place, roles, worldWith } from "../../../support/access-world.ts";
import { readFacts } from "../../../support/fact-source.ts";
import { payments, search } from "../../../support/world-small.ts";

async function grantsOf(rows: readonly RawObject[], faults: readonly Fault[] = [], name = "aks-pay-1") {
  const { of } = await readFacts("clusterAccess", worldWith(rows), faults);
  const reading = of(name).clusterAccess;
  if (reading === undefined) throw new Error("Nobody read it.");
  return reading;
}

async function scopesOf(...rows: readonly RawObject[]): Promise<readonly string[]> {
  const reading = await grantsOf(rows);
  if (reading.state !== "collected") throw new Error(JSON.stringify(reading));
  return reading.value.grants.filter(({ principalId }) => principalId === person).map(({ scope }) => scope);
}

const admin = (scope: string) => assignment(person, roles.clusterAdmin, scope, "User");

describe("the roles over a cluster", () => {
  it.each(["root", "shop", "subscription", "group", "cluster", "namespace"] as const)(
    "are found where they were assigned at its %s",
    async (name) => {
      expect(await scopesOf(admin(place[name]))).toEqual([place[name]]);
    },
  );

  it("are found at the root of the tenant", async () => {
    expect(
      await scopesOf({ ...admin("/"), id: "/providers/Microsoft.Authorization/RoleAssignments/one" }),
    ).toEqual(["/"]);
  });

  it.each([
    ["another cluster whose name only begins the same", place.sibling],
    ["another subscription", `/subscriptions/${search}`],
    ["a group beside its own", `/subscriptions/${payments}/resourceGroups/rg-aks-pay-10`],
  ])("are not those at %s", async (_, scope) => {
    expect(await scopesOf(admin(scope))).toEqual([]);
  });

  it("are those at a Fleet it is a member of, wherever that is, and at no other", async () => {
    const member = {
      id: `${place.fleet}/members/pay`,
      name: "pay",
      type: "microsoft.containerservice/fleets/members",
      subscriptionId: search,
      properties: { clusterResourceId: cluster.toUpperCase() },
    };
    const grant = assignment(person, roles.fleetAdmin, place.fleet, "User");
    expect(await scopesOf(member, grant)).toEqual([place.fleet]);
    expect(await scopesOf(grant)).toEqual([]);
  });

  it("are known by what the role lets its holder do, exceptions taken off, and not by its name", async () => {
    expect(await grantsOf([assignment(person, roles.operator, place.cluster, "User")])).toMatchObject({
      value: {
        grants: expect.arrayContaining([
          expect.objectContaining({
            principalType: "User",
            role: {
              id: roles.operator,
              name: "Operator of the shop",
              powers: ["clusterAdmin", "clusterWrite"],
            },
          }),
        ]),
      },
    });
  });

  it("hold those whose definition nobody shows, for what they may be, and none that do nothing", async () => {
    const reading = await grantsOf([
      assignment(person, roles.nobodyShows, place.group, "User"),
      assignment(person, roles.reader, place.group, "User"),
    ]);
    expect(reading).toMatchObject({
      state: "collected",
      value: { grants: [{ role: { id: roles.owner } }, { role: { id: roles.nobodyShows, powers: null } }] },
    });
  });

  it("may be more than was read when a management group above is not shown", async () => {
    const id = place.root.toLowerCase();
    const { of } = await readFacts(
      "clusterAccess",
      worldWith([admin(place.cluster)], { missingFromGraph: [id] }),
    );
    expect(of("aks-pay-1").clusterAccess).toMatchObject({
      state: "partial",
      value: { grants: expect.arrayContaining([expect.objectContaining({ principalId: person })]) },
      gap: { scope: place.root, reason: "incomplete", remedy: expect.stringContaining("Reader") },
    });
  });

  it("are all there when a management group shows at least its assignments", async () => {
    const { of } = await readFacts(
      "clusterAccess",
      worldWith([assignment(person, roles.reader, place.root)], {
        missingFromGraph: [place.root.toLowerCase()],
      }),
    );
    expect(of("aks-pay-1").clusterAccess).toMatchObject({ state: "collected" });
  });

  it("are unread where the subscription hides its assignments without a word", async () => {
    const world = worldWith([admin(place.cluster)]);
    const subscriptions = world.subscriptions.map((one) =>
      one.subscriptionId === payments ? { ...one, refusedProviders: ["microsoft.authorization"] } : one,
    );
    const { of } = await readFacts("clusterAccess", { ...world, subscriptions });
    expect(of("aks-pay-1").clusterAccess).toMatchObject({
      state: "partial",
      value: { grants: [] },
      gap: { reason: "accessDenied", scope: place.subscription, remedy: expect.stringContaining("Reader") },
    });
    expect(of("aks-search-1").clusterAccess).toMatchObject({ state: "collected" });
  });

  it.each([
    ["its assignments", "roleassignments"],
    ["the definitions of roles", "roledefinitions"],
    ["the management groups", "managementgroups"],
    ["the members of Fleets", "fleets/members"],
  ])("may be more than was read when Azure refuses %s", async (_, bodyIncludes) => {
    const faults: readonly Fault[] = [{ match: { service: "resourceGraph", bodyIncludes }, kind: "403" }];
    expect(await grantsOf([admin(place.cluster)], faults)).toMatchObject({
      state: "partial",
      gap: { reason: "accessDenied", remedy: expect.stringContaining("Reader") },
    });
  });

  it("may be more than was read when an assignment in reach cannot be made out", async () => {
    const broken = admin(place.group);
    const row = { ...broken, properties: { ...(broken.properties as object), principalId: 7 } };
    expect(await grantsOf([row])).toMatchObject({
      state: "partial",
      gap: { reason: "malformed", detail: "principalId is a number, not a string." },
    });
    expect(await grantsOf([row], [], "aks-search-1")).toMatchObject({ state: "collected" });
  });

  it("are asked for once, however many clusters there are", async () => {
    const { requests } = await readFacts("clusterAccess", worldWith([]));
    expect(requests.map(({ service }) => service)).toEqual(Array(4).fill("resourceGraph"));
  });
});
