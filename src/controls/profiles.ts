import type { Control } from "../domain/control.ts";
import type { Profile } from "../domain/profile.ts";
import type { ProfileParameters } from "../domain/profile-parameters.ts";
import type { ProfileScope } from "../domain/profile-scope.ts";
import { type Severity, severities } from "../domain/severity.ts";
import { openDoorAbsent } from "./control-plane/open-door-absent.ts";
import { catalogue, headlineControls } from "./index.ts";

/** Asked by one guide, or by none, and against what many clusters are rightly built for: on where a profile names them. */
const optional: readonly string[] = [
  "nodes.azure-linux-preferred",
  "network.traffic-encrypted",
  "secrets.mounted-by-driver",
];

const profiles: readonly Profile[] = [
  named("default", ({ id }) => !optional.includes(id)),
  named("headline", ({ id }) => id === openDoorAbsent.id),
  named("guide-a", ({ references }) => references.guides?.includes("A") === true),
  named("guide-b", ({ references }) => references.guides?.includes("B") === true),
  named("cis-aks", ({ references }) => references.cis !== undefined),
  named("mcsb", ({ references }) => references.mcsb !== undefined),
];

export const profileNames: readonly string[] = profiles.map(({ name }) => name);

/** The built-in profile of that name. */
export function findProfile(name: string): Profile | null {
  return profiles.find((profile) => profile.name === name) ?? null;
}

/** A profile as somebody wrote it down. */
export interface ProfileRequest {
  readonly name: string;
  readonly controls: readonly { readonly id: string; readonly severity?: string | undefined }[];
  readonly clusters?: ProfileScope;
  readonly parameters?: ProfileParameters;
}

export type ProfileOutcome = { readonly profile: Profile } | { readonly faults: readonly string[] };

/** Makes a profile of a request, in the catalogue's order and with the headline controls added, or tells all that is wrong with it. */
export function profileFrom({ name, controls, clusters, parameters }: ProfileRequest): ProfileOutcome {
  const asked = new Map(controls.map(({ id, severity }) => [id, severity]));
  const faults = [
    ...(profileNames.includes(name)
      ? [`A profile named "${name}" is built in; scores would not say which was meant.`]
      : []),
    ...controls.flatMap(({ id, severity }, index) => [
      ...(catalogue.some((control) => control.id === id) ? [] : [`There is no control "${id}".`]),
      ...(controls.findIndex((other) => other.id === id) < index ? [`Control "${id}" is listed twice.`] : []),
      ...(severity === undefined || isSeverity(severity)
        ? []
        : [`Control "${id}" has the severity "${severity}", which is none of ${severities.join(", ")}.`]),
    ]),
  ];
  if (faults.length > 0) return { faults };

  const held = catalogue.filter((control) => asked.has(control.id) || headlineControls.includes(control));
  return {
    profile: {
      name,
      controls: held.map((control) => {
        const severity = asked.get(control.id);
        return {
          control,
          severity: severity !== undefined && isSeverity(severity) ? severity : control.severity,
        };
      }),
      ...(clusters && { clusters }),
      ...(parameters && { parameters }),
    },
  };
}

function named(name: string, isAsked: (control: Control) => boolean): Profile {
  const held = catalogue.filter((control) => headlineControls.includes(control) || isAsked(control));
  return { name, controls: held.map((control) => ({ control, severity: control.severity })) };
}

function isSeverity(text: string): text is Severity {
  return severities.some((severity) => severity === text);
}
