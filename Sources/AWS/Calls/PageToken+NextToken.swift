internal import Notation

extension PageToken {
    /// Reads a NextToken.
    ///
    /// - Throws: InvalidNextTokenException when it is no token, or one of another query.
    init(nextToken text: String, query: String) throws(APIError) {
        guard let token = PageToken(text, query: query) else { throw .invalidNextToken }
        self = token
    }
}
