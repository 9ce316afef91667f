internal import Invocation
internal import JSON

/// The forms in which a function fails, beside that it cannot be reached: an answer that is not
/// 2xx, Lambda's header, and, from local hosts that answer 200 all the same, a body that is an
/// error, says that the time was over, or is empty because the process died.
extension FunctionInvoker {
    static func check(_ result: InvocationResult) throws(Failure) {
        switch result {
        case .failed(let reason): throw Failure(reason: reason)
        case .cancelled: throw Failure(reason: "the server stops", isCancelled: true)
        case .ended(let output):
            if let error = errorType(in: output) { throw Failure(reason: error) }
        case .answered(let answer):
            guard (200...299).contains(answer.status) else {
                throw Failure(reason: "the answer has the status \(answer.status)")
            }
            if answer["x-amz-function-error"] != nil {
                throw Failure(reason: errorType(in: answer.body) ?? "the function had an error")
            }
            guard !answer.body.isEmpty else {
                throw Failure(reason: "the answer is empty: the function's process has died")
            }
            if let error = errorType(in: answer.body) { throw Failure(reason: error) }
            guard answer.body.firstRange(of: Array("Task timed out after".utf8)) == nil else {
                throw Failure(reason: "the function's host says that its time was over")
            }
        }
    }

    /// The kind of error that a function returned; its message may hold a secret, and stays there.
    private static func errorType(in body: [UInt8]) -> String? {
        guard case .object(let object)? = try? JSONParser.parse(body) else { return nil }
        if case .string(let type)? = object["errorType"] {
            let shown = type.unicodeScalars.prefix(80).map { $0.escaped(asASCII: true) }.joined()
            return "the function returned the error \(shown)"
        }
        return object["errorMessage"] == nil ? nil : "the function returned an error"
    }
}
