import { Fragment } from 'react'
import type { EngagementV1 } from '../../contract/model/engagement.ts'
import { playerTexts } from '../texts/en/player.ts'
import { formatTime } from '../time/zone.ts'
import { cutText } from '../ui/cut-text.ts'
import { GivenText } from '../ui/GivenText.tsx'
import styles from './PlayerDock.module.css'
import { sidesOf } from './people.ts'

interface WhoProps {
  readonly engagement: EngagementV1
  readonly zone: string
}

/** When it was, and who talked with whom. */
export function Who({ engagement, zone }: WhoProps) {
  const texts = playerTexts()
  const { customers, associates } = sidesOf(engagement)
  const startMs = engagement.startDate === undefined ? undefined : Date.parse(engagement.startDate)
  const everybody = engagement.users?.map(({ uri = '' }) => cutText(uri)).join('\n')
  return (
    <div className={styles.who}>
      <p className="num">
        {startMs === undefined ? (
          <span className="muted">{texts.startUnknown}</span>
        ) : (
          <>
            <b>{formatTime(startMs, zone, 'time')}</b>{' '}
            <span className="muted">{formatTime(startMs, zone, 'day')}</span>
          </>
        )}
      </p>
      <p className="muted" title={everybody}>
        <Names of={customers} />
        {customers.length > 0 && associates.length > 0 && (
          <>
            <span aria-hidden> ↔ </span>
            <span className="visually-hidden">{texts.with}</span>
          </>
        )}
        <Names of={associates} />
        {engagement.assignedTeam && (
          <>
            {' · '}
            <GivenText>{engagement.assignedTeam}</GivenText>
          </>
        )}
      </p>
    </div>
  )
}

function Names({ of }: { readonly of: readonly string[] }) {
  return of.map((name, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: two can share a name, and the list never changes
    <Fragment key={index}>
      {index > 0 && ', '}
      <GivenText>{name}</GivenText>
    </Fragment>
  ))
}
