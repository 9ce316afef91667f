package import JSON

/// Lists the names of a secret's policies: `default` first, then the others in alphabetical order.
///
/// [ListResourcePolicies](https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ListResourcePolicies.html).
/// Errors: ResourceNotFoundException, InvalidNextTokenException, InvalidParameterException,
/// InvalidRequestException.
package struct ListResourcePolicies: ReadOperation {
    package static let action = Action.listResourcePolicies

    package let secretID: String?
    private let maxResults: Int64?
    private let nextToken: String?

    package init(from members: inout Members) throws(APIError) {
        secretID = try members.string("SecretId")
        maxResults = try members.integer("MaxResults")
        nextToken = try members.string("NextToken")
    }

    package func violations() -> [Violation] {
        var constraints = Constraints()
        constraints.secretID(secretID)
        constraints.maxResults(maxResults, upTo: 100)
        constraints.nextToken(nextToken)
        return constraints.violations
    }

    package func perform(
        _ call: Call,
        _ vault: any VaultReading
    ) throws(APIError) -> Response {
        let secret = try call.secret
        var names = try vault.resourcePolicyNames(of: secret)
        if let index = names.firstIndex(of: ResourcePolicy.defaultName) {
            names.insert(names.remove(at: index), at: 0)
        }
        let query = "policies|\(secret.arn.text)"
        var rest = names[...]
        if let nextToken {
            let last = try NextToken(nextToken, query: query).position
            // A policy that went meanwhile leaves no place to go on from.
            guard let index = names.firstIndex(of: last) else { throw .invalidNextToken }
            rest = names[(index + 1)...]
        }
        let page = rest.prefix(Int(maxResults ?? 100))
        var next: String?
        if page.count < rest.count, let last = page.last {
            next = NextToken(query: query, position: last).text
        }
        return Response(names: Array(page), nextToken: next)
    }

    package struct Response: Sendable, JSONWritable {
        let names: [String]
        let nextToken: String?

        package func write(to writer: inout JSONWriter) {
            writer.beginObject()
            writer.member("NextToken", nextToken)
            writer.name("ResourcePolicies")
            writer.beginArray()
            for name in names {
                writer.beginObject()
                writer.member("PolicyName", name)
                writer.endObject()
            }
            writer.endArray()
            writer.endObject()
        }
    }
}
