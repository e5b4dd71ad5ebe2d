/** Placeholder: replaced by the zod schema of the contract's variables (design.md 3). */
export interface Config {
  readonly dataDir: string;
  readonly host: string;
  readonly mxPort: number;
  readonly submissionPort: number;
  readonly submissionsPort: number;
  readonly imapPort: number;
  readonly imapsPort: number;
  readonly webPort: number;
  readonly domain: string;
  readonly publicUrl: string;
  readonly trustedProxy: string | null;
  readonly tlsCertFile: string | null;
  readonly tlsKeyFile: string | null;
  readonly secretFile: string;
  readonly maxMessageBytes: number;
  readonly databaseUrl: string;
  readonly databaseAdminUrl: string;
  readonly redisUrl: string | null;
  readonly clamd: string;
  readonly smarthost: string | null;
  readonly insecureLoopback: boolean;
}
