package import AccessControl
internal import Notation

/// What is accepted as a policy of IAM.
package enum IAMPolicyDocument {
    /// What is wrong with a role's trust policy that is to be stored; nil when nothing is.
    package static func fault(inTrust text: String) -> String? {
        do {
            _ = try PolicyParser.parse(text, as: .trust)
            return nil
        } catch {
            return error.detail
        }
    }

    /// What is wrong with a policy of a user or role, or a managed one, of an account in a partition: in
    /// IAM's words, where it has some of its own, and where in the policy; nil when nothing is.
    package static func fault(
        in text: String,
        partition: String,
        needsVersion: Bool = false
    ) -> String? {
        let found = faults(in: text, partition, needsVersion)
        guard let sentence = found.sentence else { return found.parser?.detail }
        return found.parser.map { "\(sentence) (\($0.detail))" } ?? sentence
    }

    /// What the parser has against a policy, and the sentence that IAM has of its own for that or for
    /// what the parser takes.
    private static func faults(
        in text: String,
        _ partition: String,
        _ needsVersion: Bool
    ) -> (parser: PolicyError?, sentence: String?) {
        let grammar = IAMPolicyGrammar(text, in: partition, needsVersion: needsVersion)
        do {
            _ = try PolicyParser.parse(text, as: .identity)
            return (nil, grammar?.fault)
        } catch {
            return (error, error.isOfGrammar ? grammar?.fault : nil)
        }
    }

    /// Characters but for white space, which IAM does not count.
    static func size(of text: String) -> Int {
        text.utf8.reduce(0) { $0 + ([0x20, 0x09, 0x0A, 0x0D].contains($1) ? 0 : 1) }
    }

    /// Refuses what is no policy for the simulator, in IAM's words where it has some of its own.
    static func check(
        _ text: String,
        named id: String,
        in partition: String
    ) throws(APIError) {
        let found = faults(in: text, partition, false)
        guard found.parser != nil || found.sentence != nil else { return }
        throw .unreadableSimulatedPolicy(id, found.sentence, cause: found.parser?.detail)
    }

    /// Refuses what is no managed policy of an account in a partition.
    static func checkManagedPolicy(_ text: String, in partition: String) throws(APIError) {
        try checkIdentityPolicy(text, in: partition, needsVersion: true)
        guard size(of: text) <= 6_144 else { throw .policyTooLong("PolicySize", 6_144) }
    }

    /// Refuses what is no policy of a user, a role or a managed one, in an account of a partition.
    ///
    /// What the parser makes nothing of is told first, but for what IAM has words of its own for.
    static func checkIdentityPolicy(
        _ text: String,
        in partition: String,
        needsVersion: Bool = false
    ) throws(APIError) {
        let found = faults(in: text, partition, needsVersion)
        if let sentence = found.sentence {
            throw .malformedPolicy(sentence, cause: found.parser?.detail)
        }
        if let error = found.parser { throw .malformedIAMPolicy(error) }
    }

    /// Refuses what is no trust policy, or one that names somebody who is not there.
    static func checkTrustPolicy(_ text: String, _ vault: any VaultReading) throws(APIError) {
        let policy: PolicyDocument
        do {
            policy = try PolicyParser.parse(text, as: .trust)
        } catch {
            throw .malformedTrustPolicy(error)
        }
        guard size(of: text) <= 2_048 else { throw .policyTooLong("ACLSizePerRole", 2_048) }
        if let arn = try vault.unknownPrincipal(in: policy) { throw .noSuchPrincipalInPolicy(arn) }
    }
}

extension PolicyError {
    /// Whether it may be one of the faults that IAM has words of its own for.
    fileprivate var isOfGrammar: Bool {
        switch fault {
        case .missingElement, .emptyList, .duplicateSid, .invalidAction, .invalidResource: true
        default: false
        }
    }
}

extension VaultReading {
    /// What `PrincipalReading` asks, answered from the users and roles that are kept.
    package func unknownPrincipal(in policy: PolicyDocument) throws(APIError) -> String? {
        for principal in policy.statements.flatMap({ $0.principals?.entries ?? [] }) {
            switch principal {
            case .user(let arn) where try isUnknown(arn, .user): return arn
            case .role(let arn) where try isUnknown(arn, .role): return arn
            default: continue
            }
        }
        return nil
    }

    private func isUnknown(_ arn: String, _ kind: IAMPrincipal.Kind) throws(APIError) -> Bool {
        if try principal(kind, arn: arn) != nil { return false }
        // The parser has seen to it that it is an ARN.
        return try hasPrincipals(in: ARN(arn)?.account ?? "")
    }
}
