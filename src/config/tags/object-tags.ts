/**
 * Tags that show the task's data, and what the field they read must hold.
 *
 * Attributes, allowed values and defaults are those of Label Studio 1.23.2's editor.
 */

import { z } from 'zod'
import { count, decimal, field, flag, flagOr, text } from './attribute-types.js'
import { object as base, playing, reading } from './shared-attributes.js'
import type { AttributeSchema, ObjectRow } from './tag-row.js'

const object = <D extends z.ZodType, A extends AttributeSchema>(data: D, attributes: A) =>
  ({ family: 'object', data, attributes }) as const satisfies ObjectRow

/** The server insists on a name and a value. */
const named = { needs: ['name', 'value'] } as const

const url = z.string()
const record = z.record(z.string(), z.unknown())
const records = z.array(record).readonly()
const columns = z.record(z.string(), z.array(z.union([z.number(), z.string()])).readonly())

const audio = object(
  url,
  z.looseObject({
    ...base,
    ...playing,
    zoom: flagOr(true),
    volume: flagOr(true),
    speed: flagOr(true),
    defaultZoom: decimal().optional(),
    defaultVolume: decimal().optional(),
    defaultSpeed: decimal().optional(),
    defaultScale: decimal().optional(),
    showLabels: flagOr(false),
    showScores: flagOr(false),
    height: text().optional(),
    waveHeight: text().optional(),
    cursorWidth: text().optional(),
    cursorColor: text().optional(),
    autoCenter: flagOr(true),
    scrollParent: flagOr(true),
    splitChannels: flagOr(false),
    decoder: z.enum(['ffmpeg', 'webaudio', 'none']).default('webaudio'),
    player: z.enum(['html5', 'webaudio']).default('html5'),
    spectrogram: flagOr(false),
  }),
)

/** Playback speeds that Label Studio's server accepts. */
const playbackSpeed = () => decimal().refine((speed) => speed >= 0.05 && speed <= 10, 'must be between 0.05 and 10')

export const objectTags = {
  Image: {
    ...object(
      url,
      z.looseObject({
        ...base,
        valueList: field().optional(),
        width: text().optional(),
        height: text().optional(),
        maxWidth: text().optional(),
        maxHeight: text().optional(),
        resize: text().optional(),
        smoothing: flag().optional(),
        grid: flagOr(false),
        gridSize: count().default(30),
        gridColor: text().optional(),
        zoom: flagOr(true),
        zoomBy: decimal().default(1.1),
        negativeZoom: flagOr(false),
        defaultZoom: z.enum(['auto', 'original', 'fit']).default('fit'),
        showLabels: flagOr(false),
        zoomControl: flagOr(true),
        brightnessControl: flagOr(false),
        contrastControl: flagOr(false),
        rotateControl: flagOr(false),
        selectionControl: flagOr(true),
        crosshair: flagOr(false),
        lazyOff: flagOr(false),
        horizontalAlignment: z.enum(['left', 'center', 'right']).default('left'),
        verticalAlignment: z.enum(['top', 'center', 'bottom']).default('top'),
        crossOrigin: z.enum(['none', 'anonymous', 'use-credentials']).default('none'),
      }),
    ),
    ...named,
  },
  Text: { ...object(z.string(), z.looseObject({ ...base, ...reading })), ...named },
  HyperText: { ...object(z.string(), z.looseObject({ ...base, ...reading })), ...named },
  Paragraphs: {
    ...object(
      records,
      z.looseObject({
        ...base,
        valueType: z.enum(['json', 'url']).default('json'),
        audioUrl: text().optional(),
        sync: text().optional(),
        showPlayer: flagOr(false),
        highlightColor: text().optional(),
        showLabels: flagOr(false),
        layout: z.enum(['none', 'dialogue']).default('none'),
        saveTextResult: z.enum(['none', 'no', 'yes']).default('yes'),
        nameKey: text().default('author'),
        textKey: text().default('text'),
        contextScroll: flagOr(false),
      }),
    ),
    dataByValueType: { url },
  },
  Audio: audio,
  AudioPlus: audio,
  Video: {
    ...object(
      url,
      z.looseObject({
        ...base,
        ...playing,
        /** Frames a second; below 1 seconds a frame. */
        frameRate: z.union([decimal(), field()]).default(24),
        height: text().optional(),
        timelineHeight: text().optional(),
        defaultPlaybackSpeed: playbackSpeed().optional(),
        minPlaybackSpeed: playbackSpeed().optional(),
      }),
    ),
    refusedWhenWrong: ['defaultPlaybackSpeed', 'minPlaybackSpeed'],
  },
  TimeSeries: {
    ...object(
      url,
      z.looseObject({
        ...base,
        valueType: z.enum(['url', 'json']).default('url'),
        timeColumn: text().optional(),
        timeFormat: text().optional(),
        timeDisplayFormat: text().optional(),
        durationDisplayFormat: text().optional(),
        sep: text().default(','),
        overviewChannels: text().optional(),
        overviewWidth: text().optional(),
        fixedScale: flagOr(false),
        multiAxis: flagOr(false),
        hotkey: text().optional(),
        sync: text().optional(),
        cursorColor: text().optional(),
      }),
    ),
    dataByValueType: { json: columns },
  },
  Table: {
    ...object(record, z.looseObject({ ...base, valueType: z.enum(['json', 'url']).default('json') })),
    dataByValueType: { url },
  },
  List: object(z.array(z.unknown()).readonly(), z.looseObject({ ...base, title: text().optional() })),
  Pdf: object(url, z.looseObject(base)),

  // Registered by Label Studio Enterprise only. Both are control and object in one tag.
  Chat: {
    ...object(records, z.looseObject({ ...base, toName: text().optional() })),
    ownControl: { resultType: 'chatmessage' },
    documentedOnly: true,
  },
  ReactCode: {
    ...object(z.unknown(), z.looseObject({ ...base, toName: text().optional(), outputs: text().optional() })),
    ownControl: { resultType: 'reactcode' },
    documentedOnly: true,
  },
} as const
