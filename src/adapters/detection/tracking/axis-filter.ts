/** Standard deviations of what a step of motion and a measurement add. */
export interface Deviations {
  readonly position: number
  readonly velocity: number
}

/** Where something is on one axis and how fast it moves there, with how sure that is. */
export interface AxisState {
  readonly position: number
  /** Per frame. */
  readonly velocity: number
  readonly variance: { readonly position: number; readonly both: number; readonly velocity: number }
}

/** A first measurement; it stands still until more is known. */
export function startAxis(measured: number, noise: Deviations): AxisState {
  return {
    position: measured,
    velocity: 0,
    variance: { position: noise.position ** 2, both: 0, velocity: noise.velocity ** 2 },
  }
}

/** One frame later, at constant velocity. */
export function predictAxis({ position, velocity, variance }: AxisState, noise: Deviations): AxisState {
  return {
    position: position + velocity,
    velocity,
    variance: {
      position: variance.position + 2 * variance.both + variance.velocity + noise.position ** 2,
      both: variance.both + variance.velocity,
      velocity: variance.velocity + noise.velocity ** 2,
    },
  }
}

/** What a measurement makes of a prediction. */
export function correctAxis(
  { position, velocity, variance }: AxisState,
  measured: number,
  deviation: number,
): AxisState {
  const total = variance.position + deviation ** 2
  const gain = { position: variance.position / total, velocity: variance.both / total }
  const surprise = measured - position
  return {
    position: position + gain.position * surprise,
    velocity: velocity + gain.velocity * surprise,
    variance: {
      position: variance.position - gain.position * variance.position,
      both: variance.both - gain.position * variance.both,
      velocity: variance.velocity - gain.velocity * variance.both,
    },
  }
}
