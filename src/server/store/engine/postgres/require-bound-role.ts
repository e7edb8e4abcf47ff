/**
 * Row-level security is the second lock between tenants, and one that our own role can open is none: whoever is a superuser or
 * has BYPASSRLS, or may become such a role, is refused. Going on under another role by `set role` would leave the key in the
 * lock, as any statement may `reset role`: https://www.postgresql.org/docs/18/ddl-rowsecurity.html
 */
import { type Kysely, sql } from 'kysely'

/** What was made by a role that is refused has to be given to the one that takes its place. */
const ours = `^(tenant|account|client|person|start_count|arrival|recording|removed_file|saved_view|sync_walk|sync_gap|audit|\
sign_in_failure|duration_count|long_id|long_email|half_moved|kysely_migration|kysely_migration_lock|engagement_key|\
(engagement|participant)(_[0-9]+_.+)?)$`

class UnboundRole extends Error {
  /** An operator's affair, and no mistake of ours. */
  readonly code = 'UNBOUND_ROLE'
}

interface Found {
  /** As DATABASE_URL has it. */
  readonly role: string
  /** The role that is not bound: itself, or one that it may become. */
  readonly unbound: string
  /** Quoted where it has to be. */
  readonly schema: string
  readonly database: string
  /** There are tables of ours. */
  readonly filled: boolean
}

/** @throws UnboundRole with the statements that make a role which is bound */
export async function requireBoundRole(db: Kysely<Record<string, never>>): Promise<void> {
  const { rows } = await sql<Found>`select session_user as role, rolname as unbound,
      quote_ident(coalesce(current_schema, 'public')) as schema, quote_ident(current_database()) as database,
      to_regclass('kysely_migration') is not null as filled
    from pg_roles where (rolsuper or rolbypassrls) and pg_has_role(session_user, oid, 'member')
    order by rolname <> session_user, rolname limit 1`.execute(db)
  const [found] = rows
  if (found !== undefined) throw new UnboundRole(refusal(found))
}

function refusal({ role, unbound, schema, database, filled }: Found): string {
  const reason =
    unbound === role
      ? `${role} is a superuser or has BYPASSRLS`
      : `${role} may become ${unbound}, which is a superuser or has BYPASSRLS`
  const statements = [
    `create role hindsight login password '…';`,
    `grant connect on database ${database} to hindsight;`,
    `grant usage, create on schema ${schema} to hindsight;`,
    ...(schema === 'public' ? [] : [`alter role hindsight set search_path = ${schema};`]),
    ...(filled ? handOver(schema) : []),
  ]
  return [
    `The user of DATABASE_URL has to be bound by row-level security, and ${reason}. Make one that is:`,
    ...statements.map((statement) => `  ${statement}`),
    'and sign in as that one.',
  ].join('\n')
}

function handOver(schema: string): readonly string[] {
  return [
    `do $$ declare one regclass; begin for one in select oid from pg_class where relnamespace = '${schema}'::regnamespace`,
    `  and relkind in ('r', 'p') and relname ~ '${ours}'`,
    "  loop execute format('alter table %s owner to hindsight', one); end loop; end $$;",
    `alter function ${schema}.hindsight_add_month(integer, integer) owner to hindsight;`,
  ]
}
