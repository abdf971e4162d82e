import { describe, expect, test } from "vitest";
import { propertyOf } from "../../../src/adapters/documents/property-of.ts";
import { toWireShape } from "../../../src/adapters/documents/wire-shape.ts";
import { isObject, type JsonObject } from "../../../src/adapters/json-object.ts";

describe("a cluster as ARM would show it", () => {
  test("what az flattened goes back under properties; what ARM has on top stays there", () => {
    const row = toWireShape({
      id: "x",
      resourceGroup: "rg",
      sku: { tier: "Free" },
      enableRbac: true,
      fqdn: null,
    });
    expect(row).toEqual({
      id: "x",
      resourceGroup: "rg",
      sku: { tier: "Free" },
      properties: { enableRBAC: true },
    });
  });

  test("a row without any property of a cluster gets no properties", () => {
    expect(toWireShape({ id: "x", properties_disableLocalAccounts: true })).not.toHaveProperty("properties");
  });

  test("the SDKs' name for a pool's kind wins over the type they put beside it", () => {
    const pool = { name: "sys", typePropertiesType: "VirtualMachines", type: "Microsoft.ContainerService/x" };
    for (const one of [pool, { ...pool, type: null }]) {
      const row = toWireShape({ id: "x", agentPoolProfiles: [one] });
      expect(row).toMatchObject({ properties: { agentPoolProfiles: [{ type: "VirtualMachines" }] } });
    }
  });

  test("of two spellings of one name ARM's own wins, whichever comes first", () => {
    expect(toWireShape({ properties: { enableRBAC: true, enableRbac: false } })).toEqual({
      properties: { enableRBAC: true },
    });
    expect(toWireShape({ properties: { enableRbac: false, enableRBAC: true } })).toEqual({
      properties: { enableRBAC: true },
    });
  });

  test("the tenant is spelt as ARM spells it in each place", () => {
    const row = toWireShape({ identity: { tenantid: "a" }, properties: { aadProfile: { tenantId: "b" } } });
    expect(row).toEqual({ identity: { tenantId: "a" }, properties: { aadProfile: { tenantID: "b" } } });
  });

  test("add-ons keep their keys, and what stands in them is found", () => {
    const addons = { azurepolicy: { ENABLED: true, config: { VERSION: "v2" } } };
    expect(toWireShape({ properties: { addonProfiles: addons } })).toEqual({
      properties: { addonProfiles: { azurepolicy: { enabled: true, config: { VERSION: "v2" } } } },
    });
  });

  test("wrong types stay as they are", () => {
    const properties = { agentPoolProfiles: "x", disableLocalAccounts: 1, apiServerAccessProfile: [] };
    expect(toWireShape({ properties })).toEqual({ properties });
  });

  test("no key reaches the prototype", () => {
    const row: JsonObject = JSON.parse('{"properties":{"__proto__":{"enableRBAC":true}}}');
    const { properties } = toWireShape(row);
    expect(isObject(properties) && properties.enableRBAC).toBe(undefined);
  });
});

test("a property is found whatever its casing, null aside, its exact spelling first", () => {
  expect(propertyOf({ ID: 1 }, "id")).toBe(1);
  expect(propertyOf({ ID: 1, id: 2 }, "id")).toBe(2);
  expect(propertyOf({ id: null, Id: 3 }, "id")).toBe(3);
  expect(propertyOf({ id: null }, "id")).toBe(undefined);
  expect(propertyOf({}, "constructor")).toBe(undefined);
});
