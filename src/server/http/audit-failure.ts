/** The record of an attempt to get in that failed. */
import type { FastifyRequest } from 'fastify'
import { foldEmail, isEmail } from '../../contract/query/param.ts'
import type { Access } from '../auth/access.ts'
import type { AppContext } from './app-context.ts'
import { auditRecord } from './audit-record.ts'
import type { Failure } from './sign-in-attempts.ts'

interface FailedAttempt {
  readonly tenant: string
  readonly action: 'sign-in-failed' | 'token-refused'
  /** As it was given. */
  readonly name: string
  readonly by: Failure
}

/**
 * Names and tenants cost nothing to make up: past the limit of its address, an attempt is kept without the one, and not at
 * all without the other, so that an address makes one record a second and tenant at most.
 */
export async function auditFailure(
  { access, audit }: Pick<AppContext, 'access' | 'audit'>,
  request: FastifyRequest,
  { tenant, action, name, by }: FailedAttempt,
): Promise<void> {
  if (by === 'address' && !(await access.hasTenant(tenant))) return
  const subject = by === 'address' ? undefined : await knownName(access, tenant, name)
  audit.record(auditRecord(request, { tenant, action, subject }))
}

/** The name to keep: what is neither an address nor a client of ours may be a password, typed one field too early. */
async function knownName(access: Access, tenant: string, name: string): Promise<string | undefined> {
  if (isEmail(name)) return foldEmail(name)
  return (await access.hasProgram(tenant, name)) ? name : undefined
}
