// Package match brings demand and supply together: it finds who or what fits a
// question, scores it between 0 and 1, and gives the evidence from which the score
// can be recomputed. It asks the store generic questions only, and scores from an image
// in memory (package corpus), so scores are the same on every store.
//
// A score is the weighted mean of its factors. Each factor is the sum of its
// evidence, between 0 and 1; a factor that the question gives no ground for (no
// region, say) is left out and the weights of the others grow to 1. The score of a pair
// depends on the pair and on the texts of the graph, never on which other candidates
// are ranked, so it is the same in both directions: see [Matcher.Match] and
// [Matcher.Fits].
//
// The text factor follows the voting model of Macdonald & Ounis (2006, Voting for
// candidates: CombSUM): BM25 scores of documents (Robertson & Zaragoza 2009) flow over
// the graph in a bounded random walk with restart, and are added up over the documents
// of a candidate (Balog 2006: documents as evidence, model 2). All documents count.
package match
