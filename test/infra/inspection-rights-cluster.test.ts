import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { loadAllYaml } from "@kubernetes/client-node";
import { describe, expect, test } from "vitest";
import { apiLists } from "../../src/adapters/kubernetes/api/api-lists.ts";

const read = (path: string) => readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), "utf8");
const [role, binding] = loadAllYaml(read("infra/inspection-rights-cluster.yaml"));

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}
const rules: readonly Rule[] = role.rules;

describe("the rights in a cluster that does not ask Azure", () => {
  test("only read, and neither Secrets nor anything whole", () => {
    expect(new Set(rules.flatMap(({ verbs }) => verbs))).toEqual(new Set(["list"]));
    const resources = rules.flatMap((rule) => rule.resources);
    expect(resources).not.toContain("secrets");
    expect(resources).not.toContain("configmaps");
    expect([...resources, ...rules.flatMap(({ apiGroups }) => apiGroups)].join()).not.toMatch(/[*/]/);
    for (const rule of rules) expect(Object.keys(rule).sort()).toEqual(["apiGroups", "resources", "verbs"]);
  });

  test("let every list be read that is asked for, and no other", () => {
    const allowed = rules.flatMap(({ apiGroups, resources }) =>
      apiGroups.flatMap((group) => resources.map((resource) => `${group}/${resource}`)),
    );
    // `/api/v1/pods` is of the group without a name, `/apis/<group>/<version>/roles` of the one it names.
    const asked = Object.values(apiLists).map(({ path }) => {
      const [, root, group, ...more] = path.split("/");
      return root === "api" ? `/${more[0]}` : `${group}/${more[1]}`;
    });
    expect(allowed.sort()).toEqual(asked.sort());
  });

  test("reach the same custom resources as the condition of the role that Azure gives", () => {
    const condition = read("infra/modules/inspector-assignment.bicep");
    const named = [...condition.matchAll(/StringEqualsIgnoreCase \\'([^\\]+)\\'/g)].map(([, group]) => group);
    const custom = rules
      .flatMap(({ apiGroups }) => apiGroups)
      .filter((group) => !["", "rbac.authorization.k8s.io", "networking.k8s.io"].includes(group));
    expect(named.sort()).toEqual(custom.sort());
  });

  test("are bound to a group, as our own control asks, by a name that nothing has before it is filled in", () => {
    expect(binding.roleRef).toMatchObject({ kind: "ClusterRole", name: role.metadata.name });
    expect(binding.subjects).toEqual([
      { apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: "<object id of the group>" },
    ]);
  });
});

test("the role for the command line may do what the deployment's may", () => {
  const deployed: { dataActions: readonly { readonly action: string }[] } = JSON.parse(
    read("infra/modules/inspector-role.json"),
  );
  expect(JSON.parse(read("infra/inspector-role-definition.json"))).toMatchObject({
    Actions: [],
    DataActions: deployed.dataActions.map(({ action }) => action),
  });
});
