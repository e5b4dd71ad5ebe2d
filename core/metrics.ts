/** Placeholder: counts and latencies of accept, scan, decide, store, on prom-client. */
export interface Metrics {
  /** Times one step, in seconds, by its outcome. */
  observe(step: 'accept' | 'scan' | 'decide' | 'store', outcome: string, seconds: number): void;
  /** The text of /metrics (Prometheus exposition format). */
  text(): Promise<string>;
}
