import type { ConnectedApp } from "../composition/wiring.ts";

/** What every trigger works with: connected once, and only when the first one fires. */
export type App = ConnectedApp;

/** Connects to as much of the app as a trigger needs. */
export type Connect<Part extends keyof App = keyof App> = () => Promise<Pick<App, Part>>;
