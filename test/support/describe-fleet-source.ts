import { describe, expect, it } from "vitest";
import type { FleetSource, NodeMachine, ObservedCluster } from "../../src/application/ports.ts";
import type { SourceError } from "../../src/application/source-error.ts";
import type { Gap } from "../../src/domain/gap.ts";
import type { ListedWorld } from "../../src/emulator/estate/world.ts";
import type { FaultKind } from "../../src/emulator/fault-kinds.ts";
import type { Fault, ServiceName } from "../../src/emulator/faults.ts";
import { interfaceRow, scaleSetRow, virtualMachineRow } from "./machine-rows.ts";
import { failureOf, listed } from "./outcomes.ts";
import {
  closed,
  clusterRow,
  nowhere,
  payments,
  pricingRow,
  search,
  smallWorld,
  wideWorld,
} from "./world-small.ts";

/** Builds a source over a world in which some requests fail. */
type SetUp = (world: ListedWorld, faults?: readonly Fault[]) => FleetSource;

/** What every FleetSource does, whatever it is made of. */
export function describeFleetSource(name: string, setUp: SetUp): void {
  describe(name, () => {
    describeSubscriptions(setUp);
    describeRows(setUp);
    describeSingleAnswers(setUp);
    describeFaults(setUp);
  });
}

function describeSubscriptions(setUp: SetUp): void {
  it("lists every readable subscription when the scope names nothing", async () => {
    expect(
      await setUp(smallWorld({ rows: subscriptionRows() })).subscriptions({
        subscriptions: [],
        managementGroups: [],
      }),
    ).toEqual([
      { subscriptionId: payments, displayName: "payments" },
      { subscriptionId: search, displayName: "search" },
    ]);
  });

  it.each([
    ["the named ones", { subscriptions: [search] }, [search]],
    ["those under a management group", { managementGroups: ["mg-shop"] }, [payments]],
    [
      "both when both are named",
      { subscriptions: [search], managementGroups: ["mg-shop"] },
      [payments, search],
    ],
    [
      "each once",
      { subscriptions: [payments, payments.toUpperCase()], managementGroups: ["mg-root"] },
      [payments, search],
    ],
    ["no refused one, without a word", { subscriptions: [closed, search] }, [search]],
    ["none when all named ones are refused or unknown", { subscriptions: [closed, nowhere] }, []],
  ])("lists %s", async (_, scope, expected) => {
    const found = await setUp(smallWorld({ rows: subscriptionRows() })).subscriptions({
      subscriptions: [],
      managementGroups: [],
      ...scope,
    });
    expect(found.map(({ subscriptionId }) => subscriptionId).sort()).toEqual(expected);
  });

  it("refuses a tenant in which nothing may be read", async () => {
    const source = setUp(
      smallWorld({ subscriptions: smallWorld().subscriptions.filter(({ access }) => access === "refused") }),
    );
    await expect(source.subscriptions({ subscriptions: [], managementGroups: [] })).rejects.toMatchObject({
      reason: "accessDenied",
    });
  });

  it("does not take a tenant that shows nothing for one without clusters", async () => {
    const source = setUp(smallWorld({ rows: [] }));
    await expect(
      source.subscriptions({ subscriptions: [], managementGroups: ["mg-root"] }),
    ).rejects.toMatchObject({
      reason: "accessDenied",
    });
  });

  it("takes more subscriptions than fit one query", async () => {
    const many = Array.from(
      { length: 650 },
      (_, index) => `11111111-1111-4111-8111-${String(index).padStart(12, "0")}`,
    );
    const world = smallWorld({
      subscriptions: many.map((subscriptionId) => ({
        subscriptionId,
        displayName: "one",
        managementGroups: [],
        access: "granted" as const,
      })),
      rows: many.map((id) => subscriptionRow(id, "one")),
    });
    expect(await setUp(world).subscriptions({ subscriptions: many, managementGroups: [] })).toHaveLength(650);
  });
}

