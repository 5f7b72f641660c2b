import type { FunctionSpec } from "./function-config";

/** The functions known to this engine, found by what starts them. */
export class FunctionRegistry {
  private functions = new Map<string, FunctionSpec>();
  private waiting: (() => void)[] = [];
  private known = false;

  /** Replaces all functions of an app. */
  replaceApp(appId: string, specs: readonly FunctionSpec[]): void {
    for (const [id, spec] of this.functions) if (spec.appId === appId) this.functions.delete(id);
    for (const spec of specs) this.functions.set(spec.id, spec);
    this.known ||= specs.length > 0;
    if (this.known) for (const resume of this.waiting.splice(0)) resume();
  }

  /** Resolves once any functions are known: events before that would start nothing. */
  ready(): Promise<void> {
    return this.known ? Promise.resolve() : new Promise((resolve) => this.waiting.push(resolve));
  }

  get(id: string): FunctionSpec | undefined {
    return this.functions.get(id);
  }

  all(): FunctionSpec[] {
    return [...this.functions.values()];
  }

  /** Functions with a trigger for events of this name, each with the triggers concerned. */
  triggeredBy(eventName: string): { spec: FunctionSpec; triggers: FunctionSpec["triggers"] }[] {
    return this.all().flatMap((spec) => {
      const triggers = spec.triggers.filter((trigger) => matchesName(trigger.event, eventName));
      return triggers.length > 0 ? [{ spec, triggers }] : [];
    });
  }

  /** Whether any function starts or ends on events of this name. */
  listensTo(eventName: string): boolean {
    return this.all().some(
      (spec) =>
        spec.triggers.some((trigger) => matchesName(trigger.event, eventName)) ||
        spec.cancelOn.some((cancel) => cancel.event === eventName),
    );
  }

  get hasConcurrency(): boolean {
    return this.all().some((spec) => spec.concurrency.length > 0);
  }
}

/** `noun/*` in a trigger stands for every event that begins so. */
function matchesName(pattern: string, name: string): boolean {
  return pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : pattern === name;
}
