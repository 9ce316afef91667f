/// What somebody may have meant who wrote something else.
enum Similarity {
    /// The candidate that the fewest slips lead to; nil when none is near.
    ///
    /// - Parameters:
    ///   - word: as it was written.
    ///   - candidates: that there are.
    /// - Returns: the one that is meant, most likely.
    static func nearest(to word: String, in candidates: [String]) -> String? {
        let rated = candidates.map { (name: $0, slips: slips(Array(word), Array($0))) }
        guard let best = rated.min(by: { $0.slips < $1.slips }) else { return nil }
        return best.slips <= max(1, word.count / 3) ? best.name : nil
    }

    /// How many letters are missing, too many, wrong, or change places with their neighbour.
    private static func slips(_ word: [Character], _ other: [Character]) -> Int {
        var rows = [Array(0...other.count)]
        for i in word.indices {
            var row = [i + 1]
            for j in other.indices {
                let isSame = word[i] == other[j]
                var best = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (isSame ? 0 : 1))
                if i > 0, j > 0, word[i] == other[j - 1], word[i - 1] == other[j] {
                    best = min(best, rows[i - 1][j - 1] + 1)
                }
                row.append(best)
            }
            rows.append(row)
        }
        return rows[word.count][other.count]
    }
}
