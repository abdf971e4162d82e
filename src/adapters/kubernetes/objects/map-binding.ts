import type { BindingSubject } from "../../../domain/inspection.ts";
import { MalformedPropertyError, type Place, readList, readRequiredText, readText } from "../../row.ts";
import { at } from "./field.ts";

/** A binding as it stands. */
export interface MappedBinding {
  /** Null for a ClusterRoleBinding. */
  readonly namespace: string | null;
  readonly name: string;
  readonly roleKind: string;
  readonly roleName: string;
  /** With whole names. */
  readonly subjects: readonly BindingSubject[];
}

/** @throws MalformedPropertyError */
export function mapBinding(root: Place): MappedBinding {
  return {
    namespace: readText(at(root, "metadata.namespace")),
    name: readRequiredText(at(root, "metadata.name")),
    roleKind: readRequiredText(at(root, "roleRef.kind")),
    roleName: readRequiredText(at(root, "roleRef.name")),
    subjects: (readList(at(root, "subjects")) ?? []).map(mapSubject),
  };
}

const kinds = ["User", "Group", "ServiceAccount"] as const;

function mapSubject(place: Place): BindingSubject {
  const said = at(place, "kind");
  const kind = kinds.find((one) => one === said.value);
  if (kind === undefined) throw new MalformedPropertyError(said.path, said.value, kinds.join(" or "));
  return {
    kind,
    name: readRequiredText(at(place, "name")),
    namespace: kind === "ServiceAccount" ? readRequiredText(at(place, "namespace")) : null,
  };
}