function describeRows(setUp: SetUp): void {
  it("counts clusters by subscription and leaves out those without any", async () => {
    const rows = smallWorld().rows.filter(({ subscriptionId }) => subscriptionId !== search);
    const counts = await setUp(smallWorld({ rows })).clusterCounts([payments, search]);
    expect([...counts]).toEqual([[payments, 2]]);
  });

  it("brings every cluster of the subscriptions once, over several pages", async () => {
    const found = await listed(setUp(wideWorld(2_345)).clusters([payments]));
    expect(new Set(found.map((one) => ("readings" in one ? one.cluster.id : "gap"))).size).toBe(2_345);
    expect(found).toHaveLength(2_345);
  });

  it("brings nothing for no subscription", async () => {
    const source = setUp(smallWorld());
    expect(await listed(source.clusters([]))).toEqual([]);
    expect(await listed(source.machines([]))).toEqual([]);
    expect(await listed(source.defenderPlans([]))).toEqual([]);
    expect([...(await source.clusterCounts([]))]).toEqual([]);
  });

  it("turns a row that is no cluster into a gap and goes on", async () => {
    const broken = { ...clusterRow(payments, "aks-broken"), properties: "gone" };
    const found = await listed(
      setUp(smallWorld({ rows: [broken, clusterRow(payments, "aks-fine")] })).clusters([payments]),
    );
    expect(found.map(label)).toEqual(["malformed: properties is a string, not an object.", "aks-fine"]);
  });

  it("brings scale sets, machines and network interfaces, ids and groups in lower case", async () => {
    const found = await listed(setUp(smallWorld({ rows: machineRows() })).machines([payments]));
    expect(byKind(found)).toMatchObject([
      {
        kind: "networkInterface",
        id: `${nodeGroup}/providers/microsoft.network/networkinterfaces/nic-1`,
        address: { value: { isPublic: true } },
      },
      {
        kind: "scaleSet",
        resourceGroup: "mc_pay",
        pool: "sys",
        address: { value: { isPublic: false } },
        image: { value: { imageVersion: "AKSAzureLinux-V3gen2-202609.15.0" } },
      },
      {
        kind: "virtualMachine",
        resourceGroup: "mc_pay",
        networkInterfaceIds: [`${nodeGroup}/providers/microsoft.network/networkinterfaces/nic-1`],
      },
    ]);
  });

  it("brings the Defender pricings of subscriptions and of clusters, by scope", async () => {
    const cluster = `/subscriptions/${payments}/resourceGroups/rg-aks-pay-1/providers/Microsoft.ContainerService/managedClusters/aks-pay-1`;
    const own = {
      ...pricingRow(payments, "Free"),
      id: `${cluster}/providers/Microsoft.Security/pricings/Containers`,
    };
    const old = {
      ...pricingRow(payments, "Standard"),
      id: `/subscriptions/${payments}/providers/Microsoft.Security/pricings/KubernetesService`,
      name: "KubernetesService",
    };
    const found = await listed(
      setUp(smallWorld({ rows: [pricingRow(payments, "Standard"), own, old] })).defenderPlans([payments]),
    );
    expect(
      new Map(found.map((plan) => ("tier" in plan ? [plan.scope, plan.tier] : ["gap", plan.detail]))),
    ).toEqual(
      new Map([
        [`/subscriptions/${payments}`, "Standard"],
        [cluster.toLowerCase(), "Free"],
      ]),
    );
  });

  it("turns a pricing without a tier into a gap of its scope", async () => {
    const broken = { ...pricingRow(payments, "Standard"), properties: { pricingTier: 1 } };
    expect(await listed(setUp(smallWorld({ rows: [broken] })).defenderPlans([payments]))).toEqual([
      {
        scope: `/subscriptions/${payments}`,
        reason: "malformed",
        detail: "properties.pricingTier is a number, not a string.",
        remedy: null,
      },
    ]);
  });
}

