import { expect, test } from "vitest";
import { count, nameResource, plainDate, plainMoment, withoutLongIds } from "../../src/presenters/wording.ts";
import { clusterId } from "../support/example-alerts.ts";

test("counts in the singular and the plural", () => {
  expect([0, 1, 2].map((number) => count(number, "failure"))).toEqual([
    "0 failures",
    "1 failure",
    "2 failures",
  ]);
});

test("writes dates as people do and leaves what is no date", () => {
  expect(plainDate("2026-09-03")).toBe("3 Sep 2026");
  expect(plainMoment("2026-11-21T01:00:00.000Z")).toBe("21 Nov 2026, 01:00 UTC");
  expect(["2026-13-01", "yesterday"].map(plainDate)).toEqual(["2026-13-01", "yesterday"]);
  expect(plainMoment("soon")).toBe("soon");
});

test("calls resources by what people call them", () => {
  expect(nameResource("/subscriptions/1c0f")).toBe("subscription 1c0f");
  expect(nameResource("/subscriptions/1c0f/resourceGroups/rg-pay")).toBe("resource group rg-pay");
  expect(nameResource(clusterId("aks-pay-weu-01"))).toBe("cluster aks-pay-weu-01");
  expect(
    nameResource("/subscriptions/1/resourceGroups/g/providers/Microsoft.Compute/virtualMachineScaleSets/np"),
  ).toBe("virtualMachineScaleSets/np");
  expect(nameResource("/")).toBe("everything that was asked for");
  expect(nameResource("clusters.json")).toBe("clusters.json");
});

test("shortens ids within a sentence only", () => {
  expect(withoutLongIds(`The row of ${clusterId("aks-x")}, and "/subscriptions/1c0f", is odd.`)).toBe(
    'The row of cluster aks-x, and "subscription 1c0f", is odd.',
  );
});
