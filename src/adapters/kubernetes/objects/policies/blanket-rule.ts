import type { BlanketPolicy, Direction } from "../../../../domain/inspection.ts";

/** A namespace and what selectors tell it by. */
export interface SelectedNamespace {
  readonly name: string;
  readonly labels: ReadonlyMap<string, string>;
}

/** Whether something means every pod of a namespace; null when that cannot be told. */
export type Meaning = (namespace: SelectedNamespace) => boolean | null;

/** A policy that means every pod of the namespaces it means. */
export interface BlanketRule extends BlanketPolicy {
  readonly means: Meaning;
}

/**
 * The rules that mean a namespace. Of one that perhaps means it, what it denies does not count, and what it allows does:
 * in doubt nothing passes.
 */
export function rulesMeaning(
  namespace: SelectedNamespace,
  rules: readonly BlanketRule[],
): readonly BlanketPolicy[] {
  return rules.flatMap(({ path, denies, allows, means }) => {
    const isMeant = means(namespace);
    if (isMeant === false || (denies.length === 0 && allows.length === 0)) return [];
    if (isMeant === null) return allows.length > 0 ? [{ path, denies: [], allows }] : [];
    return [{ path, denies, allows }];
  });
}

/** The directions for which something holds. */
export function directionsWhere(holds: (direction: Direction) => boolean): readonly Direction[] {
  return (["ingress", "egress"] as const).filter(holds);
}

/** Whether all of it holds; null where something cannot be told, and nothing speaks against it. */
export function allHold(answers: readonly (boolean | null)[]): boolean | null {
  if (answers.includes(false)) return false;
  return answers.includes(null) ? null : true;
}
