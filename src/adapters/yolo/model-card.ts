import type { OnnxMetadata } from '../../inference/onnx-metadata.js'
import { type PythonLiteral, parsePythonLiteral } from '../../inference/python-literal.js'
import { TASKS, type YoloTask } from './options.js'

/** What an exporter wrote about a model into its file. Absent is what it did not write, or not in a form that can be read. */
export interface ModelCard {
  /** Class names by index. */
  readonly names?: readonly string[]
  readonly task?: YoloTask
  /** A task of Ultralytics that is not among {@link TASKS}. */
  readonly unservedTask?: string
  /** Of the pictures. */
  readonly channels?: number
  readonly stride?: number
  /** Height and width of the input. */
  readonly imageSize?: readonly [number, number]
  /** Key points of a skeleton and values of each: (x, y) or (x, y, visibility). */
  readonly keypointShape?: readonly [number, number]
  readonly keypointNames?: readonly string[]
  /** The output is a list of final boxes: an end-to-end head, or suppression inside the graph. */
  readonly final: boolean
  /** Suppression is inside the graph, with thresholds of the export. */
  readonly suppressed: boolean
  /** Queries of a transformer: RT-DETR. */
  readonly query: boolean
  /** The exporter's own name of the head: `Detect`, `RTDETRDecoder`, … */
  readonly head?: string
}

/** A class, or a distance, for each pixel. */
const UNSERVED_TASKS = ['semantic', 'depth']

/** Reads the keys that Ultralytics (and YOLOv5) write: https://docs.ultralytics.com/modes/export/ */
export function readModelCard({ properties }: OnnxMetadata): ModelCard {
  const names = classNames(literal(properties.names))
  const task = TASKS.find((known) => known === properties.task)
  const unservedTask = UNSERVED_TASKS.find((known) => known === properties.task)
  const [channels] = numbers(literal(properties.channels))
  const stride = numbers(literal(properties.stride))
  const imageSize = pair(literal(properties.imgsz))
  const keypointShape = pair(literal(properties.kpt_shape))
  const keypointNames = firstNames(literal(properties.kpt_names))
  const args = literal(properties.args)
  const suppressed = args instanceof Map && args.get('nms') === true
  const { head, description = '' } = properties
  return {
    ...(names === undefined ? {} : { names }),
    ...(task === undefined ? {} : { task }),
    ...(unservedTask === undefined ? {} : { unservedTask }),
    ...(channels === undefined ? {} : { channels }),
    ...(stride.length === 0 ? {} : { stride: Math.max(...stride) }),
    ...(imageSize === undefined ? {} : { imageSize }),
    ...(keypointShape === undefined ? {} : { keypointShape }),
    ...(keypointNames === undefined ? {} : { keypointNames }),
    final: literal(properties.end2end) === true || suppressed,
    suppressed,
    query: head === 'RTDETRDecoder' || /rt-?detr/i.test(description),
    ...(head === undefined ? {} : { head }),
  }
}

function literal(source: string | undefined): PythonLiteral {
  if (source === undefined) return null
  try {
    return parsePythonLiteral(source)
  } catch {
    return null
  }
}

/** `{0: 'a', 1: 'b'}`, its keys in any order, or `['a', 'b']`. Undefined when an index is missing. */
function classNames(value: PythonLiteral): string[] | undefined {
  const entries = value instanceof Map ? [...value] : Array.isArray(value) ? [...value.entries()] : []
  const byIndex = new Map(entries.map(([index, name]) => [Number(index), String(name)]))
  const names = Array.from({ length: byIndex.size }, (_, index) => byIndex.get(index))
  return names.length > 0 && names.every((name) => name !== undefined) ? names : undefined
}

/** `{0: ['nose', 'left_eye'], …}`: the points' names of the first class. */
function firstNames(value: PythonLiteral): string[] | undefined {
  const first = value instanceof Map ? [...value.values()][0] : undefined
  return Array.isArray(first) ? first.map(String) : undefined
}

function numbers(value: PythonLiteral): number[] {
  return (Array.isArray(value) ? value : [value]).filter((each) => typeof each === 'number')
}

function pair(value: PythonLiteral): [number, number] | undefined {
  const [first, second = first] = numbers(value)
  return first === undefined || second === undefined ? undefined : [first, second]
}
