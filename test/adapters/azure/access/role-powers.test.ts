import { describe, expect, it } from "vitest";
import { type Permission, powersOf } from "../../../../src/adapters/azure/access/role-powers.ts";

function permission(changes: Partial<Permission>): Permission {
  return { actions: [], notActions: [], dataActions: [], notDataActions: [], ...changes };
}

const clusters = "microsoft.containerservice/managedclusters";

describe("what a role lets its holder do", () => {
  it.each([
    ["nothing by nothing", {}, []],
    ["nothing by reading", { actions: ["*/read"] }, []],
    [
      "everything by an asterisk",
      { actions: ["*"] },
      ["everything", "roleAssignments", "clusterAdmin", "clusterWrite", "machines", "registryPush"],
    ],
    [
      "assigning roles by a provider's asterisk",
      { actions: ["microsoft.authorization/*"] },
      ["roleAssignments"],
    ],
    [
      "no more of it than is taken off",
      { actions: ["microsoft.authorization/*"], notActions: ["microsoft.authorization/*/write"] },
      [],
    ],
    [
      "administering clusters",
      { actions: [`${clusters}/listclusteradmincredential/action`] },
      ["clusterAdmin"],
    ],
    ["running commands in them", { actions: [`${clusters}/runcommand/*`] }, ["clusterAdmin"]],
    [
      "nothing by a name that only begins the same",
      { actions: [`${clusters}/write2`, `x${clusters}/write`] },
      [],
    ],
    ["changing clusters", { actions: [`${clusters}/write`] }, ["clusterWrite"]],
    ["nothing of that by data actions", { dataActions: [`${clusters}/write`] }, []],
    ["starting pods", { dataActions: [`${clusters}/pods/write`] }, ["clusterData"]],
    ["starting them by jobs", { dataActions: [`${clusters}/batch/*`] }, ["clusterData"]],
    [
      "starting them in members of a Fleet",
      { dataActions: ["microsoft.containerservice/fleets/members/*"] },
      ["clusterData"],
    ],
    ["nothing by reading pods", { dataActions: [`${clusters}/pods/read`, `${clusters}/*/read`] }, []],
    ["nothing of that by actions", { actions: [`${clusters}/pods/write`] }, []],
    [
      "logging in to machines",
      { dataActions: ["microsoft.compute/virtualmachines/login/action"] },
      ["machines"],
    ],
    [
      "changing machines, an asterisk in the middle",
      { actions: ["microsoft.compute/*/write"] },
      ["machines"],
    ],
    ["pushing images", { actions: ["microsoft.containerregistry/registries/push/write"] }, ["registryPush"]],
    [
      "pushing them into repositories",
      { dataActions: ["microsoft.containerregistry/registries/repositories/content/write"] },
      ["registryPush"],
    ],
    ["opening vaults", { dataActions: ["microsoft.keyvault/vaults/secrets/*"] }, ["keyVaultData"]],
    ["nothing by managing vaults", { actions: ["microsoft.keyvault/vaults/*"] }, []],
  ] as const)("is %s", (_, changes, powers) => {
    expect(powersOf([permission(changes)])).toEqual(powers);
  });

  it("adds up over its permissions, each with exceptions of its own", () => {
    expect(
      powersOf([
        permission({ actions: [`${clusters}/*`], notActions: [`${clusters}/*`] }),
        permission({ actions: [`${clusters}/write`] }),
      ]),
    ).toEqual(["clusterWrite"]);
  });
});
