import { z } from 'zod'
import type { Unit } from '../findings.js'
import { readUnit, toPercentOf } from './percent.js'
import { defineShape, type Problem } from './shape-type.js'
import { checkVertices, fromVertexValue, toVertexValues, type Vertex, vertexValue } from './vector.js'

/** A line at one frame of a video. */
export interface VectorFrame {
  /** 1-based. */
  readonly frame: number
  readonly vertices: readonly Vertex[]
  /** @default false */
  readonly closed?: boolean
  /** False ends a stretch in which it is seen. @default true */
  readonly enabled?: boolean
}

/** A line that is followed through a video (`<VideoVector>`, Label Studio Enterprise; after its documentation). */
export interface VectorTrackShape {
  readonly kind: 'vector-track'
  readonly frames: readonly VectorFrame[]
  readonly unit: Unit
}

const frame = z.object({
  frame: z.int(),
  enabled: z.boolean().exactOptional(),
  closed: z.boolean().exactOptional(),
  vertices: z.array(vertexValue).readonly(),
})
const value = z.object({ sequence: z.array(frame.readonly()).readonly() })
export type VectorTrackValue = Readonly<z.infer<typeof value>>

export const vectorTrack = defineShape<VectorTrackShape, VectorTrackValue>({
  kind: 'vector-track',
  schema: value,
  toValue: ({ frames, unit }, place) => ({
    sequence: frames.map(({ frame, vertices, closed = false, enabled = true }) => ({
      frame,
      enabled,
      closed,
      vertices: toVertexValues(vertices, (point) => toPercentOf(place, point, unit)),
    })),
  }),
  fromValue: ({ sequence }, place) => ({
    kind: 'vector-track',
    frames: sequence.map(({ frame, vertices, closed = false, enabled = true }) => ({
      frame,
      vertices: vertices.map((vertex) => fromVertexValue(vertex, place)),
      closed,
      enabled,
    })),
    unit: readUnit(place),
  }),
  check({ sequence }) {
    if (sequence.length === 0)
      return [{ code: 'empty-region', severity: 'error', key: 'sequence', message: 'there is no key frame' }]
    return sequence.flatMap(({ frame, vertices }, index): Problem[] => [
      ...checkVertices(vertices, `sequence[${index}].`),
      ...(frame < 1
        ? [
            {
              code: 'out-of-range',
              severity: 'error' as const,
              key: `sequence[${index}].frame`,
              message: `frame ${frame} is before the first: frames count from 1`,
            },
          ]
        : []),
    ])
  },
})
