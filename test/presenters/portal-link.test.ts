import { expect, test } from "vitest";
import { markdownUrl, portalLink } from "../../src/presenters/portal-link.ts";
import { clusterId } from "../support/example-alerts.ts";

test("leads to the cluster in the portal of the cloud", () => {
  const id = clusterId("aks-pay-weu-01", "rg_pay");
  expect(portalLink("https://portal.azure.com", id)).toBe(`https://portal.azure.com/#@/resource${id}`);
  expect(portalLink("https://portal.azure.us/", id)).toBe(`https://portal.azure.us/#@/resource${id}`);
});

test("leaves nothing of a group's name that would end a Markdown link", () => {
  expect(portalLink("https://portal.azure.com", clusterId("aks-x", "rg(a)"))).toContain(
    "/resourceGroups/rg%28a%29/",
  );
});

test("is absent for what is no cluster's id", () => {
  expect(portalLink("https://portal.azure.com", "aks-pay.json")).toBeNull();
  expect(portalLink("https://portal.azure.com", clusterId("aks-x", "rg](https://evil.example)"))).toBeNull();
});

test("is absent for addresses that are not of the web", () => {
  expect(markdownUrl("javascript:alert(1)")).toBeNull();
  expect(markdownUrl("midwatch")).toBeNull();
  expect(markdownUrl("https://midwatch.contoso.example/a b(c)|d")).toBe(
    "https://midwatch.contoso.example/a%20b%28c%29%7Cd",
  );
});
