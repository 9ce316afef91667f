package import JSON

extension Operation {
    /// What is wrong with a request of these members; nil when nothing is.
    ///
    /// Nothing is carried out: the operation's own rules are asked, so that whoever takes its members
    /// from elsewhere takes nothing that the API would refuse.
    package static func breach(by request: [String: JSONValue]) -> String? {
        var members = Members(JSONObject(request.map { (name: $0.key, value: $0.value) }))
        do throws(APIError) {
            let request = try Self(from: &members)
            if let violation = request.violations().first { return violation.rule }
            try request.checkBeforeLookup()
            return nil
        } catch {
            return error.message ?? error.code.rawValue
        }
    }
}

extension Violation {
    /// The constraint alone: what stands before it repeats the value.
    fileprivate var rule: String {
        guard let range = text.firstRange(of: "constraint: Member ") else {
            return "breaks a rule of the API"
        }
        return String(text[range.upperBound...])
    }
}
