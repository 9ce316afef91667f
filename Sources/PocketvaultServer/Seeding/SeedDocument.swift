internal import AWS
internal import JSON
internal import Notation

/// A seed document: the keys, principals and secrets of one file, checked against every rule of the
/// API, and where rotation functions are.
struct SeedDocument: Sendable {
    /// Account and region of what names none.
    let scope: Scope
    let keys: [SeedKey]
    let secrets: [SeedSecret]
    let rotationFunctions: [RotationFunction]
    let principals: [SeedPrincipal]

    /// - Parameters:
    ///   - bytes: the file.
    ///   - file: its path, for errors.
    ///   - defaultScope: account and region of documents that name none.
    ///   - synthesizes: whether what has no value gets a random one.
    /// - Throws: the first thing that is wrong.
    init(
        _ bytes: [UInt8],
        file: String,
        defaultScope: Scope,
        synthesizes: Bool = false
    ) throws(SeedError) {
        let source = SeedSource(file: file, bytes: bytes)
        let document = SeedMembers(
            object: try SeedDocument.object(in: source),
            path: [],
            source: source
        )
        try document.allow([
            "version", "account", "region", "rotationFunctions", "keys", "principals", "secrets",
        ])
        guard let version = document.object["version"] else {
            throw document.error(nil, "the member version is missing; write \"version\": 1")
        }
        guard case .number(let number) = version, number.int64 == 1 else {
            throw document.error("version", "must be 1: this server reads no other")
        }
        rotationFunctions = try SeedDocument.rotationFunctions(in: document)
        let scope = try SeedDocument.scope(of: document, or: defaultScope)
        self.scope = scope
        var keys: [SeedKey] = []
        for members in try document.objects("keys") ?? [] {
            keys.append(try SeedKeyReader(members: members, scope: scope).key())
        }
        self.keys = keys
        var principals: [SeedPrincipal] = []
        for members in try document.objects("principals") ?? [] {
            let reader = SeedPrincipalReader(members: members, scope: scope)
            principals.append(try reader.principal())
        }
        self.principals = principals
        var secrets: [SeedSecret] = []
        for members in try document.objects("secrets") ?? [] {
            let secret = try SeedSecretReader(members: members, scope: scope).secret()
            secrets.append(synthesizes ? secret.synthesized() : secret)
        }
        self.secrets = secrets
    }

    private static func object(in source: SeedSource) throws(SeedError) -> JSONObject {
        let value: JSONValue
        do {
            value = try JSONParser.parse(source.bytes, duplicateMembers: .refused)
        } catch {
            throw SeedError(
                file: source.file,
                line: error.line,
                member: nil,
                message: "not JSON: column \(error.column), \(error.reason)"
            )
        }
        guard case .object(let object) = value else {
            throw source.error(at: [], "must be an object with the members version and secrets")
        }
        return object
    }

    private static func rotationFunctions(
        in document: SeedMembers
    ) throws(SeedError) -> [RotationFunction] {
        guard let members = try document.object("rotationFunctions") else { return [] }
        var functions: [RotationFunction] = []
        for pattern in members.object.members.map(\.name) {
            let text = try members.string(pattern) ?? ""
            do throws(RotationTargetError) {
                let target = try RotationTarget(parsing: text)
                functions.append(RotationFunction(pattern: pattern, target: target))
            } catch {
                throw members.error(pattern, error.message)
            }
        }
        return functions
    }

    private static func scope(
        of document: SeedMembers,
        or defaultScope: Scope
    ) throws(SeedError) -> Scope {
        let account = try document.string("account")
        if let account, !AccountID.isValid(account) {
            throw document.error("account", "must be twelve digits")
        }
        let region = try document.string("region")
        if let region, !Region.isName(region) {
            throw document.error("region", "must be the name of a region, as us-east-1")
        }
        return Scope(
            account: account ?? defaultScope.account,
            region: region ?? defaultScope.region
        )
    }
}
