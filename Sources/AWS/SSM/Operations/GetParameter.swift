package import JSON

/// Gives the secret that a parameter's name stands for.
///
/// [GetParameter](https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html).
/// Errors: ParameterNotFound, ValidationException.
package struct GetParameter: ParameterOperation {
    package static let action = SSMAction.getParameter

    private let name: String?
    let withDecryption: Bool?

    package init(from members: inout Members) throws(APIError) {
        name = try members.string("Name")
        withDecryption = try members.boolean("WithDecryption")
    }

    package var subjectID: String? { name }

    var names: [ParameterName] { name.map { [ParameterName($0)] } ?? [] }

    package func violations() -> [Violation] {
        var constraints = Constraints()
        constraints.require(name, at: "name")
        constraints.length(of: name, 1...2_048, at: "name")
        return constraints.violations
    }

    package func perform(
        _ call: Call<NoSubject>,
        _ vault: any VaultReading
    ) throws(APIError) -> Response {
        // The road has seen that there is a name.
        guard let name = names.first else { throw .parameterNotFound }
        return Response(parameter: try secret(name, for: call, vault))
    }

    package struct Response: Sendable, JSONWritable {
        let parameter: ReferencedSecret

        package func write(to writer: inout JSONWriter) {
            writer.beginObject()
            writer.name("Parameter")
            parameter.write(to: &writer)
            writer.endObject()
        }
    }
}
