export interface MinorVersion {
  readonly major: number;
  readonly minor: number;
}

/** Of `1.35.6` and of the alias `1.35` alike; null for what is no version. */
export function minorVersionOf(version: string): MinorVersion | null {
  const [, major, minor] = /^(\d+)\.(\d+)(?:\.\d+)?$/.exec(version) ?? [];
  return major === undefined || minor === undefined ? null : { major: Number(major), minor: Number(minor) };
}
