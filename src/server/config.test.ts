import { availableParallelism } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { ConfigError, readConfig } from './config.ts'

describe('readConfig', () => {
  it('has a default for everything', () => {
    expect(readConfig({})).toEqual({
      port: 8080,
      host: '127.0.0.1',
      publicUrl: undefined,
      trustedProxies: [],
      dataDir: path.resolve('./data'),
      database: undefined,
      recordings: { kind: 'folder' },
      replicaLagMs: 1000,
      demo: 'auto',
      sessionSecret: undefined,
      upstream: undefined,
      upstreamPerson: { email: undefined, password: undefined },
      auditDays: 365,
      workers: 1,
      logLevel: 'info',
    })
  })

  it('takes what is set', () => {
    const secret = 's'.repeat(32)
    const env = {
      PORT: '0',
      HOST: '::1',
      PUBLIC_URL: 'https://h.example',
      DEMO: 'off',
      SESSION_SECRET: secret,
      AUDIT_DAYS: '30',
      WORKERS: '2',
      TRUSTED_PROXY: '10.0.0.7, 192.168.0.0/16,fd00::/8',
      LOG_LEVEL: 'debug',
    }
    expect(readConfig(env)).toMatchObject({
      port: 0,
      host: '::1',
      demo: 'off',
      sessionSecret: secret,
      auditDays: 30,
      workers: 2,
      trustedProxies: ['10.0.0.7', '192.168.0.0/16', 'fd00::/8'],
      logLevel: 'debug',
    })
    expect(readConfig({ WORKERS: 'per-core' }).workers).toBe(availableParallelism())
    expect(readConfig(env).publicUrl?.origin).toBe('https://h.example')
  })

  it.each([
    ['PORT', ''],
    ['PORT', '80a'],
    ['PORT', '-1'],
    ['PORT', '65536'],
    ['PORT', '8e3'],
    ['PORT', ' 80'],
    ['HOST', ''],
    ['HOST', 'http://x'],
    ['HOST', 'a b'],
    ['PUBLIC_URL', 'hindsight.example'],
    ['PUBLIC_URL', 'ftp://hindsight.example'],
    ['PUBLIC_URL', 'https://hindsight.example/path'],
    ['TRUSTED_PROXY', ''],
    ['TRUSTED_PROXY', 'true'],
    ['TRUSTED_PROXY', '10.0.0.0/33'],
    ['TRUSTED_PROXY', '10.0.0.1,'],
    ['DATA_DIR', ''],
    ['DATA_DIR', '  '],
    ['DEMO', 'on'],
    ['DEMO', ''],
    ['SESSION_SECRET', ''],
    ['SESSION_SECRET', 'too short'],
    ['DATABASE_REPLICA_LAG', '1s'],
    ['DATABASE_REPLICA_LAG', '299'],
    ['AUDIT_DAYS', '0'],
    ['AUDIT_DAYS', 'ever'],
    ['AUDIT_DAYS', '36501'],
    ['WORKERS', ''],
    ['WORKERS', '0'],
    ['WORKERS', '65'],
    ['WORKERS', '2.0'],
    ['WORKERS', 'zwei'],
    ['WORKERS', 'per-cores'],
    ['LOG_LEVEL', 'verbose'],
    ['LOG_LEVEL', 'INFO'],
  ])('stops at %s=%j and names it', (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(ConfigError)
    expect(() => readConfig({ [name]: value })).toThrow(new RegExp(`^${name} is .*expected `))
  })

  it('names everything that is wrong at once, and never shows a secret', () => {
    try {
      readConfig({ PORT: 'x', DEMO: 'y', SESSION_SECRET: 'hunter2' })
      expect.unreachable()
    } catch (error) {
      expect(String(error)).toMatch(/PORT[\s\S]*DEMO[\s\S]*SESSION_SECRET/)
      expect(String(error)).not.toContain('hunter2')
    }
  })
})
