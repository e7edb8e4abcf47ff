import { GivenText } from '../../ui/GivenText.tsx'
import styles from './detail.module.css'
import { LongText } from './LongText.tsx'

interface FactListProps {
  readonly title: string
  readonly facts: readonly (readonly [string, string | undefined])[]
}

/** Names and values; what is absent is left out. */
export function FactList({ title, facts }: FactListProps) {
  return (
    <section>
      <h2>{title}</h2>
      <dl className={`${styles.facts} num`}>
        {facts.map(([name, value]) =>
          value === undefined ? null : (
            <div key={name}>
              <dt>
                <GivenText>{name}</GivenText>
              </dt>
              <dd>
                <LongText>{value}</LongText>
              </dd>
            </div>
          ),
        )}
      </dl>
    </section>
  )
}