function describeSingleAnswers(setUp: SetUp): void {
  const cluster = (subscription: string, name: string) =>
    `/subscriptions/${subscription}/resourceGroups/rg-${name}/providers/Microsoft.ContainerService/managedClusters/${name}`;

  it.each([
    ["a subscription", `/subscriptions/${payments}`, "present"],
    ["an unknown subscription", `/subscriptions/${nowhere}`, "absent"],
    ["a cluster", cluster(payments, "aks-pay-1"), "present"],
    ["a cluster whose group is gone", cluster(payments, "aks-gone"), "absent"],
    ["a cluster whose subscription is gone", cluster(nowhere, "aks-gone"), "absent"],
  ])("tells by Azure Resource Manager's word that %s is there or not", async (_, id, presence) => {
    expect(await setUp(smallWorld()).presence(id)).toBe(presence);
  });

  it.each([
    ["subscription", `/subscriptions/${closed}`],
    ["cluster", cluster(closed, "aks-closed-1")],
  ])("takes a refused %s for neither present nor absent", async (_, id) => {
    const error = await failureOf(setUp(smallWorld()).presence(id));
    expect(error).toMatchObject({ reason: "accessDenied" });
    expect(error.remedy).toContain(`--role acdd72a7-3385-48ef-bd42-f606fba81ae7 --scope ${id}`);
  });

  it("reads one pricing from Azure Resource Manager", async () => {
    const plan = await setUp(smallWorld()).defenderPlan(`/subscriptions/${payments.toUpperCase()}`);
    expect(plan).toMatchObject({ scope: `/subscriptions/${payments}`, tier: "Standard" });
  });

  it("knows no pricing where Azure Resource Manager says there is none", async () => {
    expect(await setUp(smallWorld({ rows: [] })).defenderPlan(`/subscriptions/${payments}`)).toBeNull();
  });

  it("does not take a refused pricing for none", async () => {
    const error = await failureOf(setUp(smallWorld()).defenderPlan(`/subscriptions/${closed}`));
    expect(error).toMatchObject({ reason: "accessDenied" });
    expect(error.remedy).toContain("Security Reader (39bc4728-0917-49c7-9d2c-d95423bc2eb4)");
  });
}

const lastingFaults: Readonly<Partial<Record<FaultKind, SourceError["reason"]>>> = {
  "401": "accessDenied",
  "403": "accessDenied",
  "409": "unavailable",
  "422": "unavailable",
  "429": "throttled",
  "429-without-retry-after": "throttled",
  "500": "unavailable",
  "502": "unavailable",
  "503": "unavailable",
  "504": "unavailable",
  html: "malformed",
  truncatedJson: "malformed",
  hang: "unavailable",
  reset: "unavailable",
};
const incurable: readonly FaultKind[] = ["403", "422"];

interface Reading {
  readonly title: string;
  readonly service: ServiceName;
  readonly read: (source: FleetSource) => Promise<unknown>;
}

const graphReadings: readonly Reading[] = [
  {
    title: "subscriptions",
    service: "resourceGraph",
    read: (source) => source.subscriptions({ subscriptions: [], managementGroups: [] }),
  },
  { title: "cluster counts", service: "resourceGraph", read: (source) => source.clusterCounts([payments]) },
  { title: "clusters", service: "resourceGraph", read: (source) => listed(source.clusters([payments])) },
  { title: "machines", service: "resourceGraph", read: (source) => listed(source.machines([payments])) },
  { title: "pricings", service: "resourceGraph", read: (source) => listed(source.defenderPlans([payments])) },
];
const singleReadings: readonly Reading[] = [
  {
    title: "a subscription's presence",
    service: "subscriptions",
    read: (source) => source.presence(`/subscriptions/${payments}`),
  },
  {
    title: "a cluster's presence",
    service: "managedClusters",
    read: (source) =>
      source.presence(
        `/subscriptions/${payments}/resourceGroups/rg-aks-pay-1/providers/Microsoft.ContainerService/managedClusters/aks-pay-1`,
      ),
  },
  {
    title: "a pricing",
    service: "pricings",
    read: (source) => source.defenderPlan(`/subscriptions/${payments}`),
  },
];

