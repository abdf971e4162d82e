import { describe, expect, test } from "vitest";
import type { ClusterRef } from "../../src/domain/cluster.ts";
import { type Remediation, remediationCommands } from "../../src/domain/remediation.ts";
import type { Evidence } from "../../src/domain/verdict.ts";
import { hardenedCluster } from "../support/snapshot.ts";

const evidence: Evidence = { path: "properties.x", observed: 1, expected: 2 };

describe("the commands of a fix", () => {
  test("carry the cluster's names", () => {
    expect(commandsFor("az x -s {subscription} -g {resourceGroup} -n {cluster} -l {location}")).toEqual([
      `az x -s ${hardenedCluster.subscriptionId} -g rg-payments -n aks-payments-weu-01 -l westeurope`,
    ]);
  });

  test("quote what a shell would read as its own", () => {
    expect(commandsFor("az x -g {resourceGroup}", { resourceGroup: "rg(1)" })).toEqual(["az x -g 'rg(1)'"]);
    expect(commandsFor("az x -n {cluster}", { name: "a'b; rm -rf $HOME" })).toEqual([
      "az x -n 'a'\\''b; rm -rf $HOME'",
    ]);
    expect(commandsFor("az x -n {cluster}", { name: "" })).toEqual(["az x -n ''"]);
  });

  test("name what a template does not know yet, so that a shell takes it for no redirection", () => {
    const unplaced = { subscriptionId: null, resourceGroup: null, location: null };
    expect(commandsFor("az x -s {subscription} -g {resourceGroup} -l {location}", unplaced)).toEqual([
      "az x -s '<subscription>' -g '<resource-group>' -l '<location>'",
    ]);
  });

  test("come once per offending pool where they speak of one", () => {
    const pools = ["apps", "apps", "batch"].map((pool) => ({ ...evidence, pool }));
    expect(
      remediationCommands(fixedBy("az x -n {cluster}", "az y --pool {pool}"), hardenedCluster, [
        ...pools,
        evidence,
      ]),
    ).toEqual(["az x -n aks-payments-weu-01", "az y --pool apps", "az y --pool batch"]);
  });

  test("leave out what speaks of a pool when no pool offends", () => {
    expect(remediationCommands(fixedBy("az x", "az y --pool {pool}"), hardenedCluster, [evidence])).toEqual([
      "az x",
    ]);
  });

  test("do not fill in a name that looks like a placeholder", () => {
    const pools = [{ ...evidence, pool: "$(reboot)" }];
    const cluster = { ...hardenedCluster, name: "a{pool}", resourceGroup: "{cluster}" };
    expect(
      remediationCommands(fixedBy("az y -g {resourceGroup} -n {cluster} --pool {pool}"), cluster, pools),
    ).toEqual(["az y -g '{cluster}' -n 'a{pool}' --pool '$(reboot)'"]);
  });

  test("take a name with a dollar sign as it is", () => {
    expect(commandsFor("az x -n {cluster}", { name: "a$&b" })).toEqual(["az x -n 'a$&b'"]);
  });

  test("leave braces alone that stand for nothing", () => {
    expect(commandsFor("az x --body {}{other}")).toEqual(["az x --body {}{other}"]);
  });

  test("name the offenders that evidence tells by their ids, each in the command for its kind", () => {
    const cluster = hardenedCluster.id;
    const credential =
      "/subscriptions/50b00000-0000-4000-8000-000000000103/resourceGroups/rg(1)/providers/microsoft.managedidentity/userAssignedIdentities/id-web/federatedIdentityCredentials/web";
    const paths = [
      `${cluster}/providers/Microsoft.Authorization/RoleAssignments/one`,
      `${cluster}/trustedAccessRoleBindings/backup`,
      `${cluster}/jwtAuthenticators/pipeline`,
      credential,
      "properties.x",
    ];
    expect(
      remediationCommands(
        fixedBy(
          "az role assignment delete --ids {assignment}",
          "az a --name {binding}",
          "az b --name {authenticator}",
          "az c -s {identitySubscription} -g {identityGroup} -i {identity} -n {credential}",
        ),
        hardenedCluster,
        paths.map((path) => ({ ...evidence, path })),
      ),
    ).toEqual([
      `az role assignment delete --ids ${cluster}/providers/Microsoft.Authorization/RoleAssignments/one`,
      "az a --name backup",
      "az b --name pipeline",
      "az c -s 50b00000-0000-4000-8000-000000000103 -g 'rg(1)' -i id-web -n web",
    ]);
  });

  test("leave out those for kinds of offenders that there are none of", () => {
    expect(commandsFor("az a --name {binding}")).toEqual([]);
  });
});

function fixedBy(...commands: readonly string[]): { readonly remediation: Remediation } {
  return { remediation: { summary: "Seal them.", commands } };
}

function commandsFor(command: string, changes: Partial<ClusterRef> = {}): readonly string[] {
  return remediationCommands(fixedBy(command), { ...hardenedCluster, ...changes }, []);
}
