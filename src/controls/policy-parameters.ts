import { systemNamespaces } from "../domain/system-namespaces.ts";
import type { WorkloadQuestion } from "../domain/workloads.ts";

/** A built-in policy definition, and how what it was given compares with what a control asks. */
export interface Question {
  /** Its GUID. */
  readonly definition: string;
  /** The one namespace the control asks about; all of them without it. */
  readonly namespace?: string;
  /** Whether a label selector leaves out only what the control has nothing against. */
  readonly isHarmless?: (labelSelector: unknown) => boolean;
  /** Beside what narrows every definition alike. */
  readonly compare?: (asked: WorkloadQuestion) => Partial<Difference>;
}

/** Where a policy asks something else than a control, in words that go on after its name; empty where it does not. */
export interface Difference {
  /** It lets through what the control does not. */
  readonly looser: readonly string[];
  /** It objects to what the control has nothing against. */
  readonly wider: readonly string[];
}

/** Compares what a policy asks with what a control does. */
export function differenceOf(asked: WorkloadQuestion, question: Question): Difference {
  const own = question.compare?.(asked);
  const unreadable =
    asked.unreadable.length > 0
      ? [`was given values of ${asked.unreadable.join(", ")} that cannot be told`]
      : [];
  return {
    looser: [...unreadable, ...narrowings(asked, question), ...(own?.looser ?? [])],
    wider: [...unreadable, ...(own?.wider ?? [])],
  };
}

/** What every definition can be told to leave out. */
export function narrowings(
  { parameters }: WorkloadQuestion,
  question: Omit<Question, "definition"> = {},
): readonly string[] {
  const { namespace, isHarmless } = question;
  const { namespaces, excludednamespaces, excludedcontainers, excludedimages, labelselector, source } =
    parameters;
  const only = textsIn(namespaces);
  const without = textsIn(excludednamespaces).filter((one) =>
    namespace === undefined ? !systemNamespaces.includes(one) : one === namespace,
  );
  const isElsewhere = only.length > 0 && (namespace === undefined || !only.includes(namespace));
  const containers = textsIn(excludedcontainers);
  const images = textsIn(excludedimages);
  return [
    ...(isElsewhere ? [`looks at the namespaces ${only.join(", ")} alone`] : []),
    ...(without.length > 0 ? [`leaves out the namespaces ${without.join(", ")}`] : []),
    ...(isEmpty(labelselector) || isHarmless?.(labelselector)
      ? []
      : [`looks at workloads with the labels ${JSON.stringify(labelselector)} alone`]),
    ...(containers.length > 0 ? [`leaves out the containers ${containers.join(", ")}`] : []),
    ...(images.length > 0 ? [`leaves out the images ${images.join(", ")}`] : []),
    ...(typeof source === "string" && source.toLowerCase() === "generated"
      ? ["looks at generated objects alone"]
      : []),
  ];
}

/** A list of strings; anything else that is there counts as one entry, so that nothing odd passes for empty. */
export function textsIn(value: unknown): readonly string[] {
  if (value === undefined || value === null) return [];
  const entries: readonly unknown[] = Array.isArray(value) ? value : [value];
  return entries.map((entry) => (typeof entry === "string" ? entry : JSON.stringify(entry)));
}

/** The major version that is in force; infinite for the newest. */
export function majorVersion({ version }: WorkloadQuestion): number {
  const major = Number.parseInt(version ?? "", 10);
  return Number.isNaN(major) ? Number.POSITIVE_INFINITY : major;
}

function isEmpty(selector: unknown): boolean {
  return (
    selector === undefined ||
    selector === null ||
    (typeof selector === "object" && Object.values(selector).every((part) => textsIn(part).length === 0))
  );
}
