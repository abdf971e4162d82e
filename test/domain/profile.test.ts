import { expect, it } from "vitest";
import { clusterAdminBindingsAbsent } from "../../src/controls/workloads/cluster-admin-bindings-absent.ts";
import { privilegedContainersAbsent } from "../../src/controls/workloads/privileged-containers-absent.ts";
import type { FactControl } from "../../src/domain/control.ts";
import { factGroupsOf } from "../../src/domain/profile.ts";

const groupsOf = (control: FactControl) =>
  factGroupsOf({ name: "one", controls: [{ control, severity: control.severity }] });

it("asks for the groups that administer a cluster wherever its bindings are told, lest a stranger's pass for theirs", () => {
  expect([...groupsOf(clusterAdminBindingsAbsent)]).toContain("adminGroups");
  expect([...groupsOf(privilegedContainersAbsent)]).not.toContain("adminGroups");
});

it("asks in any case whether the cluster runs", () => {
  expect([...groupsOf(privilegedContainersAbsent)]).toContain("power");
});
