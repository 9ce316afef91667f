internal import Client
internal import Glibc
internal import HTTPServer
internal import Invocation
internal import PocketvaultServer
internal import System

/// The file of a vault that nobody serves: calls are answered in this process.
final class FileTransport: Transport {
    private let path: String
    private let vault: UnservedVault

    /// Opens the vault with the master key and the account that the environment names.
    init(at path: String, _ environment: Environment) throws {
        // A wrong path must not become an empty vault.
        guard Files.exists(path) else {
            throw ClientError.impossible(
                "there is no vault at \(path); make one: pocketvault serve --database \(path)"
            )
        }
        let configuration = try ServeOptions.ofFile(at: path, environment)
        self.path = path
        do throws(StartError) {
            vault = try UnservedVault.open(configuration) { bytes in
                Terminal.write(bytes, to: STDERR_FILENO)
            }
        } catch {
            throw ClientError.impossible(error.description)
        }
    }

    var authority: String { path }

    func send(
        _ request: ClientRequest,
        until cancellation: Cancellation,
        receiving receive: @escaping (HTTPAnswer, [UInt8]) -> Bool
    ) throws(ClientError) -> HTTPAnswer {
        let answer = vault.answer(
            HTTPRequest(
                method: request.method,
                path: request.path,
                query: request.query,
                headers: HTTPHeaders(request.fields),
                body: request.body
            )
        )
        let fields = answer.headers.map { HTTPField(name: $0.0.lowercased(), value: $0.1) }
        let head = HTTPAnswer(status: answer.status, fields: fields, body: [])
        _ = receive(head, answer.body)
        return head
    }

    /// Writes down what is queued, and closes the file.
    func close() {
        vault.close()
    }
}
