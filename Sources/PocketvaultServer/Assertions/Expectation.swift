internal import AWS
internal import JSON
internal import Notation

/// What somebody expects of the audit trail: which calls, and how many of them.
struct Expectation: Sendable {
    /// How many there are to be.
    enum Bound: Sendable {
        case times(Int)
        case atLeast(Int)
        case atMost(Int)
        /// In any minute of the vault's time.
        case perMinuteAtMost(Int)
    }

    private var event: String?
    private var secret: StarPattern?
    private var principal: StarPattern?
    private var account: String?
    private var versionID: String?
    private var errorCode: String?
    /// Whether policies had something against it.
    private var isRefused: Bool?
    private(set) var bound = Bound.atLeast(1)

    /// - Throws: what is wrong with it.
    init(_ members: JSONObject) throws(ControlOrder.Refusal) {
        var bounds = 0
        for member in members.members {
            switch member.name {
            case "times", "atLeast", "atMost", "perMinuteAtMost":
                bounds += 1
                bound = try Expectation.bound(member.name, member.value)
            case "refused":
                guard case .bool(let flag) = member.value else {
                    throw ControlOrder.Refusal("The member refused is true or false.")
                }
                isRefused = flag
            default: try read(member.name, member.value)
            }
        }
        guard bounds == 1 else {
            throw ControlOrder.Refusal(
                "An expectation has one of times, atLeast, atMost and perMinuteAtMost."
            )
        }
    }

    private mutating func read(
        _ name: String,
        _ value: JSONValue
    ) throws(ControlOrder.Refusal) {
        guard case .string(let text) = value else {
            throw ControlOrder.Refusal("The members of an expectation are texts and numbers.")
        }
        switch name {
        case "event": event = text
        case "secret": secret = StarPattern(text)
        case "principal": principal = StarPattern(text)
        case "versionId": versionID = text
        case "errorCode": errorCode = text
        case "account":
            guard AccountID.isValid(text) else {
                throw ControlOrder.Refusal("The member account must be a string of twelve digits.")
            }
            account = text
        default:
            throw ControlOrder.Refusal(
                "An expectation has event, secret, principal, account, versionId, errorCode,"
                    + " refused, and a number; this one has another member."
            )
        }
    }

    private static func bound(
        _ name: String,
        _ value: JSONValue
    ) throws(ControlOrder.Refusal) -> Bound {
        guard case .number(let number) = value, let whole = number.int64,
            (0...1_000_000_000).contains(whole)
        else { throw ControlOrder.Refusal("The member \(name) is a whole number from 0 on.") }
        let count = Int(whole)
        return switch name {
        case "times": .times(count)
        case "atLeast": .atLeast(count)
        case "atMost": .atMost(count)
        default: .perMinuteAtMost(count)
        }
    }

    /// Whether it is one of the calls.
    func matches(_ record: AuditRecord) -> Bool {
        if let event, event != record.eventName { return false }
        if let principal, !principal.matches(record.principalARN) { return false }
        if let account, account != record.scope.account { return false }
        if let errorCode, errorCode != record.errorCode { return false }
        if let isRefused, isRefused != (record.decision != nil) { return false }
        if let secret, !record.secretNames.contains(where: secret.matches) { return false }
        if let versionID, !record.versionIDs.contains(versionID) { return false }
        return true
    }
}
