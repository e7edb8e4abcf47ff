/** A moment of an engagement as plain text, to paste into a chat or a ticket. */
import { tzOffset } from '@date-fns/tz'
import type { EngagementV1 } from '../../contract/model/engagement.ts'
import { handOverTexts } from '../texts/en/hand-over.ts'
import { clockText } from '../time/amounts.ts'
import { toWallClock } from '../time/wall-clock.ts'
import { formatTime, zoneAbbreviation } from '../time/zone.ts'

export interface HandOver {
  readonly engagement: EngagementV1
  /** Counted from 0. */
  readonly recordingIndex: number
  /** Seconds of the engagement's timeline: where the player stands, and the part that is marked, which is told instead. */
  readonly atSeconds: number
  readonly part?: { readonly fromSeconds: number; readonly toSeconds: number } | undefined
  readonly lengthSeconds: number | undefined
  /** Epoch milliseconds; undefined where no recording says when it began. */
  readonly timelineStartMs: number | undefined
  readonly zone: string
  readonly link: string
}

/** Lines of a name and a value; what is not known has no line. The link stands last, alone, so that it stays a link. */
export function handOverText(handOver: HandOver): string {
  const texts = handOverTexts()
  const roles: Readonly<Record<string, string>> = { CREATOR: texts.customer, MEMBER: texts.associate }
  const { engagement, recordingIndex, zone, link } = handOver
  const { id, startDate, assignedTeam, users = [] } = engagement
  const startMs = startDate === undefined ? undefined : Date.parse(startDate)
  return [
    line(texts.engagement, id),
    startMs !== undefined &&
      line(texts.started, `${formatTime(startMs, zone, 'dateTime')} ${zoneText(zone, startMs)}`),
    line(texts.team, assignedTeam),
    ...users.map(({ uri, association = texts.user }) => line(roles[association] ?? association, uri)),
    line(texts.recording(recordingIndex + 1), engagement.recordings?.[recordingIndex]?.user),
    momentLine(handOver, startMs),
    link,
  ]
    .filter((text) => typeof text === 'string')
    .join('\n')
}

/** Such as `At: 14:19:11 CET (02:31 of 07:12)` or `Part: 14:19:11 to 14:19:40 CET (02:31 to 03:00 of 07:12)`. */
function momentLine(
  { atSeconds, part, lengthSeconds, timelineStartMs, zone }: HandOver,
  startMs: number | undefined,
): string {
  const texts = handOverTexts()
  const told = ([from = '', to]: readonly string[]) => (to === undefined ? from : texts.fromTo(from, to))
  const seconds = part ? [part.fromSeconds, part.toSeconds] : [atSeconds]
  const place = told(seconds.map(clockText))
  const position = lengthSeconds === undefined ? place : texts.ofLength(place, clockText(lengthSeconds))
  const name = part ? texts.part : texts.at
  if (timelineStartMs === undefined) return `${name}: ${position}`
  const moments = seconds.map((second) => timelineStartMs + second * 1000)
  // The day of the start stands above; another one, after midnight say, is told.
  const startDay = toWallClock(startMs, zone).day
  const style = moments.every((at) => toWallClock(at, zone).day === startDay) ? 'time' : 'dateTime'
  const clock = told(moments.map((at) => formatTime(at, zone, style)))
  return `${name}: ${clock} ${zoneAbbreviation(zone, moments.at(-1) ?? timelineStartMs)} (${position})`
}

/** Such as `CET (UTC+01:00)`: whoever reads it may be elsewhere. */
function zoneText(zone: string, at: number): string {
  const name = zoneAbbreviation(zone, at)
  const minutes = tzOffset(zone, new Date(at))
  if (name === 'UTC') return name
  const pad = (value: number) => String(Math.floor(value)).padStart(2, '0')
  const distance = Math.abs(minutes)
  return `${name} (UTC${minutes < 0 ? '-' : '+'}${pad(distance / 60)}:${pad(distance % 60)})`
}

// Line breaks would forge lines; marks that turn the direction of writing would turn what stands after them.
const disturbing = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu

/**
 * The name first and the value last on its own line: so an email that is written from right to left, between names that are
 * not, is still read in one piece, and copied without invisible characters.
 */
function line(name: string, value: string | undefined): string | undefined {
  const shown = value?.replace(disturbing, ' ').trim()
  return shown ? `${name.replace(disturbing, ' ')}: ${shown}` : undefined
}
