/** Times as a screen reader should say them: "02:31" would be read as a time of day. */

/** Such as `1 hour 1 minute 3 seconds`; parts that are nought are left out. */
export function spokenTime(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  const parts = [
    counted(Math.floor(whole / 3600), 'hour'),
    counted(Math.floor(whole / 60) % 60, 'minute'),
    counted(whole % 60, 'second'),
  ]
  return parts.filter((part) => part !== undefined).join(' ') || '0 seconds'
}

/** Such as `1 minute 3 seconds of 7 minutes 12 seconds`. */
export function spokenPosition(positionSeconds: number, durationSeconds: number | undefined): string {
  const position = spokenTime(positionSeconds)
  return durationSeconds === undefined
    ? `${position}, length unknown`
    : `${position} of ${spokenTime(durationSeconds)}`
}

function counted(count: number, unit: string): string | undefined {
  if (count === 0) return undefined
  return count === 1 ? `1 ${unit}` : `${count} ${unit}s`
}
