/// The sessions of STS, as the operations see them: the vault keeps none, but seals and opens them.
package protocol STSReading {
    /// What is in a session token of this vault; nil for any other text.
    func openSession(_ token: [UInt8]) throws(APIError) -> [UInt8]?
}

/// What can be done for sessions.
package protocol STSWriting: STSReading {
    /// Seals what a session is into a token that only this vault opens.
    func sealSession(_ session: [UInt8]) throws(APIError) -> [UInt8]
}
