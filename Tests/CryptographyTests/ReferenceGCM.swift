/// AES-256-GCM written out as FIPS 197 and SP 800-38D say it, slow and without any secrecy.
///
/// `AESGCM.seal` takes no nonce, in tests neither, so published vectors cannot be put through it.
/// They are put through this instead, which then checks a sealed box under the nonce it chose.
struct ReferenceGCM {
    private let roundKeys: [[UInt8]]

    init(key: [UInt8]) {
        precondition(key.count == 32)
        var words = stride(from: 0, to: 32, by: 4).map { Array(key[$0..<($0 + 4)]) }
        var roundConstant: UInt8 = 1
        for index in 8..<60 {
            var word = words[index - 1]
            if index % 8 == 0 {
                word = [word[1], word[2], word[3], word[0]].map { Self.substitution[Int($0)] }
                word[0] ^= roundConstant
                roundConstant = Self.double(roundConstant)
            } else if index % 8 == 4 {
                word = word.map { Self.substitution[Int($0)] }
            }
            words.append(Self.xor(words[index - 8], word))
        }
        roundKeys = stride(from: 0, to: 60, by: 4).map { Array(words[$0..<($0 + 4)].joined()) }
    }

    /// Nonce, ciphertext and tag, as `AESGCM.seal` lays them out.
    func seal(_ plaintext: [UInt8], nonce: [UInt8], additionalData: [UInt8]) -> [UInt8] {
        var ciphertext: [UInt8] = []
        var counter: UInt32 = 1
        for start in stride(from: 0, to: plaintext.count, by: 16) {
            counter += 1
            let block = plaintext[start..<min(start + 16, plaintext.count)]
            ciphertext += Self.xor(Array(block), encrypt(nonce + Self.bigEndian(counter)))
        }
        let lengths =
            Self.bigEndian(UInt64(additionalData.count) * 8)
            + Self.bigEndian(UInt64(ciphertext.count) * 8)
        let hash = hash(Self.padded(additionalData) + Self.padded(ciphertext) + lengths)
        let tag = Self.xor(hash, encrypt(nonce + Self.bigEndian(UInt32(1))))
        return nonce + ciphertext + tag
    }

    /// GHASH under the encrypted zero block.
    private func hash(_ bytes: [UInt8]) -> [UInt8] {
        let hashKey = Self.number(encrypt([UInt8](repeating: 0, count: 16)))
        var hash: UInt128 = 0
        for start in stride(from: 0, to: bytes.count, by: 16) {
            hash = Self.multiply(hash ^ Self.number(Array(bytes[start..<(start + 16)])), hashKey)
        }
        return Self.bigEndian(hash)
    }

    private func encrypt(_ block: [UInt8]) -> [UInt8] {
        var state = Self.xor(block, roundKeys[0])
        for round in 1...14 {
            state = state.map { Self.substitution[Int($0)] }
            // Row r of the column-major state moves r columns to the left.
            state = (0..<16).map { state[($0 + 4 * ($0 % 4)) % 16] }
            if round < 14 {
                state = stride(from: 0, to: 16, by: 4).flatMap {
                    Self.mixed(Array(state[$0..<($0 + 4)]))
                }
            }
            state = Self.xor(state, roundKeys[round])
        }
        return state
    }

    private static func mixed(_ column: [UInt8]) -> [UInt8] {
        (0..<4).map { row in
            let next = column[(row + 1) % 4]
            let rest = column[(row + 2) % 4] ^ column[(row + 3) % 4]
            return double(column[row]) ^ double(next) ^ next ^ rest
        }
    }

    /// Multiplication in GF(2^128) with GCM's reflected bits.
    private static func multiply(_ first: UInt128, _ second: UInt128) -> UInt128 {
        var product: UInt128 = 0
        var power = second
        for bit in (0..<128).reversed() {
            if first >> bit & 1 == 1 { product ^= power }
            power = power & 1 == 1 ? power >> 1 ^ (0xE1 << 120) : power >> 1
        }
        return product
    }

    /// The S-box: the inverse in GF(2^8), then the affine map.
    private static let substitution: [UInt8] = {
        var box = [UInt8](repeating: 0x63, count: 256)
        var value: UInt8 = 1
        var inverse: UInt8 = 1
        for _ in 0..<255 {
            // 3 generates the field; 0xF6 is its inverse.
            value = product(value, 3)
            inverse = product(inverse, 0xF6)
            let rotations = (0...4).map { inverse << $0 | inverse >> (8 - $0) }
            box[Int(value)] = rotations.reduce(0x63, ^)
        }
        return box
    }()

    private static func double(_ value: UInt8) -> UInt8 {
        value << 1 ^ (value & 0x80 == 0 ? 0 : 0x1B)
    }

    private static func product(_ first: UInt8, _ second: UInt8) -> UInt8 {
        var product: UInt8 = 0
        var power = first
        for bit in 0..<8 {
            if second >> bit & 1 == 1 { product ^= power }
            power = double(power)
        }
        return product
    }

    private static func xor(_ first: [UInt8], _ second: [UInt8]) -> [UInt8] {
        zip(first, second).map { $0 ^ $1 }
    }

    private static func padded(_ bytes: [UInt8]) -> [UInt8] {
        bytes + [UInt8](repeating: 0, count: (16 - bytes.count % 16) % 16)
    }

    private static func number(_ block: [UInt8]) -> UInt128 {
        block.reduce(0) { $0 << 8 | UInt128($1) }
    }

    private static func bigEndian<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
        stride(from: Number.bitWidth - 8, through: 0, by: -8).map {
            UInt8(truncatingIfNeeded: number >> $0)
        }
    }
}
