import type { Setting } from "../../../domain/setting.ts";
import { type Place, readBoolean, readText } from "../../row.ts";

/** The property as it stands, with what Azure documents for one that is absent. */
export function toSetting<T>({ path }: Place, observed: T | null, byDefault: T): Setting<T> {
  return { path, observed, value: observed ?? byDefault };
}

/** @throws MalformedPropertyError */
export function booleanSetting(place: Place, byDefault: boolean): Setting<boolean> {
  return toSetting(place, readBoolean(place), byDefault);
}

/** @throws MalformedPropertyError */
export function textSetting(place: Place, byDefault: string): Setting<string> {
  return toSetting(place, readText(place), byDefault);
}

/** For a property whose absence nobody documents a meaning of. @throws MalformedPropertyError */
export function openTextSetting(place: Place): Setting<string | null> {
  return toSetting<string | null>(place, readText(place), null);
}
