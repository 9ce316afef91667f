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

    func stands(for arn: String) -> Bool { StarPattern(pattern).matches(arn) }
}

/// The functions that a server was told of; the first whose pattern fits is the one.
struct RotationFunctionList: Sendable {
    let functions: [RotationFunction]

    func target(of arn: String) -> RotationTarget? {
        functions.first { $0.stands(for: arn) }?.target
    }
}
