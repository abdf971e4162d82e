import { expect, test } from "vitest";
import { adminGroupsHealthy } from "../../../src/controls/identity/admin-groups-healthy.ts";
import type { AdminGroup } from "../../../src/domain/access.ts";
import { assess } from "../../../src/domain/control.ts";
import { describeControl } from "../../support/describe-control.ts";
import { absent, type Changes, set, snapshot } from "../../support/snapshot.ts";

const guest = "dddd0000-0000-4000-8000-000000000009";
const good = group("one", { count: 2, guests: [], untold: 0 });

describeControl(adminGroupsHealthy, {
  pass: {
    "one group in order": {},
    "two of them": naming(good, group("two", { count: 1, guests: [], untold: 0 })),
  },
  fail: {
    "a group that is gone": naming(group("one", null)),
    "a group without members": naming(group("one", { count: 0, guests: [], untold: 0 })),
    "a guest": naming(group("one", { count: 2, guests: [guest], untold: 0 })),
    "the second of two": naming(good, group("two", { count: 3, guests: [guest], untold: 1 })),
    "no group, while Azure roles decide nothing": {
      ...naming(),
      entra: { azureRbac: absent(false) },
    },
  },
  unknown: {
    "a group that nobody looked for": {
      adminGroups: { ids: set(["one", "two"]) },
      adminGroupMembers: { groups: [good] },
    },
    "members of whom nobody says whether they are guests": naming(
      good,
      group("two", { count: 3, guests: [], untold: 1 }),
    ),
  },
  notApplicable: { "no group, and Azure roles decide": naming() },
});

test("guests are named by their object ids, and the group by its own", () => {
  const changes = naming(group("one", { count: 2, guests: [guest], untold: 0 }));
  expect(assess(adminGroupsHealthy, snapshot(changes)).evidence).toMatchObject([
    { path: "properties.aadProfile.adminGroupObjectIDs", observed: `one: guests ${guest}` },
  ]);
});

function group(id: string, members: AdminGroup["members"]): AdminGroup {
  return { id, members };
}

function naming(...groups: readonly AdminGroup[]): Changes {
  return { adminGroups: { ids: set(groups.map(({ id }) => id)) }, adminGroupMembers: { groups } };
}