function describeFaults(setUp: SetUp): void {
  describe.each([...graphReadings, ...singleReadings])("reading $title", ({ service, read }) => {
    it.each(Object.entries(lastingFaults))("ends a lasting %s as %s", async (kind, reason) => {
      // The keys are fault kinds by the table's type; Object.entries forgets it.
      const faults: readonly Fault[] = [{ kind: kind as FaultKind, match: { service } }];
      const error = await failureOf(read(setUp(faultyWorld(), faults)));
      expect(error.reason).toBe(reason);
      expect(error.message).toMatch(/^Could not read .+\.$/);
      expect(error.message).not.toMatch(/Bearer|eyJ|<html/i);
    });

    it.each(Object.keys(lastingFaults).filter((kind) => !incurable.some((one) => one === kind)))(
      "outlasts a single %s",
      async (kind) => {
        const faults: readonly Fault[] = [{ kind: kind as FaultKind, match: { service }, times: 1 }];
        expect(await read(setUp(faultyWorld(), faults))).toEqual(await read(setUp(faultyWorld())));
      },
    );
  });

  describe.each(graphReadings)("reading $title", ({ read }) => {
    it("does not take a 404 for an empty answer", async () => {
      const faults: readonly Fault[] = [{ kind: "404", match: { service: "resourceGraph" } }];
      expect(await failureOf(read(setUp(faultyWorld(), faults)))).toMatchObject({ reason: "notFound" });
    });

    it.each(["endlessPages", "truncatedWithoutToken"] as const)("ends %s as incomplete", async (kind) => {
      const faults: readonly Fault[] = [{ kind, match: { service: "resourceGraph" } }];
      expect(await failureOf(read(setUp(faultyWorld(), faults)))).toMatchObject({ reason: "incomplete" });
    });

    it.each(["duplicateRows", "reorderedPages"] as const)(
      "brings the same rows in spite of %s",
      async (kind) => {
        const faults: readonly Fault[] = [{ kind, match: { service: "resourceGraph" } }];
        expect(sorted(await read(setUp(faultyWorld(), faults)))).toEqual(
          sorted(await read(setUp(faultyWorld()))),
        );
      },
    );
  });

  it("keeps the rows that came before the reading broke off", async () => {
    const source = setUp(wideWorld(2_345), [
      { kind: "500", match: { service: "resourceGraph", nth: 2 } },
      { kind: "500", match: { service: "resourceGraph", nth: 2 } },
      { kind: "500", match: { service: "resourceGraph", nth: 2 } },
    ]);
    const came: unknown[] = [];
    const error = await failureOf(
      (async () => {
        for await (const page of source.clusters([payments])) came.push(...page);
      })(),
    );
    expect(error.reason).toBe("unavailable");
    expect(came).toHaveLength(1_000);
  });
}

const nodeGroup = `/subscriptions/${payments}/resourcegroups/mc_pay`;

function machineRows() {
  const place = { subscriptionId: payments, resourceGroup: "MC_Pay" };
  const nic = `/subscriptions/${payments}/resourceGroups/MC_PAY/providers/Microsoft.Network/networkInterfaces/nic-1`;
  return [
    scaleSetRow({ ...place, name: "aks-sys-1-vmss", pool: "sys" }),
    virtualMachineRow({ ...place, name: "aks-default-2jf98" }, [nic]),
    interfaceRow({ ...place, name: "nic-1" }, "/subscriptions/x/publicIPAddresses/pip-1"),
  ];
}

function subscriptionRow(subscriptionId: string, displayName: string) {
  return {
    id: `/subscriptions/${subscriptionId}`,
    name: displayName,
    type: "microsoft.resources/subscriptions",
    subscriptionId,
    properties: { state: "Enabled" },
  };
}

function subscriptionRows() {
  return [
    subscriptionRow(payments, "payments"),
    subscriptionRow(search, "search"),
    subscriptionRow(closed, "closed"),
  ];
}

/** Something to lose in every table. */
function faultyWorld(): ListedWorld {
  return smallWorld({ rows: [...smallWorld().rows, ...subscriptionRows(), ...machineRows()] });
}

function byKind(items: readonly (NodeMachine | Gap)[]): readonly (NodeMachine | Gap)[] {
  const kind = (item: NodeMachine | Gap) => ("kind" in item ? item.kind : "gap");
  return [...items].sort((a, b) => kind(a).localeCompare(kind(b), "en"));
}

function label(item: ObservedCluster | Gap): string {
  return "readings" in item ? item.cluster.name : `${item.reason}: ${item.detail}`;
}

function sorted(value: unknown): unknown {
  const items: readonly unknown[] =
    value instanceof Map ? [...value] : Array.isArray(value) ? value : [value];
  return items.map((item) => JSON.stringify(item)).sort();
}
