internal import ArgumentParser
internal import Client
internal import Formats
internal import JSON
internal import PocketvaultServer

/// Seed documents, and what is to be done by them.
struct SeedOrder {
    private let documents: [JSONValue]
    var prunes = false
    var isRehearsal = false
    var synthesizes = false

    /// Reads files; what AWS or Terraform wrote becomes a seed document.
    ///
    /// - Throws: `ExitCode(1)` once it is said what is wrong with them.
    init(_ input: SeedInput) throws {
        synthesizes = input.synthesize
        let seed = DescribedSeed(keepsARNs: input.keepArns, synthesizes: input.synthesize)
        var documents: [JSONValue] = []
        do {
            for file in try SeedFile.all(at: input.paths) {
                guard let format = input.format ?? DescriptionFormat.of(file.bytes) else {
                    documents.append(try SeedOrder.document(file.name, of: file))
                    continue
                }
                let secrets = try SeedOrder.secrets(of: file, format)
                for document in seed.documents(of: secrets) {
                    let name = "\(file.name), as a seed"
                    documents.append(SeedOrder.document(name, document.jsonText(pretty: true)))
                }
            }
        } catch let error as SeedError {
            Terminal.failure(error.description)
            throw ExitCode(1)
        }
        self.documents = documents
    }

    private static func secrets(
        of file: SeedFile,
        _ format: DescriptionFormat
    ) throws -> [DescribedSecret] {
        do throws(FormatError) {
            let secrets = try format.read(file.bytes)
            for secret in secrets {
                guard let obstacle = secret.obstacle else { continue }
                Terminal.remark("\(secret.name) is left out: \(obstacle)")
            }
            return secrets
        } catch {
            throw TransferError(error).told(of: file.name)
        }
    }

    private static func document(_ name: String, of file: SeedFile) throws -> JSONValue {
        guard let text = String(validating: file.bytes, as: UTF8.self) else {
            throw TransferError("these bytes are not UTF-8").told(of: name)
        }
        return document(name, text)
    }

    private static func document(_ name: String, _ text: String) -> JSONValue {
        .object(JSONObject([("file", .string(name)), ("text", .string(text))]))
    }

    /// Has a server do it.
    ///
    /// - Returns: its answer.
    func send(to client: VaultClient) throws(ClientError) -> JSONObject {
        guard !documents.isEmpty else {
            throw .impossible("there is no seed document in what was named")
        }
        var control = client.control
        control.timeoutSeconds = 600
        let body = JSONObject([
            ("documents", .array(documents)), ("prune", .bool(prunes)),
            ("dryRun", .bool(isRehearsal)), ("synthesize", .bool(synthesizes)),
        ])
        return try SeedBar.during(control) { () throws(ClientError) in
            try control.object("POST", "/_pocketvault/seed", body: .object(body)).members
        }
    }
}

/// The files of a command that works with seed documents.
struct SeedInput: ParsableArguments {
    @Argument(
        help: """
            Seed documents, folders of them, or - for standard input; also what list-secrets, \
            describe-secret and batch-get-secret-value print, and a state of Terraform.
            """,
        completion: .file()
    )
    var paths: [String]

    @Option(help: "What the files are. (default: told by their content)")
    var format: DescriptionFormat?

    @Flag(
        help: """
            Invent values: in place of those of AWS and Terraform others of the same shape, and \
            random ones where there are none.
            """
    )
    var synthesize = false

    @Flag(help: "Keep account and region of the ARNs that AWS and Terraform wrote.")
    var keepArns = false
}

extension DescriptionFormat: ExpressibleByArgument {}

/// What a server did to a vault by seed documents, or would do.
struct SeedReport {
    private let members: JSONObject

    init(_ members: JSONObject) {
        self.members = members
    }

    /// Whether there is anything to do, or was.
    var isEmpty: Bool { members.objects("changes").isEmpty }

    /// A line for each change, with a word for what is made, changed or removed.
    func lines(_ words: (create: String, change: String, remove: String)) -> [String] {
        members.objects("changes").map { change in
            let word =
                switch change.text("action") {
                case "create": words.create
                case "change": words.change
                default: words.remove
                }
            let name = change.text("name") ?? ""
            let parts = change.texts("parts")
            return "\(word) \(change.text("kind") ?? "")\(name.isEmpty ? "" : " \(name)")"
                + (parts.isEmpty ? "" : ": \(parts.joined(separator: ", "))")
        }
    }

    /// How much of each there is.
    var sum: String {
        let changes = members.objects("changes")
        func count(_ action: String) -> Int { changes.count { $0.text("action") == action } }
        let isRehearsal = members.flag("dryRun") == true
        let words =
            isRehearsal
            ? ("to create", "to change", "to remove") : ("created", "changed", "removed")
        var parts = [
            "\(count("create")) \(words.0)", "\(count("change")) \(words.1)",
            "\(members.integer("unchanged") ?? 0) the same",
        ]
        if count("remove") > 0 { parts.append("\(count("remove")) \(words.2)") }
        return parts.joined(separator: ", ")
    }
}
