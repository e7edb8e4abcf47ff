/** Where a PostgreSQL is, and as whom we come. */
export interface PostgresHost {
  readonly host: string
  readonly port: number
}

export interface PostgresSettings {
  readonly user: string
  readonly password: string | undefined
  /** At least one; of several, one is the primary and the others are its replicas. */
  readonly hosts: readonly [PostgresHost, ...PostgresHost[]]
  readonly database: string
  /** As libpq's `sslmode`: `require` encrypts, `verify-full` also wants a certificate for the host's name. */
  readonly sslMode: 'disable' | 'require' | 'verify-full'
  /** File of the certificates that vouch for the hosts; undefined: those that Node trusts. */
  readonly sslRootCert: string | undefined
}
