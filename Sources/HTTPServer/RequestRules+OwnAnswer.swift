extension RequestRules {
    /// What is answered instead of libmicrohttpd's own answer: with its status, where that is right.
    ///
    /// - Parameters:
    ///   - answer: what it would have said.
    ///   - reception: the request as far as it has come; nil when its line could not be read.
    /// - Returns: the refusal, as of a request that we judged.
    func refusal(insteadOf answer: OwnAnswer, of reception: Reception?) -> HTTPResponse {
        let isBody = reception?.hasHead == true
        switch answer.status {
        case 413:
            return bodyRefusal(for: reception?.target.path ?? "/")
        case 414:
            return .refusal(414, "The request line does not fit into \(limits.headerBytes) bytes.")
        case 431:
            return isBody ? trailersRefusal : headRefusal
        case 505:
            return .refusal(505, "This server speaks HTTP/1.0 and 1.1.")
        case 500 where reception?.isChunked == true:
            // It has no room for the line, and takes it that the handler reads nothing.
            return .refusal(400, "A chunk begins with a line that is too long.")
        case 500:
            return headRefusal
        default:
            return .refusal(400, sentence(on: answer, of: reception))
        }
    }

    private func sentence(on answer: OwnAnswer, of reception: Reception?) -> String {
        guard let reception else { return RequestRules.malformedLine }
        if answer.isAboutLength { return RequestRules.malformedLength }
        return reception.hasHead
            ? "The chunks of the body, or the fields after it, are malformed."
            : RequestRules.malformedFields
    }
}
