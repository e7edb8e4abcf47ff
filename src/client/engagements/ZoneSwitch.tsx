import { zonesTexts } from '../texts/en/zones.ts'
import { deviceZone } from '../time/zone.ts'
import { Select } from '../ui/Select.tsx'

interface ZoneSwitchProps {
  readonly zone: string
  /** The zone in the URL; absent: this device's. */
  readonly chosen: string | undefined
  onChoose(zone: string | undefined): void
}

const ofThisDevice = 'device'

export function ZoneSwitch({ zone, chosen, onChoose }: ZoneSwitchProps) {
  const texts = zonesTexts()
  const known = new Set(['UTC', ...Intl.supportedValuesOf('timeZone'), zone])
  const options = [
    { value: ofThisDevice, label: texts.ofThisDevice(deviceZone()) },
    ...[...known].map((name) => ({ value: name, label: name.replaceAll('_', ' ') })),
  ]
  return (
    <Select
      label={texts.timeZone}
      labelHidden
      value={chosen ?? ofThisDevice}
      options={options}
      onChange={(value) => onChoose(value === ofThisDevice ? undefined : value)}
    />
  )
}
