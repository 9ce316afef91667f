internal import ArgumentParser
internal import Client
internal import Formats
internal import Invocation
internal import JSON
internal import PocketvaultServer
internal import System

/// Runs a command with secrets in its environment.
struct Exec: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "exec",
        abstract: "Run a command with secrets in its environment.",
        discussion: """
            Later wins: what is inherited, --env-file, --task-definition, --json, --secret. What \
            cannot be resolved stops it before the command starts. Signals and the exit code are \
            the command's; 127 is a command that is not there, 126 one that cannot be run.

            \(VaultOptions.rule)

            Examples:
              pocketvault exec --secret driftsentry/prod/database-url -- ./server
              pocketvault exec --secret prod/db=PGPASSWORD --watch -- psql
              pocketvault exec --task-definition task.json --container backend -- ./server
              pocketvault exec --env-file .env.local --mask -- npm start
              pocketvault exec --secret prod/db=DB --files secrets -- docker compose up
              pocketvault exec --cluster backend --service api -- ./server
            """
    )

    @OptionGroup var vault: VaultOptions

    @Option(
        name: .customLong("secret"),
        help: ArgumentHelp(
            """
            A secret, by name or ARN, whose string becomes a variable: NAME, else the last part of \
            its name in capitals; may be repeated.
            """,
            valueName: "id[=name]"
        )
    )
    var secrets: [String] = []

    @Option(
        name: .customLong("json"),
        help: ArgumentHelp(
            "A secret whose JSON object becomes a variable for each key; may be repeated.",
            valueName: "id"
        )
    )
    var jsonSecrets: [String] = []

    @Option(
        name: .customLong("env-file"),
        help: ArgumentHelp(
            """
            Variables, as Node.js reads them; a value may be {{resolve:secretsmanager:ID:\
            SecretString:KEY:STAGE:VERSION-ID}} or an ARN as ECS takes it; may be repeated.
            """,
            valueName: "file"
        )
    )
    var envFiles: [String] = []

    @Option(
        help: ArgumentHelp(
            """
            A task definition of ECS, whose environment and secrets the command gets; where \
            policies are enforced its execution role reads them.
            """,
            valueName: "file"
        )
    )
    var taskDefinition: String?

    @Option(help: "The container of the task definition. (default: its only one)")
    var container: String?

    @Option(
        help: ArgumentHelp(
            """
            Run the command as a task of this service of ECS: a deployment restarts it, and \
            it gets what the service's task definition says, unless --task-definition is given.
            """,
            valueName: "name"
        )
    )
    var service: String?

    @Option(help: ArgumentHelp("The service's cluster. (default: default)", valueName: "name"))
    var cluster: String?

    @Option(
        help: ArgumentHelp(
            "Also write each secret to a file of its variable's name, gone afterwards.",
            valueName: "folder"
        )
    )
    var files: String?

    @Flag(help: "Restart the command when one of its secrets changes.")
    var watch = false

    @Flag(help: "Replace the values of secrets in what the command writes by ***.")
    var mask = false

    @Argument(parsing: .postTerminator, help: "The command and its arguments, after --.")
    var command: [String] = []

    func validate() throws {
        guard !command.isEmpty else {
            throw ValidationError("Say which command to run: pocketvault exec … -- COMMAND.")
        }
        guard container == nil || taskDefinition != nil || service != nil else {
            throw ValidationError("--container is one of a --task-definition.")
        }
        guard cluster == nil || service != nil else {
            throw ValidationError("--cluster is that of a --service.")
        }
        guard vault.database == nil || (!watch && service == nil) else {
            let option = watch ? "--watch" : "--service"
            throw ValidationError("\(option) listens to a server; a --database has none.")
        }
    }

    func run() throws {
        do {
            throw ExitCode(try execute())
        } catch let failure as ExecFailure {
            Terminal.failure(failure.description)
        } catch let failure as SecretFiles.Failure {
            Terminal.failure(failure.description)
        } catch let failure as Program.Failure {
            Terminal.failure(failure.description)
            throw ExitCode(failure.exitCode)
        }
        throw ExitCode(1)
    }

    private func execute() throws -> Int32 {
        let request = try request()
        let task = try service.map(task)
        let session = ExecSession(
            resolve: { [vault, container] in
                try vault.use { client in
                    var request = request
                    if let task, request.taskDefinition == nil {
                        request.taskDefinition = try task.definition(container, client)
                    }
                    return try ExecResolver(request: request, client: client).resolve()
                }
            },
            command: command,
            masksOutput: mask,
            filesFolder: files
        )
        var overseers: [any CommandOverseer] = []
        if let task { overseers.append(task) }
        if watch { overseers.append(SecretWatch(try vault.server.control())) }
        guard !overseers.isEmpty || mask || files != nil else {
            throw try session.becomeCommand()
        }
        return try session.supervise(overseers)
    }

    /// A task of a service, which was told what to be.
    private func task(of service: String) throws -> ServiceTask {
        let arn = try vault.use { client in
            try ServiceTask.arn(of: service, in: cluster ?? "default", client)
        }
        let task = ServiceTask(of: arn, try vault.server.control())
        try task.connect()
        return task
    }

    private func request() throws -> ExecRequest {
        var request = ExecRequest()
        request.hasFiles = files != nil
        for path in envFiles {
            let bytes = try Exec.contents(of: path)
            let file: DotenvFile
            do throws(FormatError) {
                file = try DotenvDialect.node.read(bytes)
            } catch {
                throw ExecFailure("\(path): \(error.description)")
            }
            for remark in file.remarks {
                Terminal.remark("\(path), line \(remark.line): \(remark.text)")
            }
            try request.add(file, of: path)
        }
        if let path = taskDefinition {
            guard case .object(let document)? = try? JSONParser.parse(try Exec.contents(of: path))
            else { throw ExecFailure("\(path) is not a JSON object") }
            do throws(TaskDefinition.Flaw) {
                request.taskDefinition = try TaskDefinition(document, container: container)
            } catch {
                throw ExecFailure("\(path): \(error.description)")
            }
        }
        request.jsonSecrets = try jsonSecrets.map(ExecRequest.reference)
        request.secrets = try secrets.map(ExecRequest.Named.init(option:))
        return request
    }

    private static func contents(of path: String) throws -> [UInt8] {
        guard let bytes = Files.contents(of: path) else {
            throw ExecFailure("\(path) cannot be read")
        }
        return bytes
    }
}
