/// The order in which AWS gives out the labels of a version.
///
/// No page says it; all recordings fit the order of a hash set: labels go into buckets by a hash of
/// their UTF-16 units, and those of one bucket stay as they came.
struct StagingLabelOrder {
    private let buckets: UInt32

    /// - Parameter count: how many labels there are; a set doubles its buckets when three in four
    ///   are taken. [guess: no recording has as many]
    init(count: Int) {
        var buckets = 16
        while count > buckets * 3 / 4 { buckets *= 2 }
        self.buckets = UInt32(buckets)
    }

    func sorted(_ labels: [String]) -> [String] {
        guard labels.count > 1 else { return labels }
        return labels.enumerated()
            .map { (bucket: bucket(of: $0.element), place: $0.offset, label: $0.element) }
            .sorted { ($0.bucket, $0.place) < ($1.bucket, $1.place) }
            .map(\.label)
    }

    private func bucket(of label: String) -> UInt32 {
        var hash: UInt32 = 0
        for unit in label.utf16 { hash = hash &* 31 &+ UInt32(unit) }
        return (hash ^ hash >> 16) & (buckets - 1)
    }
}
