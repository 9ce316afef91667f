package import JSON

/// Gives the secrets that up to ten names of parameters stand for, in the order of the names.
///
/// [GetParameters](https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameters.html).
/// Names that stand for nothing are told among `InvalidParameters`; a secret that may not be read fails
/// the call.
/// Errors: ValidationException.
package struct GetParameters: ParameterOperation {
    package static let action = SSMAction.getParameters

    private let texts: [String]?
    let withDecryption: Bool?

    package init(from members: inout Members) throws(APIError) {
        texts = try members.strings("Names")
        withDecryption = try members.boolean("WithDecryption")
    }

    /// Nobody can tell in which order AWS asks.
    private var distinct: [String] { Set(texts ?? []).sorted() }

    var names: [ParameterName] { distinct.map(ParameterName.init) }

    package func violations() -> [Violation] {
        var constraints = Constraints()
        constraints.require(texts, at: "names")
        constraints.count(of: texts, 1...10, at: "names")
        constraints.elements(
            of: texts,
            [
                "Member must have length less than or equal to 2048",
                "Member must have length greater than or equal to 1",
            ],
            at: "names"
        ) { (1...2_048).contains($0.utf16.count) }
        return constraints.violations
    }

    package func perform(
        _ call: Call<NoSubject>,
        _ vault: any VaultReading
    ) throws(APIError) -> Response {
        var response = Response()
        for text in distinct {
            do throws(APIError) {
                let parameter = try secret(ParameterName(text), for: call, vault)
                response.parameters.append(parameter)
            } catch {
                guard error.leavesOtherParameters else { throw error }
                response.invalidNames.append(text)
            }
        }
        return response
    }

    package struct Response: Sendable, JSONWritable {
        fileprivate(set) var parameters: [ReferencedSecret] = []
        fileprivate(set) var invalidNames: [String] = []

        package func write(to writer: inout JSONWriter) {
            writer.beginObject()
            writer.member("InvalidParameters", invalidNames)
            writer.member("Parameters", parameters)
            writer.endObject()
        }
    }
}
