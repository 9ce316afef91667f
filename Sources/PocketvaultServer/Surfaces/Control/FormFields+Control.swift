internal import Notation

/// The fields of a control call's query, as what they stand for.
extension FormFields {
    func number(
        _ name: String,
        _ range: ClosedRange<Int64>
    ) throws(ControlOrder.Refusal) -> Int64? {
        guard let text = self[name] else { return nil }
        guard let number = Int64(text), range.contains(number) else {
            let bounds = "\(range.lowerBound) to \(range.upperBound)"
            throw ControlOrder.Refusal("The field \(name) is a whole number from \(bounds).")
        }
        return number
    }

    func time(_ name: String) throws(ControlOrder.Refusal) -> Timestamp? {
        guard let text = self[name] else { return nil }
        guard let time = Timestamp(text: text) else {
            throw ControlOrder.Refusal(
                "The field \(name) is a moment as in 2026-11-24T10:00:00Z, or a day as in 2026-11-24."
            )
        }
        return time
    }

    func flag(_ name: String) throws(ControlOrder.Refusal) -> Bool {
        switch self[name] {
        case nil, "false": false
        case "true": true
        default: throw ControlOrder.Refusal("The field \(name) is true or false.")
        }
    }
}
