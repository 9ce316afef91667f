/// What libmicrohttpd refuses by itself is answered and told of as what we refuse is.
///
/// For the thread of the connection that it is about.
extension HandlerContext {
    /// Puts a refusal of ours in the place of the library's, to be sent by whoever asks.
    func refuse(insteadOf answer: OwnAnswer, on connection: OpenConnection) {
        connection.lastWords = LastWords(
            refusal(insteadOf: answer, of: connection.reception),
            hasBody: answer.hasBody
        )
    }

    private func refusal(insteadOf answer: OwnAnswer, of reception: Reception?) -> HTTPResponse {
        // One that was refused before was told of; only its body was still to come.
        if let former = reception?.refusal { return former }
        let refusal = rules.refusal(insteadOf: answer, of: reception)
        refused(reception?.refused(refusal) ?? RefusedRequest(unread: refusal))
        return refusal
    }

    /// The library ends a request with an error, and may have said nothing: as where it finds no room for
    /// its own answer beside a head that is too large.
    func noteError(of reception: Reception) {
        // A head that we refused at once is among these when the answer found no room; with one that was
        // sent, the request ends without an error.
        guard let connection = reception.connection, !reception.hasHead else { return }
        sayInstead(.unsaid(431), on: connection)
    }

    /// The library ends a connection, and may have said nothing: as where the first line is no request.
    ///
    /// Of a line after another request this cannot be told from an end that was agreed on.
    func noteEnding(of connection: OpenConnection) {
        guard isOpen, connection.isUnspoken, !connection.isLate(limits: rules.limits) else {
            return
        }
        sayInstead(.unsaid(400), on: connection)
    }

    /// - Precondition: nothing was sent since the request began.
    private func sayInstead(_ answer: OwnAnswer, on connection: OpenConnection) {
        guard connection.lastWords == nil, connection.hasClient else { return }
        refuse(insteadOf: answer, on: connection)
        connection.sayLastWords()
    }
}
