import { describe, expect, it } from "vitest";
import { isAtOrBelow, isResourceGroupOrWider, isSameScope, reachOf } from "../../src/domain/access.ts";

const group = "/subscriptions/one/resourceGroups/rg";
const resource = `${group}/providers/Microsoft.Network/virtualNetworks/vnet`;

describe("a scope", () => {
  it.each([
    ["/", "tenant"],
    ["/providers/Microsoft.Management/managementGroups/mg", "managementGroup"],
    ["/subscriptions/one", "subscription"],
    ["/subscriptions/one/", "subscription"],
    [group, "resourceGroup"],
    [group.toLowerCase(), "resourceGroup"],
    [resource, "resource"],
    [`${resource}/subnets/nodes`, "resource"],
  ] as const)("%s reaches a %s", (scope, reach) => {
    expect(reachOf(scope)).toBe(reach);
    expect(isResourceGroupOrWider(scope)).toBe(reach !== "resource");
  });

  it("lies below another by path segment and without regard to case", () => {
    expect(isAtOrBelow(resource.toUpperCase(), group)).toBe(true);
    expect(isAtOrBelow(group, `${group}/`)).toBe(true);
    expect(isAtOrBelow(`${group}-2`, group)).toBe(false);
    expect(isAtOrBelow(group, resource)).toBe(false);
    expect(isAtOrBelow(group, "/")).toBe(true);
  });

  it("is another's without regard to case and a slash at the end", () => {
    expect(isSameScope(`${group.toUpperCase()}/`, group)).toBe(true);
    expect(isSameScope(`${group}2`, group)).toBe(false);
  });
});
