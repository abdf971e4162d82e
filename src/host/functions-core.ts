import { randomUUID } from "node:crypto";

/** The trigger of a function, as `@azure/functions` describes it to the runtime. */
export interface Trigger {
  readonly name: string;
  readonly type: string;
  readonly methods?: readonly string[];
  readonly route?: string;
  readonly schedule?: string;
}

/** A function the app has registered. */
export interface RegisteredFunction {
  readonly name: string;
  readonly trigger: Trigger;
  readonly bindings: Readonly<Record<string, unknown>>;
  readonly callback: unknown;
}

/** What a call carries: data of the trigger and of further inputs, by binding name, in the runtime's RPC form. */
export interface Invocation {
  readonly inputs: readonly { readonly name: string; readonly data: unknown }[];
}

/** The part of a programming model that the runtime's worker drives. */
interface ProgrammingModel {
  getInvocationModel(context: unknown): {
    getArguments(): Promise<{ context: unknown; inputs: unknown[] }>;
    invokeFunction(context: unknown, inputs: unknown[], handler: unknown): Promise<unknown>;
    getResponse(
      context: unknown,
      result: unknown,
    ): Promise<{ outputData?: { name: string; data: unknown }[]; returnValue?: unknown }>;
  };
}

export interface CoreModule {
  /** What the app requires as `@azure/functions-core`. */
  readonly api: Readonly<Record<string, unknown>>;
  functions(): readonly RegisteredFunction[];
  /** Runs a function through the app's own programming model, as the runtime's Node worker does; answers its return value in RPC form. */
  invoke(registered: RegisteredFunction, invocation: Invocation): Promise<unknown>;
}

interface Metadata {
  readonly name: string;
  readonly bindings: Readonly<Record<string, Trigger & { readonly direction?: string }>>;
}

/** The module `@azure/functions-core`, which only the runtime has: registrations go in, calls come out. */
export function createCoreModule(log: (level: string, message: string) => void): CoreModule {
  const functions: RegisteredFunction[] = [];
  let model: ProgrammingModel | undefined;

  return {
    api: {
      version: "4.0.0",
      hostVersion: "4.0.0",
      setProgrammingModel: (chosen: ProgrammingModel) => {
        model = chosen;
      },
      getProgrammingModel: () => model,
      registerHook: () => ({ dispose: () => undefined }),
      registerFunction: (metadata: Metadata, callback: unknown) => {
        functions.push(describe(metadata, callback));
        return { dispose: () => undefined };
      },
      log: (level: string, _category: string, message: string) => log(level, message),
    },
    functions: () => functions,
    invoke: async (registered, invocation) => {
      if (!model) throw new Error("The app has chosen no programming model.");
      const call = model.getInvocationModel({
        invocationId: randomUUID(),
        metadata: { name: registered.name, bindings: registered.bindings },
        request: { inputData: invocation.inputs, triggerMetadata: {} },
        log: (level: string, _category: string, message: string) => log(level, message),
        state: undefined,
      });
      const { context, inputs } = await call.getArguments();
      const result = await call.invokeFunction(context, inputs, registered.callback);
      const response = await call.getResponse(context, result);
      return response.returnValue;
    },
  };
}

function describe({ name, bindings }: Metadata, callback: unknown): RegisteredFunction {
  const trigger = Object.values(bindings).find(({ type }) => /trigger$/i.test(type));
  if (!trigger) throw new Error(`Function ${name} has no trigger.`);
  return { name, trigger, bindings, callback };
}
