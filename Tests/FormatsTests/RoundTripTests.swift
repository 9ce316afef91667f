import Formats
import Notation
import Testing

@Suite struct RoundTripTests {
    private static let prefix = "app/test/"

    /// What is written is read back in one call, values of Compose from the files beside it.
    private static func roundTrip(
        _ secrets: [CarriedSecret],
        _ format: SecretFormat,
        _ dialect: DotenvDialect = .node
    ) throws -> CarriedDocument {
        let written = try format.document(
            of: secrets,
            WritingSettings(prefix: prefix, dialect: dialect, valueFolder: "a$ \"b\".d")
        )
        let bytes = Array(written.text.utf8)
        let told = try SecretFormat.of(bytes)
        #expect(told == format)
        return try format.read(
            bytes,
            ReadingSettings(dialect: dialect) { path in
                written.valueFiles.first { "./a$ \"b\".d/\($0.name)" == path }?.bytes
            }
        )
    }

    /// The names that a document of the format has for these secrets.
    private static func names(_ secrets: [CarriedSecret], _ format: SecretFormat) -> [String] {
        secrets.map {
            format.namesSecretsWhole ? $0.name : String($0.name.dropFirst(prefix.count))
        }
    }

    @Test(arguments: [SecretFormat.json, .kubernetes, .awsCLI, .compose])
    func `A thousand hostile secrets come back from what can carry all of them`(
        _ format: SecretFormat
    ) throws {
        let secrets = HostileSecrets.thousand
        let document = try Self.roundTrip(secrets, format)
        #expect(document.secrets.map(\.name) == Self.names(secrets, format))
        #expect(document.secrets.map(\.value) == secrets.map(\.value))
        #expect(document.remarks.isEmpty)
    }

    @Test(arguments: [
        (SecretFormat.dotenv, DotenvDialect.docker, 651), (.dotenv, .node, 660),
        (.dotenv, .python, 890), (.dotenv, .systemd, 897), (.shell, .node, 898),
        (.terraform, .node, 893),
    ])
    func `Of a thousand hostile secrets those that are not refused come back, the others by name`(
        _ format: SecretFormat,
        _ dialect: DotenvDialect,
        _ carriedCount: Int
    ) throws {
        let secrets = HostileSecrets.thousand
        let error = try #require(throws: FormatError.self) {
            try Self.roundTrip(secrets, format, dialect)
        }
        let refused = Set(
            error.complaints.map { complaint in
                guard case .secret(let name) = complaint.place else { return "" }
                return name
            }
        )
        let carried = secrets.filter { !refused.contains($0.name) }
        #expect(carried.count + error.complaints.count == secrets.count)
        #expect(carried.count == carriedCount)

        let document = try Self.roundTrip(carried, format, dialect)
        #expect(document.secrets.map(\.name) == Self.names(carried, format))
        for (secret, other) in zip(carried, document.secrets) {
            #expect(secret.value == other.value, "\(secret.name)")
        }
        #expect(document.remarks.isEmpty)
    }

    @Test(arguments: [SecretFormat.terraform, .awsCLI])
    func `Descriptions, tags and keys come along where a format has them`(
        _ format: SecretFormat
    ) throws {
        var secret = CarriedSecret(name: "app/test/a", value: .text("x"))
        secret.description = "What \"it\" is\nfor ${you}"
        secret.tags = [("Project", "Drift'Sentry"), ("a:b/c", "")]
        secret.kmsKeyID = "alias/app"
        secret.origin = .init(arn: "arn:aws:secretsmanager:us-east-1:1:secret:a-b", versionID: "v")
        let read = try #require(try Self.roundTrip([secret], format).secrets.first)
        #expect(read.name == secret.name)
        #expect(read.description == secret.description)
        #expect(read.tags.map(\.key) == ["Project", "a:b/c"])
        #expect(read.tags.map(\.value) == ["Drift'Sentry", ""])
        #expect(read.kmsKeyID == "alias/app")
    }
}
