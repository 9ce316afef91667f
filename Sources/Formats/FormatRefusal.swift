/// Why a format cannot carry something, as half a sentence that does not hold it.
struct FormatRefusal: Error, Equatable {
    let reason: String

    init(_ reason: String) {
        self.reason = reason
    }

    static let binary = FormatRefusal("it is binary, and a variable holds text")
}

extension [CarriedSecret] {
    /// Makes a piece of a document of each secret, or says of all that cannot be why.
    func pieces<Piece>(
        _ make: (Int, CarriedSecret) throws(FormatRefusal) -> Piece
    ) throws(FormatError) -> [Piece] {
        var pieces: [Piece] = []
        var complaints: [FormatError.Complaint] = []
        for (index, secret) in enumerated() {
            do throws(FormatRefusal) {
                pieces.append(try make(index, secret))
            } catch {
                complaints.append(.init(place: .secret(secret.name), reason: error.reason))
            }
        }
        guard complaints.isEmpty else { throw FormatError(complaints) }
        return pieces
    }
}
