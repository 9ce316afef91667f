package final class Server: Sendable { package static let version = "0.1.0" 
package static func start(_ configuration: Configuration, log: @escaping @Sendable ([UInt8]) -> Void) throws(StartError) -> Server { throw StartError(description: "x") }
package var endpoint: String { "" }
package func stop() {}
}
