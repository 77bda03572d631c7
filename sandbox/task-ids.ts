import type { App } from './company';

/** The task_ids of template cards; none may come twice in one app (doc 90236). */
export class TaskIds {
  private readonly used = new Map<App, Set<string>>();

  add(app: App, taskId: string): void {
    const ofApp = this.used.get(app) ?? new Set<string>();
    this.used.set(app, ofApp.add(taskId));
  }

  has(app: App, taskId: string): boolean {
    return this.used.get(app)?.has(taskId) ?? false;
  }
}
