import { stat } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { conversationFile } from './conversations.ts'
import { type DemoEngagement, demoEngagements } from './demo-engagements.ts'
import { associates } from './people.ts'

const day = 86_400_000
// A Tuesday afternoon in the centre.
const now = Date.parse('2026-11-24T14:30:00Z')
const all = [...demoEngagements(now)]
const startOf = ({ call }: DemoEngagement) => Date.parse(call.startDate ?? '')
const recorded = all.filter(({ files }) => files.length > 0)

it('is the same every time, but for the clock', () => {
  expect([...demoEngagements(now)]).toEqual(all)
  const nextHour = new Map([...demoEngagements(now + 3_600_000)].map(({ call }) => [call.id, call]))
  const past = all.filter((one) => one.files.length === 0 && one.call.endDate !== undefined)
  expect(past.every(({ call }) => JSON.stringify(nextHour.get(call.id)) === JSON.stringify(call))).toBe(true)
})

it('holds about 20,000 engagements of the last 90 days, none of the future, each id once', () => {
  expect(all.length).toBeGreaterThan(18_000)
  expect(all.length).toBeLessThan(22_000)
  expect(new Set(all.map(({ call }) => call.id)).size).toBe(all.length)
  const starts = all.map(startOf)
  expect(Math.max(...starts)).toBeLessThanOrEqual(now)
  expect(Math.min(...starts)).toBeGreaterThan(now - 91 * day)
  expect(all.every(({ call }) => call.endDate === undefined || Date.parse(call.endDate) <= now)).toBe(true)
})

it('is believable: working hours, weekdays, forty associates, repeat customers, failures with reasons', () => {
  const hours = all.map((one) => new Date(startOf(one)).getUTCHours())
  const inHours = hours.filter((hour) => hour >= 6 && hour < 19).length
  expect(inHours / all.length).toBeGreaterThan(0.85)
  const sundays = all.filter((one) => new Date(startOf(one)).getUTCDay() === 0).length
  expect(sundays / all.length).toBeLessThan(0.05)

  const emails = all.flatMap(({ call }) => call.users ?? [])
  const members = new Set(emails.filter(({ association }) => association === 'MEMBER').map(({ uri }) => uri))
  expect(members).toEqual(new Set(associates.map(({ email }) => email)))
  expect(members.size).toBe(40)
  const customers = emails.filter(({ association }) => association === 'CREATOR').map(({ uri }) => uri)
  expect(new Set(customers).size).toBeLessThan(customers.length / 3)

  const failed = all.filter(({ call }) => call.status === 'unsuccessful')
  expect(failed.length / all.length).toBeGreaterThan(0.1)
  expect(failed.every(({ call }) => call.reason !== undefined)).toBe(true)
  expect(all.some(({ call }) => call.context !== undefined)).toBe(true)
  expect(all.some(({ call }) => call.endDate === undefined)).toBe(true)
})

it('has a dozen conversations of two recordings that answer each other, the newest rows among them', async () => {
  expect(recorded).toHaveLength(12)
  const newest = all.toSorted((a, b) => startOf(b) - startOf(a)).slice(0, 20)
  expect(newest.filter(({ files }) => files.length > 0).length).toBeGreaterThanOrEqual(3)
  let bytes = 0
  for (const { call, files } of recorded) {
    const [first, second] = call.recordings ?? []
    expect(call.recordings).toHaveLength(2)
    const speakers = new Set(call.recordings?.map(({ user }) => user))
    expect(speakers).toEqual(new Set(call.users?.map(({ uri }) => uri)))
    // They start at different seconds and overlap.
    const [a = 0, b = 0] = [first, second].map((one) => Date.parse(one?.created ?? ''))
    expect(a).not.toBe(b)
    expect(Math.abs(a - b) / 1000).toBeLessThan(Math.min(first?.duration ?? 0, second?.duration ?? 0))
    for (const [index, file] of files.entries()) {
      const { size } = await stat(conversationFile(file))
      expect(call.recordings?.[index]?.size).toBe(size)
      bytes += size
    }
  }
  expect(bytes).toBeLessThan(3_000_000)
  expect(recorded.filter(({ call }) => call.contents === 'AUDIOVIDEO')).toHaveLength(1)
})
