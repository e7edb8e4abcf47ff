/** The clock that leads: where on the timeline the listener is. It knows no media and no React. */

export class Clock {
  readonly #now: () => number
  #runs = false
  #speed = 1
  /** The position at `#sinceMs`. */
  #baseSeconds = 0
  #sinceMs = 0

  /** @param now milliseconds that never go back */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now
  }

  get runs(): boolean {
    return this.#runs
  }

  get speed(): number {
    return this.#speed
  }

  /** Seconds from the timeline's beginning. */
  get positionSeconds(): number {
    if (!this.#runs) return this.#baseSeconds
    return this.#baseSeconds + ((this.#now() - this.#sinceMs) / 1000) * this.#speed
  }

  start(): void {
    this.#rebase(this.positionSeconds)
    this.#runs = true
  }

  stop(): void {
    this.#rebase(this.positionSeconds)
    this.#runs = false
  }

  seek(seconds: number): void {
    this.#rebase(seconds)
  }

  /** @param speed timeline seconds a second, more than 0 */
  setSpeed(speed: number): void {
    this.#rebase(this.positionSeconds)
    this.#speed = speed
  }

  #rebase(seconds: number): void {
    this.#baseSeconds = seconds
    this.#sinceMs = this.#now()
  }
}
