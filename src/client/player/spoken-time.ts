/** Times as a screen reader should say them: "02:31" would be read as a time of day. */
import { playerTexts } from '../texts/en/player.ts'

/** Such as `1 hour 1 minute 3 seconds`; parts that are nought are left out. */
export function spokenTime(seconds: number): string {
  const texts = playerTexts()
  const whole = Math.max(0, Math.floor(seconds))
  const parts = [
    counted(Math.floor(whole / 3600), texts.hours),
    counted(Math.floor(whole / 60) % 60, texts.minutes),
    counted(whole % 60, texts.seconds),
  ]
  return parts.filter((part) => part !== undefined).join(' ') || texts.seconds(0)
}

/** Such as `1 minute 3 seconds of 7 minutes 12 seconds`. */
export function spokenPosition(positionSeconds: number, durationSeconds: number | undefined): string {
  const texts = playerTexts()
  const position = spokenTime(positionSeconds)
  return durationSeconds === undefined
    ? texts.positionOnly(position)
    : texts.positionOf(position, spokenTime(durationSeconds))
}

function counted(count: number, tell: (count: number) => string): string | undefined {
  return count === 0 ? undefined : tell(count)
}
