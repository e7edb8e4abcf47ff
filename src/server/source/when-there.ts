/**
 * Goes on with a value as soon as it is there: at once, where it is no promise. Each promise that a request waits for costs
 * about a twentieth of a small page, and the embedded store never makes anybody wait.
 */
export function whenThere<T, R>(value: T | Promise<T>, act: (value: T) => R | Promise<R>): R | Promise<R> {
  return value instanceof Promise ? value.then(act) : act(value)
}
