/** What Azure Monitor was told to send of a cluster's logs, and where to. */
export interface DiagnosticSetting {
  /** Its resource id. */
  readonly path: string;
  readonly name: string;
  /** Null when it names none. `unread`: nobody can tell whether it is still there. */
  readonly workspace: {
    readonly id: string;
    readonly presence: "present" | "absent" | "unread";
  } | null;
  /** Other places it sends to, such as `a storage account`. */
  readonly otherDestinations: readonly string[];
  /** Enabled log categories and groups of categories, as Azure spells them. */
  readonly categories: readonly string[];
  readonly categoryGroups: readonly string[];
}
