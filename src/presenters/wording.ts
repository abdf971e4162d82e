const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** `1 failure`, `3 failures`. */
export function count(number: number, noun: string, plural = `${noun}s`): string {
  return `${number} ${number === 1 ? noun : plural}`;
}

/** `2026-11-21…` as `21 Nov 2026`; anything else as it is. */
export function plainDate(date: string): string {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)/.exec(date) ?? [];
  const name = months[Number(month) - 1];
  return name === undefined ? date : `${Number(day)} ${name} ${year}`;
}

/** A moment (ISO 8601, UTC) as `21 Nov 2026, 01:00 UTC`. */
export function plainMoment(moment: string): string {
  const [, time] = /T(\d\d:\d\d)/.exec(moment) ?? [];
  return time === undefined ? plainDate(moment) : `${plainDate(moment)}, ${time} UTC`;
}

/** Resource ids within a text, cut to what a person calls the thing: `cluster aks-pay-weu-01`. */
export function withoutLongIds(text: string): string {
  return text.replaceAll(/\/subscriptions\/[^\s,;"'()]+/gi, nameResource);
}

/** `subscription 1c0f…`, `resource group rg-pay` or `cluster aks-pay-weu-01`; other text as it is. */
export function nameResource(id: string): string {
  if (id === "/") return "everything that was asked for";
  const [, subscription, group, rest] =
    /^\/subscriptions\/([^/]+)(?:\/resourceGroups\/([^/]+)(?:\/providers\/[^/]+\/(.+))?)?\/?$/i.exec(id) ??
    [];
  if (rest !== undefined) return rest.replace(/^managedClusters\//i, "cluster ");
  if (group !== undefined) return `resource group ${group}`;
  return subscription === undefined ? id : `subscription ${subscription}`;
}
