internal import Client
internal import Formats
internal import JSON
internal import PocketvaultServer

/// Finds the values of a command's variables.
struct ExecResolver {
    let request: ExecRequest
    let client: VaultClient

    /// All variables; those that are set later win.
    ///
    /// - Throws: about the first variable that has no value.
    func resolve() throws(ExecFailure) -> ExecVariables {
        var variables = ExecVariables()
        let reader = SecretReader(client)
        for (name, value) in request.fileVariables {
            switch value {
            case .literal(let text):
                variables.set(.init(name: name, value: Array(text.utf8), secret: nil))
            case .reference(let reference):
                variables.set(try variable(name, reference, reader))
            }
        }
        if let definition = request.taskDefinition {
            for (name, value) in definition.environment {
                variables.set(.init(name: name, value: Array(value.utf8), secret: nil))
            }
            for variable in try containerSecrets(of: definition) { variables.set(variable) }
        }
        for reference in request.jsonSecrets {
            for variable in try members(reference, reader) { variables.set(variable) }
        }
        for secret in request.secrets {
            variables.set(try variable(secret.variable, secret.reference, reader))
        }
        return variables
    }

    // MARK: One variable

    private func variable(
        _ name: String,
        _ reference: SecretReference,
        _ reader: SecretReader
    ) throws(ExecFailure) -> ExecVariables.Variable {
        let secret: SecretReader.Secret
        do throws(ClientError) {
            secret = try reader.secret(reference)
        } catch {
            throw ExecFailure(name, error)
        }
        guard let key = reference.jsonKey else {
            guard let text = secret.text else {
                guard request.hasFiles else {
                    throw ExecFailure(name, "\(secret.arn) is binary: only --files can give it")
                }
                let source = ExecVariables.Source(arn: secret.arn, contents: secret.contents)
                return .init(name: name, value: nil, secret: source)
            }
            return try ExecResolver.variable(name, text, of: secret)
        }
        let text: String
        do throws(SecretReader.Secret.Unusable) {
            text = try secret.member(key)
        } catch {
            throw ExecFailure(name, "\(secret.arn): \(error.reason)")
        }
        return try ExecResolver.variable(name, text, of: secret)
    }

    private static func variable(
        _ name: String,
        _ text: String,
        of secret: SecretReader.Secret
    ) throws(ExecFailure) -> ExecVariables.Variable {
        let value = Array(text.utf8)
        guard !value.contains(0) else {
            throw ExecFailure(name, "\(secret.arn) holds a NUL, which no variable can")
        }
        return .init(name: name, value: value, secret: .init(arn: secret.arn, contents: value))
    }

    /// A variable for each key of a JSON object.
    private func members(
        _ reference: SecretReference,
        _ reader: SecretReader
    ) throws(ExecFailure) -> [ExecVariables.Variable] {
        let secret: SecretReader.Secret
        do throws(ClientError) {
            secret = try reader.secret(reference)
        } catch {
            throw ExecFailure("--json \(reference.secretID)", error)
        }
        let members: [(name: String, value: String)]
        do throws(SecretReader.Secret.Unusable) {
            members = try secret.members()
        } catch {
            throw ExecFailure("--json \(reference.secretID)", error.reason)
        }
        var variables: [ExecVariables.Variable] = []
        for (key, value) in members {
            let name = VariableName.isValid(key) ? key : VariableName.spelled(key)
            guard VariableName.isValid(name) else {
                throw ExecFailure(
                    "--json \(reference.secretID)",
                    "its key \(key) is no variable's name"
                )
            }
            variables.append(try ExecResolver.variable(name, value, of: secret))
        }
        return variables
    }

    // MARK: A container of ECS

    /// The execution role reads them, where anybody needs permission.
    private func containerSecrets(
        of definition: TaskDefinition
    ) throws(ExecFailure) -> [ExecVariables.Variable] {
        guard let first = definition.secrets.first else { return [] }
        let reader: SecretReader
        do throws(ClientError) {
            let identity = try executionIdentity(of: definition)
            reader = SecretReader(VaultClient(over: client.transport, as: identity))
        } catch {
            throw ExecFailure(first.name, error)
        }
        var variables: [ExecVariables.Variable] = []
        for (name, valueFrom) in definition.secrets {
            variables.append(try containerSecret(name, valueFrom, reader))
        }
        return variables
    }

    private func executionIdentity(
        of definition: TaskDefinition
    ) throws(ClientError) -> Identity {
        let source = RoleCredentials(client)
        let mode = try source.policyMode()
        guard mode != PolicyMode.off.rawValue else { return client.identity }
        guard let role = definition.executionRole else {
            guard mode == PolicyMode.enforce.rawValue else { return client.identity }
            throw .impossible(ContainerFailure.noRole)
        }
        do throws(ClientError) {
            return try source.identity(ofRole: role)
        } catch {
            guard error.refusal != nil else { throw error }
            if mode == PolicyMode.report.rawValue { return client.identity }
            throw .impossible(ContainerFailure.role(role))
        }
    }

    private func containerSecret(
        _ name: String,
        _ valueFrom: String,
        _ reader: SecretReader
    ) throws(ExecFailure) -> ExecVariables.Variable {
        guard valueFrom.hasPrefix("arn:"), !valueFrom.contains(":ssm:") else {
            return try parameter(name, valueFrom, reader)
        }
        let reference: SecretReference
        do throws(SecretReference.Flaw) {
            reference = try SecretReference(valueFrom: valueFrom)
        } catch {
            throw ExecFailure(name, ContainerFailure.unreadable(error.description))
        }
        let secret: SecretReader.Secret
        do throws(ClientError) {
            secret = try reader.secret(reference)
        } catch {
            guard let refusal = error.refusal else { throw ExecFailure(name, error) }
            throw ExecFailure(name, ContainerFailure.refused(reference.secretID, refusal))
        }
        let text: String
        do throws(SecretReader.Secret.Unusable) {
            // A binary secret is an empty value to ECS.
            text =
                try reference.jsonKey.map { key throws(SecretReader.Secret.Unusable) in
                    try secret.member(key)
                } ?? secret.text ?? ""
        } catch {
            throw ExecFailure(name, ContainerFailure.unusable(error.reason))
        }
        return try ExecResolver.variable(name, text, of: secret)
    }

    private func parameter(
        _ name: String,
        _ valueFrom: String,
        _ reader: SecretReader
    ) throws(ExecFailure) -> ExecVariables.Variable {
        let found: (text: String, arn: String)?
        do throws(ClientError) {
            found = try reader.parameter(valueFrom)
        } catch {
            guard let refusal = error.refusal else { throw ExecFailure(name, error) }
            throw ExecFailure(name, ContainerFailure.noParameter(valueFrom, refusal))
        }
        guard let found else {
            throw ExecFailure(name, ContainerFailure.noParameter(valueFrom, nil))
        }
        let secret = SecretReader.Secret(arn: found.arn, text: found.text, bytes: nil)
        return try ExecResolver.variable(name, found.text, of: secret)
    }
}
