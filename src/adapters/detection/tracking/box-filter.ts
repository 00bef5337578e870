import type { Corners } from '../corners.js'
import { type AxisState, correctAxis, predictAxis, startAxis } from './axis-filter.js'

/**
 * The Kalman filter of SORT, DeepSORT and ByteTrack over (centre x, centre y, width / height, height), at constant
 * velocity: https://arxiv.org/abs/1703.07402, section 2.1. Its noise is diagonal and no axis acts on another, so the filter
 * of eight dimensions is four of two.
 */
export interface BoxState {
  readonly x: AxisState
  readonly y: AxisState
  readonly ratio: AxisState
  readonly height: AxisState
}

/** Of the height of the box: how far its place and its speed are off. */
const POSITION = 1 / 20
const VELOCITY = 1 / 160
/** How far the ratio of width to height is off: in the model of motion and as measured. */
const RATIO = { position: 1e-2, velocity: 1e-5 }
const MEASURED_RATIO = 1e-1

export function startBox(box: Corners): BoxState {
  const { x, y, ratio, height } = measure(box)
  const noise = { position: 2 * POSITION * height, velocity: 10 * VELOCITY * height }
  return {
    x: startAxis(x, noise),
    y: startAxis(y, noise),
    ratio: startAxis(ratio, RATIO),
    height: startAxis(height, noise),
  }
}

/** @param seen in the frame before; a box that was not is taken not to grow or shrink */
export function predictBox(state: BoxState, seen: boolean): BoxState {
  const height = state.height.position
  const noise = { position: POSITION * height, velocity: VELOCITY * height }
  return {
    x: predictAxis(state.x, noise),
    y: predictAxis(state.y, noise),
    ratio: predictAxis(state.ratio, RATIO),
    height: predictAxis(seen ? state.height : { ...state.height, velocity: 0 }, noise),
  }
}

export function correctBox(state: BoxState, box: Corners): BoxState {
  const { x, y, ratio, height } = measure(box)
  const deviation = POSITION * state.height.position
  return {
    x: correctAxis(state.x, x, deviation),
    y: correctAxis(state.y, y, deviation),
    ratio: correctAxis(state.ratio, ratio, MEASURED_RATIO),
    height: correctAxis(state.height, height, deviation),
  }
}

export function boxOf({ x, y, ratio, height }: BoxState): Corners {
  const width = ratio.position * height.position
  return {
    x1: x.position - width / 2,
    y1: y.position - height.position / 2,
    x2: x.position + width / 2,
    y2: y.position + height.position / 2,
  }
}

function measure({ x1, y1, x2, y2 }: Corners) {
  const height = y2 - y1
  return { x: (x1 + x2) / 2, y: (y1 + y2) / 2, ratio: (x2 - x1) / height, height }
}
