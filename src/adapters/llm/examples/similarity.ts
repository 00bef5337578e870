/** How alike texts are, by the words they share: cosine of counts weighted by how rare a word is (tf-idf). */
export interface SimilarityIndex {
  /** Similarity to each indexed text, 0..1, in their order. */
  to(text: string): readonly number[]
}

type Weights = ReadonlyMap<string, number>

export function createSimilarityIndex(texts: readonly string[]): SimilarityIndex {
  const bags = texts.map(countWords)
  const documents = new Map<string, number>()
  for (const bag of bags) for (const word of bag.keys()) documents.set(word, (documents.get(word) ?? 0) + 1)
  const rarity = (word: string) => Math.log((1 + texts.length) / (1 + (documents.get(word) ?? 0))) + 1
  const weigh = (bag: Weights): Weights => {
    const weights = [...bag].map(([word, count]) => [word, count * rarity(word)] as const)
    const length = Math.hypot(...weights.map(([, weight]) => weight)) || 1
    return new Map(weights.map(([word, weight]) => [word, weight / length]))
  }
  const weighed = bags.map(weigh)
  return {
    to(text) {
      const given = weigh(countWords(text))
      return weighed.map((weights) => dot(given, weights))
    },
  }
}

function countWords(text: string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) counts.set(word, (counts.get(word) ?? 0) + 1)
  return counts
}

function dot(a: Weights, b: Weights): number {
  let sum = 0
  for (const [word, weight] of a) sum += weight * (b.get(word) ?? 0)
  return sum
}
