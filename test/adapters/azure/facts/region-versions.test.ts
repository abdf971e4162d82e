import type { HttpClient } from "@azure/core-rest-pipeline";
import { describe, expect, it } from "vitest";
import { createFleetSource } from "../../../../src/adapters/azure/fleet-source.ts";
import { createFactSources } from "../../../../src/composition/fact-sources.ts";
import type { ListedWorld, RawObject } from "../../../../src/emulator/estate/world.ts";
import type { Fault } from "../../../../src/emulator/faults.ts";
import { createEmulatedTransport } from "../../../../src/emulator/transport.ts";
import { emulatedAccess } from "../../../support/emulated-access.ts";
import { nothingElsewhere, type ReadFacts, readFacts } from "../../../support/fact-source.ts";
import { listed } from "../../../support/outcomes.ts";
import { payments, search, smallWorld } from "../../../support/world-small.ts";

function list(subscription: string, region = "westeurope"): string {
  return `/subscriptions/${subscription}/providers/Microsoft.ContainerService/locations/${region}/kubernetesVersions`;
}

function worldIn(locations: Readonly<Record<string, unknown>>): ListedWorld {
  const world = smallWorld();
  const move = (row: RawObject) => {
    const name = String(row.name);
    return name in locations ? { ...row, location: locations[name] } : row;
  };
  return { ...world, rows: world.rows.map(move) };
}

function read(world: ListedWorld = smallWorld(), faults: readonly Fault[] = []): Promise<ReadFacts> {
  return readFacts("regionVersions", world, faults);
}

/** What is read when Resource Manager answers in these words, or is dated so. */
async function readAnswered({ body, date }: { readonly body?: RawObject; readonly date?: string }) {
  const { access, azure } = emulatedAccess(smallWorld());
  const wire = createEmulatedTransport(azure);
  const [cluster] = await listed(createFleetSource(access).clusters([payments]));
  if (cluster === undefined || !("readings" in cluster)) throw new Error("There is no cluster here.");
  const httpClient: HttpClient = {
    async sendRequest(request) {
      const answer = await wire.sendRequest(request);
      if (date !== undefined) answer.headers.set("date", date);
      return {
        ...answer,
        bodyAsText: body === undefined ? (answer.bodyAsText ?? null) : JSON.stringify(body),
      };
    },
  };
  const source = createFactSources({ ...access, httpClient }).find(({ groups }) =>
    groups.includes("regionVersions"),
  );
  const told = await source?.read([cluster], nothingElsewhere());
  return told?.(cluster).regionVersions;
}

describe("the versions of a region", () => {
  it("are told with their plans, and which are previews", async () => {
    const { of } = await read();
    const reading = of("aks-pay-1").regionVersions;
    expect(reading).toMatchObject({
      state: "collected",
      value: { path: list(payments), region: "westeurope", unread: null },
    });
    expect(reading?.state === "collected" && reading.value.offered).toEqual(
      expect.arrayContaining([
        { minor: "1.33", isPreview: false, plans: ["AKSLongTermSupport"] },
        { minor: "1.35", isPreview: false, plans: ["KubernetesOfficial", "AKSLongTermSupport"] },
        { minor: "1.37", isPreview: true, plans: ["KubernetesOfficial"] },
      ]),
    );
  });

  it("are asked once for each region of a subscription", async () => {
    const { requests } = await read(worldIn({ "aks-pay-2": "North Europe", "AKS-Search-2": "WestEurope" }));
    expect(requests.map(({ path }) => path).sort()).toEqual(
      [list(payments, "northeurope"), list(payments), list(search)].sort(),
    );
  });

  it.each([
    ["are refused", "403", "Reader"],
    ["never come", "500", "Azure answered 500"],
    ["come as a web page", "html", "not the JSON"],
  ] as const)("that %s leave no gap, but the reason", async (_, kind, words) => {
    const { of } = await read(smallWorld(), [{ match: { pathIncludes: payments }, kind }]);
    expect(of("aks-pay-1").regionVersions).toMatchObject({
      state: "collected",
      value: { path: list(payments), offered: null, unread: expect.stringContaining(words), readOn: null },
    });
  });

  it("that are refused in one subscription are read in another", async () => {
    const { of } = await read(smallWorld(), [{ match: { pathIncludes: payments }, kind: "403" }]);
    expect(of("aks-search-1").regionVersions).toMatchObject({ value: { unread: null } });
  });

  it.each([
    ["Sat, 21 Nov 2026 23:30:00 GMT", "2026-11-21"],
    ["some day", null],
  ])("answered on %s are of %s", async (date, readOn) => {
    expect(await readAnswered({ date })).toMatchObject({ value: { readOn } });
  });

  it.each([
    ["values that are no list", { values: "1.35" }, "values is a string"],
    ["no value at all", { values: [] }, "not a list of versions"],
    ["the name other lists have", { value: [] }, "not a list of versions"],
    ["a version without a name", { values: [{ isPreview: true }] }, "values[0].version is absent"],
    [
      "a plan of a wrong type",
      { values: [{ version: "1.35", capabilities: { supportPlan: [7] } }] },
      "values[0].capabilities.supportPlan[0] is a number",
    ],
  ])("with %s are unread", async (_, body, words) => {
    expect(await readAnswered({ body })).toMatchObject({
      state: "collected",
      value: { offered: null, unread: expect.stringContaining(words) },
    });
  });

  it("cannot be read of a cluster whose row names no region", async () => {
    const { of } = await read(worldIn({ "aks-pay-1": null }));
    expect(of("aks-pay-1").regionVersions).toMatchObject({
      state: "collected",
      value: { offered: null, unread: expect.stringContaining("no region") },
    });
  });
});
