import { describe, expect, it } from "vitest";
import type { Fault } from "../../../../src/emulator/faults.ts";
import { readFacts } from "../../../support/fact-source.ts";
import { clusterRow, payments, pricingRow, smallWorld } from "../../../support/world-small.ts";

const old = "AKSUbuntu-2204gen2containerd-202001.15.0";

function world(images: Readonly<Record<string, string | null>>) {
  const agentPoolProfiles = Object.entries(images).map(([name, nodeImageVersion]) => ({
    name,
    osSKU: "Ubuntu",
    nodeImageVersion,
  }));
  const rows = [clusterRow(payments, "aks-pay-1", { agentPoolProfiles }), pricingRow(payments, "Standard")];
  return smallWorld({ rows });
}

async function read(images: Readonly<Record<string, string | null>>, faults: readonly Fault[] = []) {
  const { of, requests } = await readFacts("latestImages", world(images), faults);
  return { reading: of("aks-pay-1").latestImages, asked: requests.map(({ path }) => path) };
}

describe("the latest images", () => {
  it("are told of each pool whose own is old", async () => {
    const { reading } = await read({ sys: old, win: "AKSWindows-2022-containerd-20348.5386.200115" });
    expect(reading).toEqual({
      state: "collected",
      value: [
        { pool: "sys", imageVersion: expect.stringMatching(/^AKSUbuntu-2204gen2containerd-2026/) },
        { pool: "win", imageVersion: expect.stringMatching(/^AKSWindows-2022-containerd-/) },
      ],
    });
  });

  it("are asked for no other pool", async () => {
    const fresh = "AKSUbuntu-2204gen2containerd-209901.15.0";
    const { reading, asked } = await read({ fresh, sys: old, silent: null, odd: "AKSUbuntu" });
    expect(reading).toMatchObject({ value: [{ pool: "sys" }] });
    expect(asked).toEqual([expect.stringMatching(/\/agentPools\/sys\/upgradeProfiles\/default$/)]);
  });

  it("are none where Azure names none", async () => {
    const { reading } = await read({ sys: "AKSUbuntu-1804gen2containerd-202303.06.0" });
    expect(reading).toEqual({ state: "collected", value: [{ pool: "sys", imageVersion: null }] });
  });

  it("are not asked for where the pools cannot be read, and none of a cluster in order", async () => {
    const pools = { agentPoolProfiles: "sys" };
    const { of, requests } = await readFacts(
      "latestImages",
      smallWorld({ rows: [clusterRow(payments, "aks-pay-1", pools), clusterRow(payments, "aks-pay-2")] }),
    );
    for (const name of ["aks-pay-1", "aks-pay-2"])
      expect(of(name).latestImages).toEqual({ state: "collected", value: [] });
    expect(requests).toEqual([]);
  });

  it("that are refused leave a gap, and the age to decide", async () => {
    const { reading } = await read({ sys: old }, [
      { match: { pathIncludes: "upgradeProfiles" }, kind: "403" },
    ]);
    expect(reading).toMatchObject({
      state: "partial",
      value: [],
      gap: { reason: "accessDenied", remedy: expect.stringContaining("Reader") },
    });
  });

  it("of a pool that is gone are none", async () => {
    const { reading } = await read({ sys: old }, [
      { match: { pathIncludes: "upgradeProfiles" }, kind: "404" },
    ]);
    expect(reading).toMatchObject({ state: "collected", value: [{ imageVersion: null }] });
  });
});
