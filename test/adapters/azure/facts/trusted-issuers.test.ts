import { describe, expect, it } from "vitest";
import type { ListedWorld, RawObject } from "../../../../src/emulator/estate/world.ts";
import { readFacts } from "../../../support/fact-source.ts";
import { clusterRow, payments, smallWorld } from "../../../support/world-small.ts";

const cluster = String(clusterRow(payments, "aks-pay-1").id);
const vault = `/subscriptions/${payments}/resourceGroups/rg-backup/providers/Microsoft.DataProtection/backupVaults/vault-one`;

function worldWith(parts: Readonly<Record<string, RawObject>>, location = "westeurope"): ListedWorld {
  const world = smallWorld();
  const armOnly = Object.entries(parts).map(([path, properties]) => {
    const id = `${cluster}/${path}`;
    return [id.toLowerCase(), { id, name: path.split("/").at(-1), properties }] as const;
  });
  return {
    ...world,
    rows: world.rows.map((row) => (row.id === cluster ? { ...row, location } : row)),
    armOnly: Object.fromEntries(armOnly),
  };
}

const binding = { sourceResourceId: vault, roles: ["Microsoft.DataProtection/backupVaults/backup-operator"] };
const authenticator = { issuer: { url: "https://tokens.contoso.example", audiences: ["aks"] } };

async function read(world: ListedWorld) {
  const { of } = await readFacts("trustedIssuers", world);
  return of("aks-pay-1").trustedIssuers;
}

describe("trusted issuers", () => {
  it("are the resources let in by Trusted Access, by their type, and the issuers of JWT authenticators", async () => {
    const world = worldWith({
      "trustedAccessRoleBindings/backup": binding,
      "jwtAuthenticators/pipeline": authenticator,
    });
    expect(await read(world)).toEqual({
      state: "collected",
      value: {
        lists: [`${cluster}/trustedAccessRoleBindings`, `${cluster}/jwtAuthenticators`],
        issuers: [
          {
            path: `${cluster}/trustedAccessRoleBindings/backup`,
            issuer: "Microsoft.DataProtection/backupVaults",
            observed: vault,
          },
          {
            path: `${cluster}/jwtAuthenticators/pipeline`,
            issuer: "https://tokens.contoso.example",
            observed: "https://tokens.contoso.example",
          },
        ],
        unlisted: null,
      },
    });
  });

  it.each([
    [`${vault}/backupInstances/one`, "Microsoft.DataProtection/backupVaults/backupInstances"],
    ["not a resource id", "not a resource id"],
  ])("%s has the type %s", async (sourceResourceId, issuer) => {
    const world = worldWith({ "trustedAccessRoleBindings/backup": { sourceResourceId } });
    expect(await read(world)).toMatchObject({ value: { issuers: [{ issuer }] } });
  });

  it("say what they cannot show where the cloud does not have the preview, without a gap", async () => {
    const world = worldWith({ "trustedAccessRoleBindings/backup": binding }, "chinanorth3");
    expect(await read(world)).toMatchObject({
      state: "collected",
      value: {
        lists: [`${cluster}/trustedAccessRoleBindings`],
        issuers: [{ observed: vault }],
        unlisted: expect.stringContaining("preview"),
      },
    });
  });

  it.each(["trustedAccess", "jwtAuthenticators"] as const)(
    "are unread when %s are refused",
    async (service) => {
      const { of } = await readFacts("trustedIssuers", worldWith({}), [{ match: { service }, kind: "403" }]);
      expect(of("aks-pay-1").trustedIssuers).toMatchObject({
        state: "unavailable",
        gap: { reason: "accessDenied", remedy: expect.stringContaining("Reader") },
      });
    },
  );

  it.each([
    ["trustedAccessRoleBindings/backup", { sourceResourceId: 7 }, "properties.sourceResourceId is a number"],
    ["jwtAuthenticators/pipeline", { issuer: {} }, "properties.issuer.url is absent"],
  ])("are unread when %s is of a wrong type", async (path, properties, detail) => {
    expect(await read(worldWith({ [path]: properties }))).toMatchObject({
      state: "unavailable",
      gap: { reason: "malformed", detail: expect.stringContaining(detail) },
    });
  });
});
