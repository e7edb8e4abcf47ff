import styles from './detail.module.css'

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
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
        )}
      </dl>
    </section>
  )
}
