import type { ControlTag, LabelingConfig, LabelMap, ObjectTag } from '../../config/index.js'
import type { PredictionDraft } from '../draft.js'
import type { Finding } from '../findings.js'
import type { MaskToPolygonsOptions } from '../mask/index.js'
import type { Surface } from '../surface.js'
import type { LabelMaps } from './label-maps.js'
import type { Thresholds } from './threshold.js'

export interface RenderOptions {
  readonly config: LabelingConfig
  /** The object that the findings are about. */
  readonly object: ObjectTag
  /** The controls that the findings may fill. */
  readonly controls: readonly ControlTag[]
  /** What the object shows: the input that the model was given fits. */
  readonly surface: Surface
  readonly findings: readonly Finding[]
  /** Label maps by control name. @default those of the config alone */
  readonly labelMaps?: ReadonlyMap<string, LabelMap>
  /** Findings that score less are left out; findings without a score never are. @default the attributes of the config */
  readonly thresholds?: Thresholds
  /** How masks become polygons. @default one pixel of tolerance, bridged holes, no parts or holes below 16 pixels */
  readonly polygons?: MaskToPolygonsOptions
  /** 0-based page of an `<Image valueList>` that findings without a page of their own are on. */
  readonly itemIndex?: number
  /** The draft that results go into. @default one of its own */
  readonly draft?: PredictionDraft
}

/** What the findings of one call share. */
export interface RenderContext extends Omit<RenderOptions, 'labelMaps'> {
  readonly draft: PredictionDraft
  readonly labelMaps: LabelMaps
  /** Controls that have their one answer, with the page. */
  readonly answered: Set<string>
}
