internal import CConsole
internal import System

/// The files that the console is made of: those in the binary, or those of a folder while somebody
/// works on them.
enum ConsoleAssets: Sendable {
    case embedded
    case folder(String)

    /// The page itself.
    static let page = "index.html"
    /// The seed of the demo, which is no file of the page.
    static let demoSeed = "demo.json"

    /// - Parameter name: the name of a file, as in `console.css`.
    /// - Returns: its bytes; nil when there is none.
    func contents(of name: String) -> [UInt8]? {
        switch self {
        case .embedded: ConsoleAssets.files[name]
        case .folder(let path):
            // No way out of the folder.
            ConsoleAssets.isPlain(name)
                ? Files.contents(of: "\(path)/\(name)") : nil
        }
    }

    private static func isPlain(_ name: String) -> Bool {
        name.first != "."
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
                }
            }
    }

    /// What is in the binary, copied once when somebody first opens the console.
    static let files: [String: [UInt8]] = {
        var files: [String: [UInt8]] = [:]
        var index = 0
        // The table and what it points to are constants of the binary, and sizes are those of arrays.
        while let asset = unsafe console_asset_at(index)?.pointee {
            let bytes = unsafe UnsafeBufferPointer(start: asset.bytes, count: asset.size)
            unsafe files[String(cString: asset.name)] = unsafe Array(bytes)
            index += 1
        }
        return files
    }()
}
