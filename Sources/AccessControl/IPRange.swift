internal import Notation

/// A block of addresses in CIDR's notation, or one address alone.
struct IPRange: Sendable, Equatable {
    private let network: IPNumber
    private let prefixLength: Int

    /// Reads a block, whose bits behind the prefix do not count; nil when the text is none.
    init?(_ text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let address = IPNumber(parts[0]) else { return nil }
        network = address
        guard parts.count == 2 else {
            prefixLength = address.width
            return
        }
        guard let length = decimal(parts[1]), length <= address.width else { return nil }
        prefixLength = length
    }

    /// Whether an address is in the block; none of the other family ever is.
    func contains(_ text: String) -> Bool {
        guard let address = IPNumber(text.utf8[...]), address.width == network.width else {
            return false
        }
        let hostBits = network.width - prefixLength
        // Shifting by the whole width is defined, and leaves nothing to differ.
        return (address.bits ^ network.bits) >> hostBits == 0
    }
}

/// An address of IPv4 or IPv6, as a number.
struct IPNumber: Sendable, Equatable {
    /// The number itself.
    let bits: UInt128
    /// How many bits the family has: 32 or 128.
    let width: Int

    /// Reads an address; nil when the text is none, or has a zone.
    init?(_ text: Substring.UTF8View) {
        if text.contains(UInt8(ascii: ":")) {
            guard let bits = version6(text) else { return nil }
            self.bits = bits
            width = 128
        } else {
            guard let bits = version4(text) else { return nil }
            self.bits = UInt128(bits)
            width = 32
        }
    }
}

private func version4(_ text: Substring.UTF8View) -> UInt32? {
    let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    var bits: UInt32 = 0
    for part in parts {
        guard let number = decimal(part), number < 256 else { return nil }
        bits = bits << 8 | UInt32(number)
    }
    return bits
}

private func version6(_ text: Substring.UTF8View) -> UInt128? {
    let parts = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    // Where `::` stands, one part is empty; two when it is at the beginning or the end.
    var groups: [UInt16] = []
    var gap: Int?
    var index = 0
    while index < parts.count {
        let part = parts[index]
        if part.isEmpty {
            let isAtEdge = index == 0 || index == parts.count - 1
            if isAtEdge {
                let neighbour = index == 0 ? 1 : index - 1
                guard parts.count > 2, parts[neighbour].isEmpty else { return nil }
            }
            if index != 0, index != parts.count - 1 {
                guard gap == nil else { return nil }
                gap = groups.count
            }
        } else if index == parts.count - 1, part.contains(UInt8(ascii: ".")) {
            guard let tail = version4(part) else { return nil }
            groups += [UInt16(truncatingIfNeeded: tail >> 16), UInt16(truncatingIfNeeded: tail)]
        } else {
            guard part.count <= 4, part.allSatisfy(isHexadecimalDigit),
                let group = UInt16(String(Substring(part)), radix: 16)
            else { return nil }
            groups.append(group)
        }
        index += 1
    }
    if let gap {
        guard groups.count < 8 else { return nil }
        groups.insert(contentsOf: [UInt16](repeating: 0, count: 8 - groups.count), at: gap)
    }
    guard groups.count == 8 else { return nil }
    return groups.reduce(0) { $0 << 16 | UInt128($1) }
}

private func isHexadecimalDigit(_ byte: UInt8) -> Bool {
    ASCII.isDigit(byte) || (97...102).contains(byte | 0x20)
}

/// A decimal number of at most three digits without leading zeros, which some read as octal.
private func decimal(_ text: Substring.UTF8View) -> Int? {
    guard (1...3).contains(text.count), text.allSatisfy(ASCII.isDigit) else { return nil }
    guard text.count == 1 || text.first != UInt8(ascii: "0") else { return nil }
    return Int(String(Substring(text)))
}
