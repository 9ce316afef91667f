internal import Formats

/// What variables a command is to have: `--secret`, `--json`, `--env-file` and `--task-definition`,
/// read and not yet resolved.
struct ExecRequest {
    /// A secret for a variable.
    struct Named {
        let variable: String
        let reference: SecretReference
    }

    /// A variable of an env file.
    enum FileValue {
        case literal(String)
        case reference(SecretReference)
    }

    var fileVariables: [(name: String, value: FileValue)] = []
    var taskDefinition: TaskDefinition?
    var jsonSecrets: [SecretReference] = []
    var secrets: [Named] = []
    /// Whether a binary secret has a place to go.
    var hasFiles = false
}

extension ExecRequest.Named {
    /// Reads `ID[=NAME]`.
    ///
    /// - Throws: when no variable has the name that the secret gives.
    init(option text: String) throws(ExecFailure) {
        let parts = text.split(separator: "=", omittingEmptySubsequences: false)
        if let name = parts.last, parts.count > 1, VariableName.isValid(name) {
            let id = String(text.dropLast(name.count + 1))
            self.init(variable: String(name), reference: try ExecRequest.reference(id))
            return
        }
        let reference = try ExecRequest.reference(text)
        guard let name = VariableName.ofSecret(reference.secretID) else {
            throw ExecFailure(
                "--secret \(text): say which variable it is for: --secret \(text)=NAME"
            )
        }
        self.init(variable: name, reference: reference)
    }
}

extension ExecRequest {
    /// A secret by its name, or by an ARN with what ECS lets follow it.
    static func reference(_ id: String) throws(ExecFailure) -> SecretReference {
        guard !id.isEmpty else { throw ExecFailure("--secret: there is no secret without a name") }
        guard id.hasPrefix("arn:") else { return SecretReference(secretID: id) }
        do throws(SecretReference.Flaw) {
            return try SecretReference(valueFrom: id)
        } catch {
            throw ExecFailure("\(id): \(error.description)")
        }
    }

    /// Takes the variables of an env file.
    mutating func add(_ file: DotenvFile, of path: String) throws(ExecFailure) {
        for variable in file.variables {
            do throws(SecretReference.Flaw) {
                let reference = try SecretReference.of(value: variable.value)
                fileVariables.append(
                    (variable.name, reference.map(FileValue.reference) ?? .literal(variable.value))
                )
            } catch {
                throw ExecFailure(
                    variable.name,
                    "\(path), line \(variable.line): \(error.description)"
                )
            }
        }
    }
}
