import { describe, expect, it } from 'vitest'
import { ConfigError, readConfig } from './config.ts'

const secret = 's'.repeat(32)
const read = (url: string) => readConfig({ DATABASE_URL: url, SESSION_SECRET: secret }).database

describe('DATABASE_URL', () => {
  it('names one host', () => {
    expect(read('postgres://u:p%40ss@db.example/hindsight')).toEqual({
      user: 'u',
      password: 'p@ss',
      hosts: [{ host: 'db.example', port: 5432 }],
      database: 'hindsight',
      sslMode: 'disable',
      sslRootCert: undefined,
    })
  })

  it('names several, and how they are to be trusted', () => {
    expect(
      read('postgresql://u@10.0.0.1:5433,[::1]:5434,c/d?sslmode=verify-full&sslrootcert=%2Fetc%2Fca.pem'),
    ).toEqual({
      user: 'u',
      password: undefined,
      hosts: [
        { host: '10.0.0.1', port: 5433 },
        { host: '::1', port: 5434 },
        { host: 'c', port: 5432 },
      ],
      database: 'd',
      sslMode: 'verify-full',
      sslRootCert: '/etc/ca.pem',
    })
  })

  it.each([
    '',
    'mysql://u:hunter2@h/d',
    'postgres://h/d',
    'postgres://u:hunter2@h',
    'postgres://u:hunter2@h:0/d',
    'postgres://u:hunter2@h:65536/d',
    'postgres://u:hunter2@h,/d',
    'postgres://u:%zz@h/d',
    'postgres://u:hunter2@h/d?sslmode=perhaps',
    'postgres://u:hunter2@h/d?sslmode=disable&sslmode=require',
    'postgres://u:hunter2@h/d?target_session_attrs=any',
  ])('stops at %j, and does not show the password', (url) => {
    expect(() => read(url)).toThrow(ConfigError)
    expect(() => read(url)).toThrow(/^DATABASE_URL is set, but expected /)
    expect(() => read(url)).not.toThrow(/hunter2/)
  })

  it('wants a secret that every instance has', () => {
    expect(() => readConfig({ DATABASE_URL: 'postgres://u:hunter2@h/d' })).toThrow(
      /^DATABASE_URL is set, and SESSION_SECRET is not/,
    )
  })
})
