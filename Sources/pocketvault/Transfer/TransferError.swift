internal import ArgumentParser
internal import Formats

/// Why an import or an export did nothing.
struct TransferError: Error {
    /// One for each line, secret or file that is in the way; none holds a value.
    let reasons: [String]

    init(_ reason: String) {
        reasons = [reason]
    }

    init(_ reasons: [String]) {
        self.reasons = reasons
    }

    init(_ error: FormatError) {
        reasons = error.complaints.map(\.description)
    }

    private static let greatestCount = 20

    /// Tells the reasons on standard error.
    ///
    /// - Parameter file: that they are about; nil when they say it themselves.
    /// - Returns: what ends the command.
    func told(of file: String?) -> ExitCode {
        for reason in reasons.prefix(TransferError.greatestCount) {
            Terminal.failure(file.map { "\($0): \(reason)" } ?? reason)
        }
        if reasons.count > TransferError.greatestCount {
            Terminal.failure("and \(reasons.count - TransferError.greatestCount) more like these")
        }
        return .failure
    }
}
