import type { PlanRequest } from '../experiments/run-plan';

/** A plan, and what to tell the person who asked for it, a line each. */
export interface AskedPlan {
  readonly request: PlanRequest;
  readonly remarks: readonly string[];
}
