package import JSON
internal import Notation

/// Begins the waiting period after which a key is deleted for good; until then it cannot be used.
///
/// [ScheduleKeyDeletion](https://docs.aws.amazon.com/kms/latest/APIReference/API_ScheduleKeyDeletion.html).
/// Errors: NotFoundException, InvalidArnException, KMSInvalidStateException.
package struct ScheduleKeyDeletion: WriteOperation, KeyOperation {
    package static let action = KMSAction.scheduleKeyDeletion

    package let keyID: String?
    private let pendingWindowInDays: Int64?

    package init(from members: inout Members) throws(APIError) {
        keyID = try members.string("KeyId")
        pendingWindowInDays = try members.integer("PendingWindowInDays")
    }

    package func violations() -> [Violation] {
        var constraints = Constraints()
        constraints.keyID(keyID)
        constraints.range(of: pendingWindowInDays, 1...365, at: "pendingWindowInDays")
        return constraints.violations
    }

    package func permissions() -> [Permission] {
        var permission = keyPermission
        permission.set("kms:ScheduleKeyDeletionPendingWindowInDays", days)
        return [permission]
    }

    package func checkBeforeLookup() throws(APIError) {
        guard (7...30).contains(days) else { throw .pendingWindowOutOfRange(days) }
    }

    private var days: Int64 { pendingWindowInDays ?? 30 }

    package func perform(
        _ call: Call<KMSKey>,
        _ vault: any VaultWriting
    ) throws(APIError) -> Response {
        var key = try call.changeableKey(for: Self.action)
        try key.checkNotPendingDeletion()
        key.scheduleDeletion(at: call.now.adding(days: days))
        try vault.update(key)
        return Response(key: key, days: days)
    }

    package struct Response: Sendable, JSONWritable {
        let key: KMSKey
        let days: Int64

        package func write(to writer: inout JSONWriter) {
            writer.beginObject()
            writer.member("DeletionDate", key.deletionDate)
            writer.member("KeyId", key.arn.text)
            writer.member("KeyState", key.state.rawValue)
            writer.name("PendingWindowInDays")
            writer.integer(days)
            writer.endObject()
        }
    }
}
