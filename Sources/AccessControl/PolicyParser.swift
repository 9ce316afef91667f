internal import JSON

/// Reads a policy and refuses whatever AWS would not store.
///
/// The grammar is the one at
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html.
package enum PolicyParser {
    /// Far deeper than the grammar goes, so that only what is wrong anyway is too deep.
    private static let maximumDepth = 16

    /// Reads a policy that is to be attached as this kind says.
    package static func parse(
        _ text: String,
        as kind: PolicyKind
    ) throws(PolicyError) -> PolicyDocument {
        let root = PolicyElement(value: try json(text), path: [])
        let members = try root.members(["Version", "Id", "Statement"])
        let version = try version(members["Version"])
        let id = try members["Id"]?.string()
        let reader = StatementReader(kind: kind, hasVariables: version == .v2012)
        var statements: [PolicyStatement] = []
        var sids: Set<String> = []
        for element in try members.required("Statement").oneOrMore() {
            let statement = try reader.statement(element)
            // AWS's own policy of `aws/secretsmanager` has one twice.
            if kind != .key, let sid = statement.sid, !sid.isEmpty, !sids.insert(sid).inserted {
                throw element.error(.duplicateSid, "another statement has this Sid")
            }
            statements.append(statement)
        }
        return PolicyDocument(
            version: version,
            id: id,
            statements: statements,
            json: root.value
        )
    }

    private static func json(_ text: String) throws(PolicyError) -> JSONValue {
        do throws(JSONSyntaxError) {
            return try JSONParser.parse(
                text,
                duplicateMembers: .refused,
                maximumDepth: maximumDepth
            )
        } catch {
            let isDuplicate = error.reason == .duplicateMember
            throw PolicyError(
                fault: isDuplicate ? .duplicateMember : .notJSON,
                detail: "policy, \(error)"
            )
        }
    }

    private static func version(
        _ element: PolicyElement?
    ) throws(PolicyError) -> PolicyVersion {
        guard let element else { return .v2008 }
        guard let version = PolicyVersion(rawValue: try element.string()) else {
            throw element.error(.invalidVersion, "there is no such version")
        }
        return version
    }
}
