/// A line on a terminal that shows how far something is; nothing where nobody looks.
struct ProgressBar {
    private let count: Int
    private let isShown: Bool
    private static let width = 24

    init(of count: Int, isShown: Bool = Terminal.isAttended) {
        self.count = count
        self.isShown = isShown && count > 1
    }

    /// Shows that so many are done, and what is next.
    func show(_ done: Int, _ next: String) {
        guard isShown else { return }
        Terminal.write(Array(("\r\u{1B}[K" + line(done, next)).utf8), to: 2)
    }

    /// Takes the line away.
    func clear() {
        guard isShown else { return }
        Terminal.write(Array("\r\u{1B}[K".utf8), to: 2)
    }

    /// As it is shown.
    func line(_ done: Int, _ next: String) -> String {
        let filled = count == 0 ? 0 : done * ProgressBar.width / count
        let bar =
            String(repeating: "#", count: filled)
            + String(repeating: ".", count: ProgressBar.width - filled)
        return "[\(bar)] \(done)/\(count) \(String(next.prefix(40)))"
    }
}
