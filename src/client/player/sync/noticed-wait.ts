/** Waits shorter than this are not worth words, least of all spoken ones. */
const noticedWaitMs = 300

/** A wait that goes on, from when on it is worth words. */
export class NoticedWait {
  #timer: ReturnType<typeof setTimeout> | undefined
  noticed = false

  /** @param notice called once it has become worth words */
  watch(waits: boolean, notice: () => void): void {
    if (!waits) this.end()
    else
      this.#timer ??= setTimeout(() => {
        this.noticed = true
        notice()
      }, noticedWaitMs)
  }

  end(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.noticed = false
  }
}
