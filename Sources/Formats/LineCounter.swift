/// Tells the lines of places that are asked for in rising order, in linear time for all of them.
struct LineCounter<Element: Equatable> {
    private let lineFeed: Element
    private var index = 0
    private var line = 1

    init(lineFeed: Element) {
        self.lineFeed = lineFeed
    }

    /// The line, from 1, of a place that is not before the one asked for last.
    mutating func number(of place: Int, in text: [Element]) -> Int {
        while index < place {
            if text[index] == lineFeed { line += 1 }
            index += 1
        }
        return line
    }
}
