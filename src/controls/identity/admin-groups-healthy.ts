import type { AdminGroup } from "../../domain/access.ts";
import { defineControl } from "../../domain/control.ts";
import { type Evidence, fail, isSome, notApplicable, pass, seen, unknown } from "../../domain/verdict.ts";

const expected = "a group of the directory, with members and without guests";

export const adminGroupsHealthy = defineControl({
  id: "identity.admin-groups-healthy",
  title: "The groups that administer the cluster are in order",
  severity: "medium",
  layer: "identity",
  rationale:
    "A group that was deleted or that everybody left lets nobody in on the day it matters, and a guest in it answers to another company's directory, not to yours.",
  remediation: {
    summary:
      "Put the people who administer the cluster into the group and take guests out; where the group is gone, name another. The list given replaces the one there is.",
    commands: [
      "az aks update --subscription {subscription} --resource-group {resourceGroup} --name {cluster} --aad-admin-group-object-ids '<group-object-ids>'",
      "az ad group member remove --subscription {subscription} --group '<group-object-id>' --member-id '<object-id-of-the-guest>'",
    ],
  },
  references: {
    docs: "https://learn.microsoft.com/azure/aks/enable-authentication-microsoft-entra-id",
    guides: ["B"],
  },
  needs: ["entra", "adminGroups", "adminGroupMembers"],
  evaluate({ entra: { azureRbac }, adminGroups: { ids }, adminGroupMembers: { groups } }) {
    const listed = seen(ids, expected);
    if (ids.value.length === 0) {
      if (azureRbac.value)
        return notApplicable(
          "No group is named, and Azure roles decide who administers the cluster.",
          listed,
        );
      return fail(listed, seen(azureRbac, "true, or a group that administers the cluster"));
    }
    const looked = new Set(groups.map(({ id }) => id.toLowerCase()));
    const unseen = ids.value.filter((id) => !looked.has(id.toLowerCase()));
    const seenGroups: readonly (readonly [AdminGroup, Evidence])[] = groups.map((group) => [
      group,
      { path: ids.path, observed: `${group.id}: ${describe(group)}`, expected },
    ]);
    const faulty: readonly Evidence[] = seenGroups
      .filter(([group]) => !isHealthy(group))
      .map(([, evidence]) => evidence);
    if (isSome(faulty)) return fail(...faulty);

    const evidence = seenGroups.map(([, one]) => one);
    if (unseen.length > 0)
      return unknown(`Nobody looked for ${unseen.join(", ")} in the directory.`, listed, ...evidence);
    if (groups.some(({ members }) => (members?.untold ?? 0) > 0))
      return unknown(
        "Microsoft Graph does not say of all members whether they are guests: the application permission User.Read.All would tell.",
        ...evidence,
      );
    return pass(...evidence);
  },
});

function isHealthy({ members }: AdminGroup): boolean {
  return members !== null && members.count > 0 && members.guests.length === 0;
}

/** People are named by their object ids alone. */
function describe({ members }: AdminGroup): string {
  if (members === null) return "not in the directory";
  if (members.count === 0) return "nobody in it";
  return members.guests.length > 0 ? `guests ${members.guests.join(", ")}` : `${members.count} members`;
}
