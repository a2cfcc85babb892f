// Package match brings demand and supply together: it finds who or what fits a
// question, scores it between 0 and 1, and gives the evidence from which the score
// can be recomputed. It asks the store generic questions only.
//
// A score is the weighted mean of its factors. Each factor is the sum of its
// evidence, between 0 and 1; a factor that the question gives no ground for (no
// region, say) is left out and the weights of the others grow to 1.
package match
