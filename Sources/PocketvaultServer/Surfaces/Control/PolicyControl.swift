internal import AWS
internal import AccessControl
internal import HTTPServer
internal import JSON
internal import Notation

/// Says what policies decide, whether they are enforced or not: `/_pocketvault/policy/…`.
struct PolicyControl: Sendable {
    let vault: any Vault
    let authorization: Authorization
    let clock: VaultClock
    let defaultRegion: String
    let work: ControlWork

    /// What decided a call: `GET …/explain?request=ID`, without an id the newest refusal.
    @Sendable func explain(_ request: HTTPRequest, _ reply: @escaping Reply) {
        work.run(reply) { () throws(ControlOrder.Refusal) in
            try explain(requestID: PolicyControl.fields(of: request)["request"])
        }
    }

    /// Whether a call would be allowed: `POST …/simulate {"principal","action",…}`.
    @Sendable func simulate(_ request: HTTPRequest, _ reply: @escaping Reply) {
        work.run(reply) { () throws(ControlOrder.Refusal) in
            try simulate(try PolicySimulation(request, defaultRegion))
        }
    }

    /// Which policy somebody's calls need: `GET …/suggest?principal=ARN`.
    @Sendable func suggest(_ request: HTTPRequest, _ reply: @escaping Reply) {
        work.run(reply) { () throws(ControlOrder.Refusal) in
            guard let principal = PolicyControl.fields(of: request)["principal"] else {
                throw ControlOrder.Refusal("Say whose calls: ?principal=ARN.")
            }
            return try suggest(principal)
        }
    }

    private static func fields(of request: HTTPRequest) -> FormFields {
        FormFields((request.query ?? "").utf8)
    }

    private func simulate(_ order: PolicySimulation) throws(ControlOrder.Refusal) -> Answer {
        let now = clock.now()
        let answer = try vault.controlReading { vault throws(APIError) in
            try order.answer(authorization, at: now, in: vault)
        }
        guard let answer else { throw PolicyControl.nobody(order.principalARN) }
        return Answer(ControlAnswer.json(200) { PolicyControl.write(answer, to: &$0) })
    }

    private func suggest(_ principal: String) throws(ControlOrder.Refusal) -> Answer {
        let now = clock.now()
        let suggestion = try vault.controlAsking { () throws(APIError) in
            try PolicySuggestion(for: principal, authorization, at: now, of: vault)
        }
        guard let suggestion else { throw PolicyControl.nobody(principal) }
        var writer = JSONWriter()
        suggestion.write(to: &writer)
        return Answer(
            HTTPResponse(
                status: 200,
                headers: [("Content-Type", "application/json"), ("Cache-Control", "no-store")],
                body: writer.bytes
            )
        )
    }

    private func explain(requestID: String?) throws(ControlOrder.Refusal) -> Answer {
        let found = try vault.controlReading { vault throws(APIError) in
            if let requestID { return try vault.auditRecord(ofRequest: requestID) }
            return try vault.newestAuditEntry(for: TrailFilter(kinds: .refusals)) {
                $0.record.decision != nil
            }?
            .record
        }
        guard let record = found else {
            throw ControlOrder.Refusal(
                requestID == nil
                    ? "No call was refused, or would have been: is --iam report or enforce on?"
                    : "The audit trail has no call of this request id.",
                status: 404,
                code: "NotFound"
            )
        }
        let text: String
        if let decision = record.decision {
            text = decision
        } else {
            text = try explanation(of: record)
        }
        return Answer(
            ControlAnswer.json(200) { writer in
                writer.name("time")
                writer.string(record.time.text)
                writer.name("principal")
                writer.string(record.principalARN)
                writer.name("action")
                writer.string(record.action)
                if let arn = record.resourceARN {
                    writer.name("resource")
                    writer.string(arn)
                }
                writer.name("explanation")
                writer.string(text)
            }
        )
    }

    /// Of a call that nothing was noted about: it was let in, or nobody asked.
    private func explanation(of record: AuditRecord) throws(ControlOrder.Refusal) -> String {
        let answer = try vault.controlReading { vault throws(APIError) in
            try PolicySimulation.answer(again: record, authorization, in: vault)
        }
        guard let answer else { throw PolicyControl.nobody(record.principalARN) }
        return "\(answer)"
    }

    private static func nobody(_ principalARN: String) -> ControlOrder.Refusal {
        ControlOrder.Refusal(
            "Nobody has the ARN \(principalARN): name a user, a role, a session or a root.",
            status: 404,
            code: "NotFound"
        )
    }

    private static func write(_ answer: PolicySimulation.Answer, to writer: inout JSONWriter) {
        let explanation = answer.explanation
        writer.name("allowed")
        writer.bool(answer.isAllowed)
        if let missing = answer.missing {
            writer.name("missing")
            writer.string(missing.action)
        }
        let statement: StatementReference? =
            switch explanation.decision {
            case .allowed(let statement): statement
            case .explicitlyDenied(let statement): statement
            case .implicitlyDenied: nil
            }
        if let statement {
            writer.name("statement")
            writer.string("\(statement)")
        }
        if let nearest = explanation.nearestMiss {
            writer.name("nearest")
            writer.string("\(nearest.statement)")
        }
        writer.name("explanation")
        writer.string("\(answer)")
    }
}

extension PolicyControl {
    init(of vault: OpenVault, _ work: ControlWork) {
        self.init(
            vault: vault.vault,
            authorization: vault.authorization,
            clock: vault.clock,
            defaultRegion: vault.configuration.region,
            work: work
        )
    }
}

/// The body of a simulation.
extension PolicySimulation {
    fileprivate init(
        _ request: HTTPRequest,
        _ defaultRegion: String
    ) throws(ControlOrder.Refusal) {
        let members = try ControlOrder.members(of: request)
        func text(_ name: String) throws(ControlOrder.Refusal) -> String? {
            guard let value = members[name] else { return nil }
            guard case .string(let text) = value else {
                throw ControlOrder.Refusal("The member \(name) must be a string.")
            }
            return text
        }
        guard let principal = try text("principal"), let action = try text("action") else {
            throw ControlOrder.Refusal("The members principal and action are needed.")
        }
        self.init(
            principalARN: principal,
            action: action,
            secretID: try text("secret"),
            resourceARN: try text("resource"),
            region: try text("region") ?? defaultRegion,
            context: try PolicySimulation.context(members["context"])
        )
        if let fault { throw ControlOrder.Refusal(fault) }
        // A server can have a made-up region of its own.
        guard region == defaultRegion || Region.isWellFormed(region) else {
            throw ControlOrder.Refusal("\"\(region)\" is no region: write it as us-east-1.")
        }
    }

    private static func context(
        _ value: JSONValue?
    ) throws(ControlOrder.Refusal) -> [String: [String]] {
        guard let value else { return [:] }
        let refusal = ControlOrder.Refusal(
            "The member context is an object of condition keys, each with a string or a list of them."
        )
        guard case .object(let object) = value else { throw refusal }
        var context: [String: [String]] = [:]
        for member in object.members {
            let list = if case .array(let list) = member.value { list } else { [member.value] }
            for element in list {
                guard case .string(let text) = element else { throw refusal }
                context[member.name, default: []].append(text)
            }
        }
        return context
    }
}
