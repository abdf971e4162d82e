import { guidOf } from "./ids.ts";
import type { DirectoryMember } from "./world.ts";

/** The groups that administer clusters: one in order, one with a guest of another company in it, one that everybody has left. */
export const directoryGroups: Readonly<Record<string, readonly DirectoryMember[]>> = {
  [guidOf("group aks-admins")]: [
    person("platform engineer on duty"),
    person("second platform engineer"),
    { kind: "group", id: guidOf("group aks-admins-night"), displayName: "aks-admins-night" },
  ],
  [guidOf("group ml-admins")]: [
    person("ml engineer"),
    { ...person("consultant of a partner"), userType: "Guest" },
  ],
  [guidOf("group edge-admins")]: [],
};

function person(displayName: string): DirectoryMember {
  return { kind: "user", id: guidOf(`user ${displayName}`), displayName, userType: "Member" };
}
