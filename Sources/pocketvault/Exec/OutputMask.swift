/// Replaces values in what comes in pieces, wherever the pieces begin and end.
///
/// What could be the beginning of a value is held until it is seen whether it is one. Of values that
/// overlap all is replaced.
struct OutputMask {
    static let replacement = Array("***".utf8)

    /// The values by their first byte.
    private var valuesByFirstByte = [[[UInt8]]](repeating: [], count: 256)
    private var held: [UInt8] = []
    /// How much of what is held belongs to a value whose replacement is out already.
    private var replacedCount = 0

    init(_ values: MaskedValues) {
        for text in values.texts {
            guard let first = text.first else { continue }
            valuesByFirstByte[Int(first)].append(text)
        }
    }

    /// Takes a piece; gives what may be seen of it and of what was held.
    mutating func take(_ piece: some Sequence<UInt8>) -> [UInt8] {
        held += piece
        return release(isEnd: false)
    }

    /// Gives what was held: nothing more comes.
    mutating func finish() -> [UInt8] {
        release(isEnd: true)
    }

    private mutating func release(isEnd: Bool) -> [UInt8] {
        var shown: [UInt8] = []
        shown.reserveCapacity(held.count)
        var place = 0
        // Where the value that was found last ends.
        var end = replacedCount
        scanning: while place < held.count {
            for value in valuesByFirstByte[Int(held[place])] {
                switch match(value, at: place) {
                case .whole:
                    if place >= end { shown += OutputMask.replacement }
                    end = max(end, place + value.count)
                case .begun where !isEnd: break scanning
                case .begun, .none: break
                }
            }
            if place >= end { shown.append(held[place]) }
            place += 1
        }
        held.removeFirst(place)
        replacedCount = max(0, end - place)
        return shown
    }

    private enum Match {
        case none
        /// What is held ends before the value does.
        case begun
        case whole
    }

    private func match(_ value: [UInt8], at place: Int) -> Match {
        let count = min(value.count, held.count - place)
        for offset in 0..<count where held[place + offset] != value[offset] { return .none }
        return count == value.count ? .whole : .begun
    }
}
