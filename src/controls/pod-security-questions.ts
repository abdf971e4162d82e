import type { WorkloadQuestion } from "../domain/workloads.ts";
import { majorVersion, type Question, textsIn } from "./policy-parameters.ts";

/** Escalation of privileges. The parameter came with version 8; before that the policy always asked for false. */
export const escalation: Question = {
  definition: "1c6e92c9-99f0-4e55-9cf2-0c234dc48f99",
  compare(asked) {
    const isForced = asked.parameters.forceprivilegeescalationtobefalse === true || majorVersion(asked) < 8;
    return isForced ? {} : { looser: ["lets containers pass that leave allowPrivilegeEscalation unset"] };
  },
};

const groupRules = ["runasgrouprule", "supplementalgroupsrule", "fsgrouprule"] as const;

/** Users that are not root. Groups must not matter for the policy to ask the same; ranges of user ids are another question altogether. */
export const users: Question = {
  definition: "f06ddb64-5fa3-4b77-b166-acb36f7f6042",
  compare({ parameters }) {
    const { runasuserrule } = parameters;
    const asksForGroups = groupRules.some((rule) => (parameters[rule] ?? "RunAsAny") !== "RunAsAny");
    return {
      looser:
        runasuserrule === "MustRunAsNonRoot"
          ? []
          : [`has the rule ${JSON.stringify(runasuserrule)} for users`],
      wider: [
        ...(runasuserrule === "MustRunAs" ? ["asks for certain user ids"] : []),
        ...(asksForGroups ? ["asks for group ids as well"] : []),
      ],
    };
  },
};

/** The node's network and ports, which were a range of numbers before version 7 and are a list since. */
export const hostNetwork: Question = {
  definition: "82985f06-dc18-4a48-bc1c-b9f4f0098cfe",
  compare({ parameters }: WorkloadQuestion) {
    const { allowhostnetwork = false, allowedhostports, minport = 0, maxport = 0 } = parameters;
    const ports = textsIn(allowedhostports);
    return {
      looser: [
        ...(allowhostnetwork === false ? [] : ["lets pods use the node's network"]),
        ...(ports.length > 0 ? [`lets pods use the node's ports ${ports.join(", ")}`] : []),
        ...(minport === 0 && maxport === 0
          ? []
          : [`lets pods use the node's ports ${JSON.stringify(minport)} to ${JSON.stringify(maxport)}`]),
      ],
    };
  },
};

/** Names of profiles in annotations and in fields. */
const defaultProfiles: readonly string[] = ["runtimedefault", "runtime/default", "docker/default"];
const localProfiles: readonly string[] = ["localhost", "localhost/*"];

/** Seccomp profiles. */
export const seccomp: Question = {
  definition: "975ce327-682c-4f2e-aa46-b9598289b86c",
  compare({ parameters }) {
    const allowed = textsIn(parameters.allowedprofiles).map((profile) => profile.toLowerCase());
    const others = allowed.filter(
      (profile) => !defaultProfiles.includes(profile) && !profile.startsWith("localhost"),
    );
    const admits = (profiles: readonly string[]) =>
      allowed.includes("*") || allowed.some((profile) => profiles.includes(profile));
    return {
      looser: others.length > 0 ? [`admits the profiles ${others.join(", ")}`] : [],
      wider: [
        ...(admits(defaultProfiles) ? [] : ["objects to RuntimeDefault as well"]),
        ...(admits(localProfiles) ? [] : ["objects to Localhost profiles as well"]),
      ],
    };
  },
};
