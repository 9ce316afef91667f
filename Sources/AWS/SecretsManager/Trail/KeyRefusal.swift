/// What KMS said when it refused, told from what Secrets Manager made of it.
struct KeyRefusal {
    let code: String
    let message: String?
    /// Of the call to KMS; nil when it is not told.
    let requestID: String?

    /// - Parameters:
    ///   - record: of the call that was refused in turn.
    ///   - use: what KMS was asked for.
    ///   - keyARN: the key.
    init(of record: AuditRecord, _ use: KeyUse, on keyARN: String) {
        let text = record.errorMessage ?? ""
        // As in `… value: <sentence> (Service: AWSKMS; …; Error Code: <code>; Request ID: <id>; …)`.
        if let code = KeyRefusal.part(of: text, after: "Error Code: ", upTo: ";") {
            self.code = code
            let sentence = KeyRefusal.part(of: text, after: "value: ", upTo: " (Service: ")
            message = sentence ?? text
            requestID = KeyRefusal.part(of: text, after: "Request ID: ", upTo: ";")
            return
        }
        requestID = nil
        guard record.errorCode == APIError.Code.accessDenied.rawValue else {
            code = record.errorCode ?? ""
            message = record.errorMessage
            return
        }
        code = APIError.Code.accessDenied.rawValue
        message =
            "User: \(record.principalARN) is not authorized to perform: kms:\(use.rawValue)"
            + " on resource: \(keyARN)"
    }

    private static func part(of text: String, after start: String, upTo end: String) -> String? {
        guard let from = text.firstRange(of: start)?.upperBound,
            let to = text[from...].firstRange(of: end)?.lowerBound
        else { return nil }
        return String(text[from..<to])
    }
}
