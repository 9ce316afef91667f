internal import JSON
internal import Notation

/// An operation that gives parameters by their names.
///
/// The only ones that there are stand for secrets, and are read as GetSecretValue reads them, in the
/// caller's name.
protocol ParameterOperation: ReadOperation where API == SSMAction, Subject == NoSubject {
    var withDecryption: Bool? { get }

    /// As sent, each once.
    var names: [ParameterName] { get }
}

extension ParameterOperation {
    package func permissions() -> [Permission] {
        let others = names.dropFirst().map { Permission(Self.action, on: $0.target) }
        return [ownPermission] + others
    }

    /// The first parameter; there is mostly one.
    package func resource(
        _ subject: NoSubject?,
        for caller: Caller,
        _ vault: any VaultReading
    ) throws(APIError) -> ProtectedResource {
        ProtectedResource(names.first?.target ?? .nothing, caller)
    }

    /// What GetSecretValue needs.
    package func furtherNeeds(
        of subject: NoSubject?,
        for caller: Caller,
        _ vault: any VaultReading
    ) throws(APIError) -> [FurtherNeed] {
        var all: [FurtherNeed] = []
        for request in names.compactMap(\.request) {
            var members = Members(JSONObject(request))
            let needs = OperationNeeds(try GetSecretValue(from: &members))
            let secret = try needs.subject(for: caller, vault)
            guard secret.isTold else { continue }
            all += needs.permissions.map { permission in
                FurtherNeed(permission: permission, resource: secret.resource)
            }
            all += secret.further
        }
        return all
    }

    /// Reads what a name stands for.
    ///
    /// - Parameters:
    ///   - name: of the parameter.
    ///   - call: the call.
    ///   - vault: the vault.
    /// - Returns: the secret.
    /// - Throws: ParameterNotFound, ValidationException.
    func secret(
        _ name: ParameterName,
        for call: Call<NoSubject>,
        _ vault: any VaultReading
    ) throws(APIError) -> ReferencedSecret {
        guard !name.isARNOfSecret else { throw .secretARNAsParameter }
        guard let request = name.request else { throw .parameterNotFound }
        try name.checkSelector()
        guard withDecryption == true else { throw .secretNeedsDecryption }
        switch answer(of: GetSecretValue.self, request, for: call, vault) {
        case .success(let secret): return ReferencedSecret(name: name, secret: secret)
        case .failure(let error): throw .referenceFailed(error, name)
        }
    }
}
