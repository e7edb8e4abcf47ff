/**
 * The demo tenant's history: about 20,000 calls over 90 days up to now. Each day is made from its own date alone, so a day
 * looks the same whenever it is made; only the calls of the last hour and those with recordings go by the clock.
 */
import { TZDate } from '@date-fns/tz'
import { addDays } from 'date-fns/addDays'
import { startOfDay } from 'date-fns/startOfDay'
import { formatInstant } from '../../contract/query/instant.ts'
import { type Call, makeCall } from './call.ts'
import { type Conversation, type ConversationRecording, conversations } from './conversations.ts'
import { associates, customers } from './people.ts'
import { createRandom } from './random.ts'
import { centreZone, daysUntil, startsOfDay } from './working-day.ts'

/** A call, and for each of its recordings the file of the repository that holds it. */
export interface DemoEngagement {
  readonly call: Call
  readonly files: readonly string[]
}

const days = 90
const stillOpen = 6
const minuteMs = 60_000
const secondMs = 1000
/** Minutes ago at which the newest recorded conversations began: among the first rows whatever the hour. */
const recentMinutes = [4, 9, 15, 22, 30, 41]
const alreadyConnectedSeconds = 8

/** Oldest first, in no particular order within the last hour. */
export function* demoEngagements(nowMs: number): Generator<DemoEngagement> {
  for (const day of daysUntil(nowMs, days)) {
    const date = formatInstant(day.getTime() + 12 * 60 * minuteMs).slice(0, 10)
    const random = createRandom(Number(date.replaceAll('-', '')))
    let number = 0
    for (const startMs of startsOfDay(random, day)) {
      number++
      const call = makeCall(
        random,
        `${date}-${String(number).padStart(4, '0')}`,
        startMs,
        Number.POSITIVE_INFINITY,
      )
      // The present: calls that have not begun yet are left out, and what has not ended is for the open calls below.
      if (startMs < nowMs && Date.parse(call.endDate ?? '') < nowMs) yield { call, files: [] }
    }
  }
  yield* recordedCalls(nowMs)
  yield* openCalls(nowMs)
}

function* openCalls(nowMs: number): Generator<DemoEngagement> {
  const random = createRandom(Math.floor(nowMs / minuteMs))
  for (let number = 1; number <= stillOpen; number++) {
    const startMs = wholeSecond(nowMs - random.between(20, 45 * 60) * secondMs)
    yield { call: makeCall(random, `open-${number}`, startMs, 0), files: [] }
  }
}

function* recordedCalls(nowMs: number): Generator<DemoEngagement> {
  for (const [index, conversation] of conversations.entries()) {
    const minutes = recentMinutes[index]
    const startMs =
      minutes === undefined
        ? onAnEarlierDay(nowMs, index - recentMinutes.length + 1)
        : wholeSecond(nowMs - minutes * minuteMs)
    yield recordedCall(conversation, index, startMs)
  }
}

/** 11:20 and some minutes in the centre, so many days ago. */
function onAnEarlierDay(nowMs: number, daysAgo: number): number {
  const day = startOfDay(new TZDate(nowMs, centreZone))
  return addDays(day, -daysAgo).getTime() + (11 * 60 + 20 + daysAgo * 7) * minuteMs
}

function recordedCall(conversation: Conversation, index: number, startMs: number): DemoEngagement {
  const { name, team, topic, associateInitiated, durationSeconds, recordings } = conversation
  const inTeam = associates.filter((associate) => associate.team === team)
  const associate = inTeam[index % inTeam.length]?.email ?? ''
  const customer = customers[(index * 37) % customers.length] ?? ''
  const emailOf = ({ speaker }: ConversationRecording) => (speaker === 'customer' ? customer : associate)
  const pendingTime = 6 + ((index * 11) % 40)
  // The timeline of the conversation begins on a whole second, so that its recordings' dates say exactly when they were.
  const talkMs = startMs + pendingTime * secondMs
  const duration = durationSeconds + alreadyConnectedSeconds
  const video = recordings.some(({ contents }) => contents === 'AUDIOVIDEO')
  return {
    call: {
      startDate: formatInstant(startMs),
      endDate: formatInstant(talkMs + duration * secondMs),
      id: `recorded-${name}`,
      duration,
      contents: video ? 'AUDIOVIDEO' : 'AUDIO',
      context: JSON.stringify({ topic, plan: index % 3 === 0 ? 'gold' : 'basic', locale: 'en-GB' }),
      users: [
        { uri: customer, association: 'CREATOR' },
        { uri: associate, association: 'MEMBER' },
      ],
      recordings: recordings.map((recording) => ({
        uri: recording.file,
        user: emailOf(recording),
        created: formatInstant(talkMs + recording.offsetSeconds * secondMs),
        duration: recording.durationSeconds,
        size: recording.bytes,
        contents: recording.contents,
      })),
      releaseState: 'connected',
      status: 'successful',
      pendingTime,
      assignedTeam: team,
      associateInitiated,
    },
    files: recordings.map(({ file }) => file),
  }
}

function wholeSecond(ms: number): number {
  return Math.floor(ms / secondMs) * secondMs
}
