import { Cron } from "croner";

/** NCRONTAB as the timer trigger takes it: six fields, seconds first, days of the week from 0, none of cron's later letters. */
export function isSchedule(text: string): boolean {
  const value = "(?:\\d{1,2}|[A-Za-z]{3})";
  const part = `(?:\\*|${value}(?:-${value})?)(?:/\\d{1,2})?`;
  const field = new RegExp(`^${part}(?:,${part})*$`);
  const fields = text.trim().split(/\s+/);
  if (fields.length !== 6 || !fields.every((one) => field.test(one)) || /7/.test(fields[5] ?? ""))
    return false;
  try {
    return new Cron(text, { paused: true, timezone: "UTC", domAndDow: true }).nextRun() !== null;
  } catch {
    // The parser's complaint is replaced by one that names the setting and the form.
    return false;
  }
}
