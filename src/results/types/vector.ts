import { z } from 'zod'
import type { Unit } from '../findings.js'
import { clampPoint, type Point } from '../geometry/index.js'
import { checkPercent, fromPercentOf, readUnit, toPercentOf, WHOLE } from './percent.js'
import { defineShape, type Place, type Problem } from './shape-type.js'

/** A point of a line. With both control points the piece that ends here is a Bézier curve. */
export interface Vertex extends Point {
  /** @default `p0`, `p1`, … */
  readonly id?: string
  /** The point it is joined to; null begins a line. @default the one before */
  readonly prevPointId?: string | null
  readonly controlPoint1?: Point
  readonly controlPoint2?: Point
}

/** A line, or a skeleton of lines. */
export interface VectorShape {
  readonly kind: 'vector'
  readonly vertices: readonly Vertex[]
  /** @default false */
  readonly closed?: boolean
  readonly unit: Unit
}

const point = z.object({ x: z.number(), y: z.number() })
export const vertexValue = z.object({
  id: z.string(),
  x: z.number(),
  y: z.number(),
  prevPointId: z.string().nullable().exactOptional(),
  isBezier: z.boolean().exactOptional(),
  controlPoint1: point.exactOptional(),
  controlPoint2: point.exactOptional(),
})
export type VertexValue = Readonly<z.infer<typeof vertexValue>>

const value = z.object({ vertices: z.array(vertexValue).readonly(), closed: z.boolean().exactOptional() })
/** Percent of the picture, control points too. */
export type VectorValue = Readonly<z.infer<typeof value>>

export const vector = defineShape<VectorShape, VectorValue>({
  kind: 'vector',
  schema: value,
  toValue: ({ vertices, closed = false, unit }, place) => ({
    vertices: toVertexValues(vertices, (point) => toPercentOf(place, point, unit)),
    closed,
  }),
  fromValue: ({ vertices, closed = false }, place) => ({
    kind: 'vector',
    vertices: vertices.map((vertex) => fromVertexValue(vertex, place)),
    closed,
    unit: readUnit(place),
  }),
  check: ({ vertices }) => checkVertices(vertices),
  clamp: (line) => ({
    ...line,
    vertices: line.vertices.map((vertex) => ({ ...vertex, ...clampPoint(vertex, WHOLE) })),
  }),
})

export function toVertexValues(vertices: readonly Vertex[], toPercent: (point: Point) => Point): VertexValue[] {
  const idOf = (vertex: Vertex | undefined, index: number) => vertex?.id ?? `p${index}`
  return vertices.map((vertex, index) => {
    const { controlPoint1, controlPoint2, prevPointId } = vertex
    const before = index === 0 ? null : idOf(vertices[index - 1], index - 1)
    return {
      id: idOf(vertex, index),
      ...toPercent(vertex),
      prevPointId: prevPointId === undefined ? before : prevPointId,
      isBezier: controlPoint1 !== undefined && controlPoint2 !== undefined,
      ...(controlPoint1 === undefined ? {} : { controlPoint1: toPercent(controlPoint1) }),
      ...(controlPoint2 === undefined ? {} : { controlPoint2: toPercent(controlPoint2) }),
    }
  })
}

export function fromVertexValue(vertex: VertexValue, place: Place): Vertex {
  const { id, prevPointId, controlPoint1, controlPoint2 } = vertex
  return {
    id,
    ...fromPercentOf(place, vertex),
    ...(prevPointId === undefined ? {} : { prevPointId }),
    ...(controlPoint1 === undefined ? {} : { controlPoint1: fromPercentOf(place, controlPoint1) }),
    ...(controlPoint2 === undefined ? {} : { controlPoint2: fromPercentOf(place, controlPoint2) }),
  }
}

/** `prefix` stands before the keys. */
export function checkVertices(vertices: readonly VertexValue[], prefix = ''): Problem[] {
  const key = `${prefix}vertices`
  if (vertices.length === 0)
    return [{ code: 'too-few-points', severity: 'error', key, message: 'a line needs at least one point' }]
  const ids = new Set(vertices.map(({ id }) => id))
  return vertices.flatMap((vertex, index) => checkVertex(vertex, `${key}[${index}]`, ids))
}

function checkVertex(vertex: VertexValue, key: string, ids: ReadonlySet<string>): Problem[] {
  const { x, y, prevPointId, isBezier, controlPoint1, controlPoint2 } = vertex
  const problems = [...checkPercent(x, `${key}.x`), ...checkPercent(y, `${key}.y`)]
  if (typeof prevPointId === 'string' && !ids.has(prevPointId))
    problems.push({
      code: 'unknown-point',
      severity: 'error',
      key: `${key}.prevPointId`,
      message: `no point of the line has the id ${JSON.stringify(prevPointId)}`,
    })
  if (isBezier === true && (controlPoint1 === undefined || controlPoint2 === undefined))
    problems.push({
      code: 'missing-control-point',
      severity: 'error',
      key,
      message: 'a Bézier piece needs controlPoint1 and controlPoint2',
    })
  return problems
}
