import { useSyncExternalStore } from 'react'
import { playerTexts } from '../texts/en/player.ts'
import { autoNext } from './auto-next.ts'
import styles from './PlayerDock.module.css'

/** Nothing plays by itself unless somebody asked for it here. */
export function AutoNextSwitch() {
  const on = useSyncExternalStore(autoNext.subscribe, autoNext.isOn)
  return (
    <label className={styles.check}>
      <input type="checkbox" checked={on} onChange={(event) => autoNext.switchTo(event.target.checked)} />
      {playerTexts().autoplayNext}
    </label>
  )
}
