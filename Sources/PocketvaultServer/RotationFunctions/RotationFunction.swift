internal import AWS
internal import Notation

/// A pattern of ARNs and where the rotation functions are that it stands for:
/// `--rotation-function ARN=TARGET`.
package struct RotationFunction: Sendable, Equatable {
    /// In which `*` stands for any characters.
    let pattern: String
    let target: RotationTarget

    init(pattern: String, target: RotationTarget) {
        self.pattern = pattern
        self.target = target
    }

    /// - Parameter text: as on the command line.
    /// - Throws: what to write instead, in one line.
    package init(parsing text: String) throws(StartError) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty else {
            throw StartError(
                description: "the rotation function '\(text)' is not written as ARN=TARGET"
            )
        }
        do throws(RotationTargetError) {
            pattern = String(parts[0])
            target = try RotationTarget(parsing: String(parts[1]))
        } catch {
            throw StartError(description: "the rotation function '\(text)': \(error.message)")
        }
    }

    func stands(for arn: String) -> Bool {
        let parts = pattern.utf8.split(
            separator: UInt8(ascii: "*"),
            omittingEmptySubsequences: false
        )
        let text = Array(arn.utf8)
        guard parts.count > 1 else { return text.elementsEqual(pattern.utf8) }
        guard text.starts(with: parts[0]) else { return false }
        var rest = text.dropFirst(parts[0].count)
        // As far to the left as it goes: no choice has ever to be taken back.
        for part in parts[1..<(parts.count - 1)] where !part.isEmpty {
            guard let range = rest.firstRange(of: part) else { return false }
            rest = rest[range.upperBound...]
        }
        let end = parts[parts.count - 1]
        return rest.count >= end.count && rest.suffix(end.count).elementsEqual(end)
    }
}

/// The functions that a server was told of; the first whose pattern fits is the one.
struct RotationFunctionList: Sendable {
    let functions: [RotationFunction]

    func target(of arn: String) -> RotationTarget? {
        functions.first { $0.stands(for: arn) }?.target
    }
}
