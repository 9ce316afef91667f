/// Why a document cannot be read, or why secrets cannot be written as one.
///
/// It names lines, secrets and variables, and never holds a value: it may be printed and logged.
package struct FormatError: Error, Equatable {
    /// Everything that is wrong, in the order in which it was found; never empty.
    package let complaints: [Complaint]

    /// One thing that is wrong.
    package struct Complaint: Sendable, Equatable {
        /// Where it is.
        package let place: Place
        /// What is wrong there, as half a sentence.
        package let reason: String
    }

    /// Where something is wrong.
    package enum Place: Sendable, Equatable {
        case document
        /// A line of the document, from 1.
        case line(Int)
        /// A secret, by its name.
        case secret(String)
    }

    /// Several things that are wrong.
    init(_ complaints: [Complaint]) {
        self.complaints = complaints
    }

    /// One thing that is wrong.
    init(_ place: Place = .document, _ reason: String) {
        complaints = [Complaint(place: place, reason: reason)]
    }
}

extension FormatError.Complaint: CustomStringConvertible {
    /// Place and reason.
    package var description: String {
        switch place {
        case .document: reason
        case .line(let line): "line \(line): \(reason)"
        case .secret(let name): "\(name): \(reason)"
        }
    }
}

extension FormatError: CustomStringConvertible {
    /// The complaints, one in each line.
    package var description: String {
        complaints.map(\.description).joined(separator: "\n")
    }
}
