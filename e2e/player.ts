/** What is heard: read from the media elements themselves, beside what the page draws. */
import { expect, type Page } from '@playwright/test'

export const player = (page: Page) => page.getByRole('region', { name: 'Player' })

/** The media elements, in the lanes' order. */
export function lanes(page: Page) {
  return page.locator('[data-lane-index]').evaluateAll((elements) =>
    elements
      .filter((element) => element instanceof HTMLMediaElement)
      .toSorted((a, b) => Number(a.dataset.laneIndex) - Number(b.dataset.laneIndex))
      .map(({ currentTime, paused, playbackRate, preservesPitch, volume, muted, duration }) => ({
        currentTime,
        paused,
        playbackRate,
        preservesPitch,
        volume: muted ? 0 : volume,
        duration,
      })),
  )
}

/** Seconds on the timeline, as the page draws them. */
export function position(page: Page): Promise<number> {
  return player(page)
    .getByRole('slider', { name: 'Position' })
    .evaluate((input) => (input instanceof HTMLInputElement ? input.valueAsNumber : -1))
}

/**
 * How far anything that plays was from the playhead, or from another lane, at most, over half a second: milliseconds of the
 * recordings. Infinite where nothing plays. The playhead moves in half pixels, so it is looked at when it does.
 */
function driftMs(page: Page): Promise<number> {
  return player(page).evaluate(async (dock) => {
    const drawn = dock.querySelector<HTMLElement>('[data-playheads]')
    const whole = Number(dock.querySelector<HTMLInputElement>('input[aria-label="Position"]')?.max)
    const media = [...dock.querySelectorAll<HTMLMediaElement>('[data-lane-index]')]
    let most = Number.NEGATIVE_INFINITY
    const look = () => {
      const clock = Number(drawn?.style.getPropertyValue('--at')) * whole
      const places = media
        .filter(({ paused }) => !paused)
        .map((element) => element.currentTime + Number(element.dataset.startSeconds) - clock)
      if (places.length > 0)
        most = Math.max(most, ...places.map(Math.abs), Math.max(...places) - Math.min(...places))
    }
    const watch = new MutationObserver(look)
    if (drawn) watch.observe(drawn, { attributeFilter: ['style'] })
    await new Promise((resolve) => setTimeout(resolve, 500))
    watch.disconnect()
    return most === Number.NEGATIVE_INFINITY ? Number.POSITIVE_INFINITY : most * 1000
  })
}

/** Everything that plays is within 50 ms, soon: what this machine is kept from is caught up with. */
export async function expectInSync(page: Page): Promise<void> {
  await expect.poll(() => driftMs(page), { timeout: 15_000 }).toBeLessThan(50)
}
