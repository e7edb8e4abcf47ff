/** The part of the environment that is of where recordings are kept. */
import { expect, it } from 'vitest'
import { ConfigError, readConfig } from './config.ts'

const bucket = {
  RECORDINGS_URL: 's3://recordings',
  S3_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  S3_SECRET_ACCESS_KEY: 'hunter2/really+',
}

function refusal(env: Readonly<Record<string, string>>): string {
  try {
    readConfig(env)
  } catch (error) {
    if (error instanceof ConfigError) return error.message
  }
  throw new Error('was taken')
}

it('is the data folder unless a bucket is given', () => {
  expect(readConfig({}).recordings).toEqual({ kind: 'folder' })
  expect(readConfig(bucket).recordings).toEqual({
    kind: 'bucket',
    bucket: 'recordings',
    prefix: '',
    endpoint: undefined,
    region: 'us-east-1',
    accessKeyId: 'AKIDEXAMPLE',
    secretAccessKey: 'hunter2/really+',
  })
})

it.each([
  ['s3://recordings/', 'recordings', ''],
  ['s3://recordings/hindsight', 'recordings', 'hindsight/'],
  ['s3://of.all.calls/a/b.c/', 'of.all.calls', 'a/b.c/'],
])('takes %s, and a store of one’s own', (url, name, prefix) => {
  const own = {
    ...bucket,
    RECORDINGS_URL: url,
    S3_ENDPOINT: 'http://10.0.0.7:9000',
    S3_REGION: 'eu-central-1',
  }
  expect(readConfig(own).recordings).toMatchObject({
    bucket: name,
    prefix,
    endpoint: new URL('http://10.0.0.7:9000'),
    region: 'eu-central-1',
  })
})

it.each([
  ['RECORDINGS_URL', ''],
  ['RECORDINGS_URL', 'recordings'],
  ['RECORDINGS_URL', 'https://s3.example/recordings'],
  ['RECORDINGS_URL', 's3://'],
  ['RECORDINGS_URL', 's3://Recordings'],
  ['RECORDINGS_URL', 's3://recordings/../others'],
  ['RECORDINGS_URL', 's3://recordings//twice'],
  ['RECORDINGS_URL', 's3://key:hunter2@recordings'],
  ['S3_ENDPOINT', 's3.example'],
  ['S3_ENDPOINT', 'https://key:hunter2@s3.example'],
  ['S3_ENDPOINT', 'https://s3.example/path'],
  ['S3_REGION', ''],
  ['S3_REGION', 'eu central'],
  ['S3_ACCESS_KEY_ID', ''],
  ['S3_SECRET_ACCESS_KEY', 'hunter2 '],
])('stops at %s=%j and names it, without a secret', (name, value) => {
  const told = refusal({ ...bucket, [name]: value })
  expect(told).toMatch(new RegExp(`^${name} is .*expected `, 'm'))
  expect(told).not.toContain('hunter2')
})

it('stops at one without the other', () => {
  for (const name of ['S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'] as const) {
    const { [name]: _, ...others } = bucket
    expect(refusal(others)).toBe(`${name} is not set, and RECORDINGS_URL is: expected both, or neither`)
  }
  expect(refusal({ S3_ENDPOINT: 'https://s3.example' })).toBe(
    'S3_ENDPOINT is set, and RECORDINGS_URL is not: expected both, or neither',
  )
})
