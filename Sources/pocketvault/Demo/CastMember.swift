internal import JSON

/// Somebody in the demo: who calls, how often, and what.
struct CastMember: Sendable {
    /// A call.
    struct Line: Sendable {
        let operation: String
        let members: JSONObject

        init(
            _ operation: String,
            of secret: String? = nil,
            _ others: [(name: String, value: JSONValue)] = []
        ) {
            self.operation = operation
            let subject = secret.map { [(name: "SecretId", value: JSONValue.string($0))] } ?? []
            members = JSONObject(subject + others)
        }
    }

    /// Of the user in the demo's seed.
    let keyID: String
    let pauseMilliseconds: Int
    /// Said one after the other, again and again.
    let lines: [Line]

    static let all = [backend, worker, report, developer, importer]

    /// What somebody asked to go wrong: every third call of one of them is one too many.
    static let faults = [
        JSONObject([
            (name: "operation", value: .string("GetSecretValue")),
            (name: "principal", value: .string("*:user/catalog-import")),
            (name: "error", value: .string("ThrottlingException")),
            (name: "probability", value: .number(JSONNumber(text: "0.34") ?? JSONNumber(1))),
            (name: "seed", value: .number(JSONNumber(7))),
        ])
    ]

    /// Reads what production needs, as an application does that keeps nothing.
    private static let backend = CastMember(
        keyID: "AKIADEMOBACKEND00001",
        pauseMilliseconds: 1_700,
        lines: ["database-url", "redis-url", "jwt-secret", "api-keys"].map {
            Line("GetSecretValue", of: "driftsentry/prod/\($0)")
        }
    )

    private static let worker = CastMember(
        keyID: "AKIADEMOBILLING00001",
        pauseMilliseconds: 4_300,
        lines: [
            Line("GetSecretValue", of: "billing/prod/smtp"),
            Line("GetSecretValue", of: "billing/prod/webhook-key"),
        ]
    )

    /// Was given the wrong environment: every second time it is refused.
    private static let report = CastMember(
        keyID: "AKIADEMOREPORT000001",
        pauseMilliseconds: 5_300,
        lines: [
            Line("GetSecretValue", of: "driftsentry/stage/database-url"),
            Line("GetSecretValue", of: "driftsentry/prod/database-url"),
        ]
    )

    /// Asks for one secret after the other, and more often than it is let.
    private static let importer = CastMember(
        keyID: "AKIADEMOCATALOG00001",
        pauseMilliseconds: 3_700,
        lines: ["database-url", "redis-url", "jwt-secret"].map {
            Line("GetSecretValue", of: "driftsentry/stage/\($0)")
        }
    )

    /// Works on development and staging, where the function that rotates does not work, and reaches
    /// for production.
    private static let developer = CastMember(
        keyID: "AKIADEMOADA000000001",
        pauseMilliseconds: 11_300,
        lines: [
            Line("ListSecrets"),
            Line("GetSecretValue", of: "driftsentry/dev/api-keys"),
            Line("PutSecretValue", of: "driftsentry/dev/api-keys", newKeys),
            Line("RotateSecret", of: "driftsentry/stage/jwt-secret"),
            Line("PutSecretValue", of: "driftsentry/prod/api-keys", newKeys),
            Line("DescribeSecret", of: "driftsentry/stage/api-keys"),
        ]
    )

    /// What somebody said before the play began: a secret that goes.
    static let farewell = Line("DeleteSecret", of: "billing/prod/old-gateway")

    private static let newKeys = [
        (
            name: "SecretString",
            value: JSONValue.string(
                #"{"sentry":"https://invented@sentry.driftsentry.example/2","#
                    + #""stripe":"invented-new-stripe-key","mailgun":"invented-key"}"#
            )
        )
    ]
}
