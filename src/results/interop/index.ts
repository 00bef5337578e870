export type { ImportedImage } from './imported-image.js'
export { type LabelledImage, type LabelledPoint, type LabelledThing, labelledImage } from './labelled-image.js'
export { readCoco } from './read-coco.js'
export { type ReadPascalVocOptions, readPascalVoc } from './read-pascal-voc.js'
export { type ReadYoloOptions, readYolo } from './read-yolo.js'
export {
  type CocoAnnotation,
  type CocoCategory,
  type CocoDataset,
  type WriteCocoOptions,
  writeCoco,
} from './write-coco.js'
export { type WriteYoloOptions, writeYolo, type YoloTask } from './write-yolo.js'
