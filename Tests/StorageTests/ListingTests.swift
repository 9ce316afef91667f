import AWS
import Notation
import Testing

@testable import Storage

@Suite struct ListingTests {
    let folder: ScratchFolder
    let vault: SQLiteVault

    init() throws {
        folder = try ScratchFolder()
        vault = try folder.open()
        // Dates that tie, so that pages must break ties too.
        try vault.change { vault throws(APIError) in
            for number in 0..<23 {
                let day = Timestamp.noon.adding(days: Int64(number % 3))
                let secret = try vault.insert(.sample("s/\(number * 7 % 23)", at: day))
                let access = LastAccess(secretID: secret.id, versionID: "", lastAccessedAt: nil)
                if number % 2 == 0 { try vault.recordAccess(access, on: day.startOfDay) }
            }
            let elsewhere = Scope(account: "000000000000", region: "eu-west-1")
            _ = try vault.insert(.sample("s/elsewhere", scope: elsewhere))
        }
    }

    @Test(arguments: SecretSortKey.allCases, [true, false])
    func `Pages in any order hold every secret of the scope once, sorted`(
        key: SecretSortKey,
        ascending: Bool
    ) throws {
        let order = SecretOrder(key: key, ascending: ascending)
        var listed: [SecretPosition] = []
        while true {
            let last = listed.last
            let page = try vault.ask { vault throws(APIError) in
                try vault.secrets(in: .home, sortedBy: order, after: last, limit: 4)
            }
            if page.isEmpty { break }
            #expect(page.count <= 4)
            listed += page.map { position(of: $0, in: order) }
        }
        #expect(listed.count == 23)
        #expect(Set(listed).count == 23)
        for (left, right) in zip(listed, listed.dropFirst()) {
            #expect(ascending ? comesBefore(left, right) : comesBefore(right, left))
        }
    }

    @Test func `A name prefix gives the names that begin with it, in order`() throws {
        let names = try vault.ask { vault throws(APIError) in
            try vault.secrets(in: .home, namePrefix: "s/1", limit: 100).map(\.name)
        }
        #expect(names == ["s/1"] + (10...19).map { "s/\($0)" })
        let few = try vault.ask { vault throws(APIError) in
            try vault.secrets(in: .home, namePrefix: "", limit: 2).map(\.name)
        }
        #expect(few == ["s/0", "s/1"])
    }

    private func position(of secret: Secret, in order: SecretOrder) -> SecretPosition {
        let key: SecretPosition.Key =
            switch order.key {
            case .name: .name(secret.name)
            case .createdDate: .date(secret.createdAt.milliseconds)
            case .lastChangedDate: .date(secret.lastChangedAt.milliseconds)
            case .lastAccessedDate: .date(secret.lastAccessedAt?.milliseconds ?? 0)
            }
        return SecretPosition(key: key, id: secret.id)
    }

    private func comesBefore(_ left: SecretPosition, _ right: SecretPosition) -> Bool {
        switch (left.key, right.key) {
        case (.date(let first), .date(let second)): (first, left.id) < (second, right.id)
        case (.name(let first), .name(let second)): first < second
        default: false
        }
    }
}
