import type { ConnectedApp } from "../composition/wiring.ts";

/** What every trigger works with: connected once, and only when the first one fires. */
export type App = ConnectedApp;

export type Connect = () => Promise<App>;
