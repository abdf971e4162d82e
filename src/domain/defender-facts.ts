/** Software in images that run in a cluster, of which Defender knows vulnerabilities. */
export interface VulnerableSoftware {
  /** The resource id of Defender's assessment. */
  readonly path: string;
  readonly software: string;
  readonly severity: string;
  /** The worst few, worst first. */
  readonly cves: readonly string[];
}

/** A Defender pricing that bears on a cluster: one of its subscription, or its own. */
export interface DefenderPricing {
  /** Its resource id. */
  readonly path: string;
  readonly plan: "Containers" | "CloudPosture";
  /** It is the cluster's own, which wins for the cluster, though not for registries. */
  readonly isOwn: boolean;
  readonly tier: string;
  readonly extensions: readonly PlanExtension[];
}

/** A part of a Defender plan that is switched by itself. */
export interface PlanExtension {
  readonly name: string;
  /** `True` or `False`, as Azure writes it; null when it says neither. */
  readonly isEnabled: string | null;
}
